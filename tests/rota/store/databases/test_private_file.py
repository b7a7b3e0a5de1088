"""A SQLite database and what lies beside it: nobody but its owner may read it."""

import logging
import os
import stat
from contextlib import closing

import pytest

from rota.store.databases import private_file, schema
from rota.store.databases.backup import back_up
from rota.store.databases.database import Database

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions are told otherwise here")


def modes(folder):
    """The permissions of each file."""
    return {file.name: f"{stat.S_IMODE(file.stat().st_mode):o}" for file in folder.iterdir()}


@pytest.fixture(autouse=True)
def usual():
    """Others may read what a program makes, as on most systems; and nothing is told yet."""
    before = os.umask(0o022)
    private_file._tell_once.cache_clear()
    yield
    os.umask(before)


@pytest.fixture
def database(tmp_path):
    with closing(Database(f"sqlite:///{tmp_path / 'rota.db'}")) as database:
        schema.upgrade(database)
        yield database


def test_a_database_is_made_for_its_owner_alone(database, tmp_path):
    with database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO unit (name, policy, revision) VALUES ('Blue', '{}', 1)"
        )
        assert modes(tmp_path) == {"rota.db": "600", "rota.db-wal": "600", "rota.db-shm": "600"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("644", "600"),
        ("640", "600"),
        ("604", "600"),
        ("664", "660"),
        ("666", "660"),
        ("444", "400"),
    ],
)
def test_one_that_others_may_read_is_taken_from_them(tmp_path, caplog, before, after):
    for name in ("rota.db", "rota.db-wal"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(int(before, 8))
    with caplog.at_level(logging.WARNING):
        private_file.keep_private(tmp_path / "rota.db")
        private_file.keep_private(tmp_path / "rota.db")
    assert modes(tmp_path) == {"rota.db": after, "rota.db-wal": after}
    assert caplog.messages == [
        f"{tmp_path / name} could be read by others; now it cannot"
        for name in ("rota.db", "rota.db-wal")
    ]


@pytest.mark.parametrize("mode", ["600", "660", "400"])
def test_one_that_only_its_owner_and_a_group_use_is_left_alone(tmp_path, caplog, mode):
    (tmp_path / "rota.db").touch()
    (tmp_path / "rota.db").chmod(int(mode, 8))
    private_file.keep_private(tmp_path / "rota.db")
    assert (modes(tmp_path), caplog.messages) == ({"rota.db": mode}, [])


def test_a_folder_in_its_place_is_left_alone(tmp_path):
    (tmp_path / "rota.db").mkdir(0o755)
    private_file.keep_private(tmp_path / "rota.db")
    assert modes(tmp_path) == {"rota.db": "755"}


def test_a_backup_is_its_owner_s_alone(database, tmp_path):
    back_up(database, tmp_path / "copy.db")
    assert modes(tmp_path)["copy.db"] == "600"
