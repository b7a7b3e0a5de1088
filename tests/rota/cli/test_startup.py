"""The database that a command uses is told, and one that nobody has named when it is made."""

import signal

import pytest

from tests.rota.cli.command import run, start
from tests.solver.processes import PATIENCE
from tests.web.test_serving import free_place, upgraded

OUTDATED = "The database is not up to date. Run: rota db upgrade\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, in which there is no database."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(folder):
    return f"ROTA_DATABASE_URL is not set, so rotas are kept in a new file: {folder / 'rota.db'}\n"


def test_a_new_file_that_nobody_named_is_told_once(folder):
    first, second = run("db", "upgrade"), run("db", "upgrade")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert (first.stderr, second.stderr) == (new(folder), "")


@pytest.mark.usefixtures("folder")
def test_a_new_file_that_is_named_is_as_it_should_be(monkeypatch):
    monkeypatch.setenv("ROTA_DATABASE_URL", "sqlite:///rota.db")
    assert run("db", "upgrade").stderr == ""


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_programs_without_a_database_tell_that_nobody_named_one(folder, command):
    for _ in range(2):
        result = run(command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == new(folder) + OUTDATED


def test_a_worker_tells_its_database(folder):
    upgraded("sqlite:///rota.db")
    output, _ = start("worker", "--until-idle").communicate(timeout=PATIENCE)
    assert output == f"Rotas are kept in sqlite:///rota.db ({folder / 'rota.db'}).\n"


def test_a_server_tells_its_database(folder):
    url = f"sqlite:///{folder / 'rota.db'}"
    upgraded(url)
    place = free_place()
    server = start("serve", "--listen", place, ROTA_DATABASE_URL=url)
    lines = [server.stdout.readline() for _ in range(2)]
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=PATIENCE)
    assert lines == [
        f"Rota's pages are at http://{place}. Ctrl-C ends this.\n",
        f"Rotas are kept in {url}.\n",
    ]


def test_an_address_that_a_shell_cut_off_is_refused_by_every_program(folder, monkeypatch):
    monkeypatch.setenv("connect_timeout", "5")
    for command in (("db", "upgrade"), ("serve",), ("worker",), ("units",), ("doctor",)):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("ROTA_DATABASE_URL: It is not set, but connect_timeout is")
    assert list(folder.iterdir()) == []
