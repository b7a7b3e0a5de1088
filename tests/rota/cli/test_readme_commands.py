"""The commands by which the README keeps rotas, each as it stands there, one after the other."""

import re
import shlex
import subprocess

from tests.rota.cli.command import FIXTURES, ROOT, environment, in_process, run


def commands() -> list[list[str]]:
    """The words of each command that stands on a line of its own."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("\n## Keep rotas\n")[2].partition("\n## ")[0]
    return [shlex.split(line) for line in re.findall(r"^ {4}rota (.*)$", section, re.MULTILINE)]


def said(words: list[str]) -> str:
    """What the command said if it failed; a worker needs a process of its own."""
    if words[0] == "worker":
        ran = subprocess.run(
            in_process(*words), env=environment(), capture_output=True, encoding="utf-8"
        )
        return ran.stderr if ran.returncode else ""
    told = run(*words)
    return told.output if told.exit_code else ""


def test_every_command_works_as_it_is_written(tmp_path, monkeypatch):
    (tmp_path / "fixtures").symlink_to(FIXTURES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROTA_DATABASE_URL", f"sqlite:///{tmp_path / 'rota.db'}")
    monkeypatch.setenv("ROTA_MAIL_FOLDER", str(tmp_path / "outbox"))
    monkeypatch.setenv("ROTA_PLAN_SECONDS", "3")
    monkeypatch.setenv("ROTA_PROCESSES", "1")
    monkeypatch.setenv("ROTA_NIGHT_AT", "23:59")
    failed = [(words, text) for words in commands() if (text := said(words))]
    assert failed == []
    assert len(commands()) > 10
