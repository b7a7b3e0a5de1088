"""What the document on running Rota has to copy is good: its package, settings and services."""

import re
import subprocess
import tomllib

from rota.errors import say_missing_extra
from rota.settings import Settings
from tests.docs.documents import ROOT, RUNNING, read
from tests.rota.cli.command import environment, in_process

PROJECT = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]


def blocks(language: str) -> list[str]:
    """The blocks to copy into files."""
    return re.findall(rf"```{language}\n(.*?)```", read(RUNNING), re.DOTALL)


def test_the_wheel_has_the_version_and_extras_that_are_named():
    wheels = re.findall(r"dist/rota-(\S+)-py3-none-any\.whl\[([^]]+)\]", read(RUNNING))
    extras = PROJECT["optional-dependencies"]
    assert {version for version, _ in wheels} == {PROJECT["version"]}
    assert {name for _, names in wheels for name in names.split(",")} <= extras.keys()


def test_every_extra_is_there():
    section = read(RUNNING).partition("| Extra |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(
        PROJECT["optional-dependencies"]
    )


def test_what_needs_an_extra_sends_to_this_document_and_not_to_an_index():
    modules = [read(path) for name in ("rota", "web") for path in (ROOT / name).rglob("*.py")]
    needed = re.findall(r'say_missing_extra\("[^"]+", "(\w+)"\)', "".join(modules))
    assert sorted(needed) == sorted(PROJECT["optional-dependencies"])
    assert [text for text in modules if re.search(r"pip install '?rota", text)] == []
    assert RUNNING.relative_to(ROOT).as_posix() in say_missing_extra("PostgreSQL", "postgres")


def test_a_shell_reads_the_settings_as_they_are_meant(tmp_path):
    settings, _ = blocks("ini")
    (tmp_path / "rota.env").write_text(settings, encoding="utf-8")
    ran = subprocess.run(
        ["sh", "-c", 'set -a; . ./rota.env; exec "$0" "$@"', *in_process("settings")],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "postgresql://rota@/rota?host=/var/run/postgresql&connect_timeout=5" in ran.stdout
    names = re.findall(r"^(ROTA_\w+)=", settings, re.MULTILINE)
    assert {name.removeprefix("ROTA_").lower() for name in names} <= Settings.model_fields.keys()
    assert len(names) == 6


def test_the_service_runs_what_is_installed():
    _, unit = blocks("ini")
    folder = re.findall(r"-m venv (\S+)", read(RUNNING))[0]
    assert f"\nExecStart={folder}/bin/rota serve\n" in unit
    assert "\nEnvironmentFile=/etc/rota.env\n" in unit
