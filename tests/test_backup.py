"""A backup that is restored is what was backed up, by the commands that stand in the docs."""

import re
import shlex
import stat
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select

from rota.store.databases import schema
from rota.store.databases.database import Database
from tests.docs.documents import RUNNING, commands, read
from tests.postgres import binaries
from tests.rota.cli.command import run
from tests.web.town import build


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All that a database holds, by table."""
    database = Database(url)
    told = MetaData()
    told.reflect(database.engine)
    with database.reading() as connection:
        held = {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in told.tables.items()
        }
    database.close()
    return held


def built(url: str) -> str:
    """The address, at which there is a county with published rotas and people now."""
    database = Database(url)
    schema.upgrade(database)
    build(database)
    database.close()
    return url


def done(*words: object) -> str:
    result = run(*map(str, words))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def sqlite(tmp_path, monkeypatch) -> str:
    url = built(f"sqlite:///{tmp_path / 'rota.db'}")
    monkeypatch.setenv("ROTA_DATABASE_URL", url)
    return url


def test_a_sqlite_file_is_restored_as_it_was_while_somebody_wrote(sqlite, tmp_path, monkeypatch):
    before = rows(sqlite)
    writer = Database(sqlite)
    backup = tmp_path / "backup.db"
    with writer.engine.connect().execution_options(rota_is_writing=True) as connection:
        connection.exec_driver_sql("UPDATE unit SET name = 'half written' WHERE id = 1")
        assert done("db", "backup", backup) == f"{sqlite} is copied to {backup}.\n"
    writer.close()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    (tmp_path / "elsewhere").mkdir()
    restored = f"sqlite:///{backup.rename(tmp_path / 'elsewhere' / 'rota.db')}"
    monkeypatch.setenv("ROTA_DATABASE_URL", restored)
    done("db", "upgrade")
    assert rows(restored) == before
    assert "Millbrook" in done("units")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("rota.db", "is there already; name a new file\n"),
        ("nowhere/backup.db", "nowhere\n"),
    ],
)
@pytest.mark.usefixtures("sqlite")
def test_a_backup_that_cannot_be_written_is_told(tmp_path, name, says):
    result = run("db", "backup", tmp_path / name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(says)


def test_a_postgresql_database_is_restored_by_its_own_programs(postgres, tmp_path, monkeypatch):
    url = built(postgres.create("kept"))
    postgres.create("restored")
    folder = binaries()
    assert folder is not None
    for command in ("pg_dump", "pg_restore"):
        if not (folder / command).exists():
            pytest.skip(f"there is no {command}")
        _run_as_documented(command, folder, postgres.folder, tmp_path)
    assert rows(postgres.url("restored")) == rows(url)
    monkeypatch.setenv("ROTA_DATABASE_URL", url)
    assert "pg_dump" in run("db", "backup", tmp_path / "backup.db").stderr
    postgres.drop("restored")
    postgres.drop("kept")


def _run_as_documented(command: str, folder: Path, host: str, into: Path) -> None:
    """Run the command as the document has it, on the databases and in the folder of this test."""
    (line,) = [line for line in commands(read(RUNNING)) if f" {command} " in line]
    name = "kept" if command == "pg_dump" else "restored"
    _, _, words = line.replace("/var/lib/rota/", "").partition(f" {command} ")
    here = shlex.split(re.sub(r"\brota\b(?!\.)", name, words))
    server = ("--host", host, "--username", "postgres")
    subprocess.run([folder / command, *server, *here], cwd=into, check=True)
