"""Statements that are compiled once for all databases of the tests, and not once for each."""

from __future__ import annotations

from sqlalchemy import URL, Connection, Dialect, Engine, event
from sqlalchemy.util import LRUCache

from rota.store.databases import database

_STATEMENTS = 5_000
"""How many compiled statements are kept; all of Rota's and those of tests are fewer."""

_make_engine = database._make_engine
_dialects: dict[str, Dialect] = {}
_compiled = LRUCache(_STATEMENTS)


def make_engine(url: URL) -> Engine:
    """An engine as Rota makes one, whose connections know what others before it have compiled.

    SQLAlchemy keeps compiled statements by the dialect object, of which every engine has its own.
    That of the first connection to each kind of database serves all of its kind here.
    """
    engine = _make_engine(url)
    engine._compiled_cache = _compiled
    event.listen(engine, "engine_connect", _share_dialect)
    if engine.name == database.SQLITE:
        event.listen(engine, "connect", _wait_for_no_disk)
    return engine


def _share_dialect(connection: Connection) -> None:
    connection.dialect = _dialects.setdefault(connection.dialect.name, connection.dialect)


def _wait_for_no_disk(connection, _) -> None:
    """What a test writes need not outlive a loss of power."""
    connection.execute("PRAGMA synchronous = OFF")
