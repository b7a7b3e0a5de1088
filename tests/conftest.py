import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from random import Random
from typing import TypeVar

import hypothesis
import pytest
from argon2 import PasswordHasher

from rota.services.accounts import passwords
from rota.settings import PREFIX
from rota.store.databases import database as databases
from rota.store.databases import schema
from rota.store.databases.database import Database
from tests import compiled_once
from tests.declared import undeclared
from tests.postgres import NAMED_BY, Postgres, binaries
from tests.postgres_copy import Copy

IS_SOAK = bool(os.environ.get("SOAK"))
"""Whether to try all there is to try, as `make soak` does; `make test` takes samples."""

_SEED = 1
"""What decides which samples are taken, so that everybody takes the same."""

_HASHER = passwords._HASHER

T = TypeVar("T")

# Random examples are the same ones every time, but for a soak, which has new ones each time. They
# may take as long as they like, since a machine may be busy.
_PATIENT = hypothesis.settings(
    deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("test", _PATIENT, derandomize=True)
hypothesis.settings.register_profile("soak", _PATIENT, derandomize=False)
hypothesis.settings.load_profile("soak" if IS_SOAK else "test")


def sample(everything: Sequence[T], number: int) -> list[T]:
    """So many of them, always the same ones and in the order they have; in a soak, all."""
    if IS_SOAK or number >= len(everything):
        return list(everything)
    drawn = Random(_SEED).sample(range(len(everything)), number)
    return [everything[index] for index in sorted(drawn)]


def times(number: int, *, soak: int) -> int:
    """How often to try something drawn at random: so many times, or more often in a soak."""
    return soak if IS_SOAK else number


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    """Hash passwords in no time."""
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def _compile_statements_once() -> None:
    """Compile each statement once, not once for each test's database."""
    databases._make_engine = compiled_once.make_engine


@pytest.fixture
def slow_passwords(monkeypatch) -> None:
    """Hash passwords as Rota does outside of tests."""
    monkeypatch.setattr(passwords, "_HASHER", _HASHER)
    monkeypatch.setattr(passwords, "_hash_of_nobody", lambda: _HASHER.hash("nobody's"))


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_caller() -> Iterator[None]:
    """Take away the caller's settings, from the commands that tests begin as well."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.upper().startswith(PREFIX) and name != NAMED_BY:
                patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; a test that stops it starts it again."""
    place = binaries()
    if place is None:
        pytest.skip("There are no programs of PostgreSQL here; ROTA_PG_BIN may name their folder.")
    with Postgres(place) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> Iterator[str]:
    """The address of a fresh database, of each kind that Rota can use; empty but for `database`."""
    is_migrated = "database" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "rota.db"
        if is_migrated:
            shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    if is_migrated:
        yield request.getfixturevalue("migrated_copy").emptied()
        return
    postgres = request.getfixturevalue("postgres")
    yield postgres.create("fresh")
    postgres.drop("fresh")


@pytest.fixture
def database(database_url) -> Iterator[Database]:
    """A database of each kind at the newest migration, with no unit in it.

    Whatever the test has the audit keep says who reads it.
    """
    with closing(Database(database_url)) as database:
        yield database
        assert undeclared(database) == set()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """A SQLite file to copy, which is faster than to migrate one for each test."""
    path = tmp_path_factory.mktemp("migrated") / "rota.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_copy(postgres) -> Copy:
    """A PostgreSQL database to be emptied, which is faster than to make one for each test."""
    _migrate(postgres.create("migrated"))
    return Copy(postgres, "rota", template="migrated")


def _migrate(url):
    with closing(Database(url)) as database:
        schema.upgrade(database)
