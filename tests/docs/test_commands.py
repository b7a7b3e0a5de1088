"""The commands by which rotas are kept, each as it stands in the document, one after the other."""

import re
import shlex
import subprocess

from tests.docs.documents import RUNNING, read
from tests.rota.cli.command import FIXTURES, environment, in_process, run


def commands() -> list[list[str]]:
    """The words of each command of Rota that stands on a line of its own."""
    return [
        shlex.split(line) for line in re.findall(r"^ {4}rota (.*)$", read(RUNNING), re.MULTILINE)
    ]


def complaint_of(words: list[str]) -> str:
    """What the command printed if it failed; a worker needs a process of its own."""
    if words[0] == "worker":
        ran = subprocess.run(
            in_process(*words), env=environment(), capture_output=True, encoding="utf-8"
        )
        return ran.stderr if ran.returncode else ""
    result = run(*words)
    return result.output if result.exit_code else ""


def test_every_command_works_as_it_is_written(tmp_path, monkeypatch):
    (tmp_path / "fixtures").symlink_to(FIXTURES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROTA_DATABASE_URL", f"sqlite:///{tmp_path / 'rota.db'}")
    monkeypatch.setenv("ROTA_MAIL_FOLDER", str(tmp_path / "outbox"))
    monkeypatch.setenv("ROTA_PLAN_SECONDS", "3")
    monkeypatch.setenv("ROTA_PROCESSES", "1")
    monkeypatch.setenv("ROTA_NIGHT_AT", "23:59")
    failed = [(words, text) for words in commands() if (text := complaint_of(words))]
    assert failed == []
    assert len(commands()) > 10
