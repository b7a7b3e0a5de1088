"""Databases for a while: a SQLite file, or a PostgreSQL server of the benchmark's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rota.store.databases import schema
from rota.store.databases.database import Database
from tests.postgres import Postgres, binaries

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@contextmanager
def address(kind: str) -> Iterator[str]:
    """The address of an empty database at the newest migration, which is removed afterwards."""
    with _empty(kind) as url:
        database = Database(url)
        schema.upgrade(database)
        database.close()
        yield url


def kinds() -> tuple[str, ...]:
    """The kinds that there are here."""
    return (SQLITE, POSTGRESQL) if binaries() else (SQLITE,)


@contextmanager
def _empty(kind: str) -> Iterator[str]:
    if kind == SQLITE:
        with TemporaryDirectory(prefix="rota-benchmark-") as folder:
            yield f"sqlite:///{Path(folder) / 'rota.db'}"
        return
    place = binaries()
    if place is None:
        raise RuntimeError("There are no programs of PostgreSQL here; ROTA_PG_BIN may name them.")
    with Postgres(place) as server:
        yield server.create("rota")
