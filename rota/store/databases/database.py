"""The database: connections, transactions, and what can go wrong with them in words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from rota.errors import RotaError, say_missing_extra
from rota.store.databases.address import SQLITE, read_address
from rota.store.databases.private_file import keep_private

PATIENCE = 30
"""Seconds to wait for another writer, or for a server to answer at all."""

_IS_WRITING = "rota_is_writing"


class DatabaseError(RotaError):
    """The database could not do what was asked; nothing of it was kept."""


class Unreachable(DatabaseError):  # noqa: N818, it is the user who reads it
    """The database does not answer, which may be over soon."""


class Database:
    """A SQLite file or a PostgreSQL database, by its address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._url = _parse_address(url)
        self.engine = _make_engine(self._url)
        self._turn = Lock()

    def __str__(self) -> str:
        return self._url.difference_update_query(["password"]).render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        return self._url.get_backend_name() == SQLITE

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database throughout."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with (
            self.translating_errors(),
            self.engine.connect().execution_options(**level) as connection,
        ):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is stored whole if the block ends well, and otherwise not at all."""
        options = {_IS_WRITING: True}
        with (
            self._take_turn(),
            self.translating_errors(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _take_turn(self) -> Iterator[None]:
        """Let the threads of this process write to a SQLite file one after the other.

        SQLite has them ask again and again, at longer and longer intervals, so that some of many
        would wait for seconds.
        """
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=PATIENCE):
            raise Unreachable(f"The database {self} was busy for {PATIENCE} seconds; try again")
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close every connection; a later use opens new ones."""
        self.engine.dispose()

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        """Raise what goes wrong with the database as a DatabaseError in plain words."""
        try:
            yield
        except DBAPIError as error:
            raise self._put_in_words(error) from error
        except sqlite3.Error as error:
            raise self._put_in_words(OperationalError(None, None, error)) from error
        except SQLAlchemyError as error:
            raise DatabaseError(f"The database {self} failed: {error}") from error

    def _put_in_words(self, error: DBAPIError) -> DatabaseError:
        message = " ".join(str(error.orig).split())
        sentence = f"The database {self} {_find_trouble(error, message)} ({message})"
        return Unreachable(sentence) if _is_passing(error, message) else DatabaseError(sentence)


_TROUBLES = (
    ("readonly", "may only be read; give Rota the right to write to it and to its folder"),
    ("read-only", "may only be read; connect to a server that can be written to"),
    ("disk is full", "has no room left; make some on its disk"),
    ("No space left", "has no room left; make some on its disk"),
    ("disk I/O error", "cannot be written or read; its disk is full or damaged"),
    ("lock timeout", f"was busy for {PATIENCE} seconds; try again"),
    ("database is locked", f"was busy for {PATIENCE} seconds; try again"),
    ("unable to open", "cannot be opened; its folder must be there, and writable"),
    ("no such table", "lacks tables; run: rota db upgrade"),
    ('role "', "refuses the user or password of ROTA_DATABASE_URL"),
    ("does not exist", "lacks a table or is not there; create it, then run: rota db upgrade"),
    ("UNIQUE constraint", "holds such a row already, since somebody was faster; try again"),
    ("duplicate key", "holds such a row already, since somebody was faster; try again"),
    ("already exists", "holds tables of something else; name another in ROTA_DATABASE_URL"),
    ("not a database", "is another kind of file; name another in ROTA_DATABASE_URL"),
    ("malformed", "is damaged; restore it from a backup"),
    ("authentication failed", "refuses the user or password of ROTA_DATABASE_URL"),
)
"""What databases say, and what it means to somebody who has to mend it."""


def _find_trouble(error: DBAPIError, message: str) -> str:
    for sign, meaning in _TROUBLES:
        if sign in message:
            return meaning
    return "does not answer" if isinstance(error, OperationalError) else "refused this"


def _is_passing(error: DBAPIError, message: str) -> bool:
    """Whether the same may go well later; a server that takes over can be read-only at first."""
    is_silent = isinstance(error, OperationalError) or error.connection_invalidated
    return is_silent or "read-only" in message


def _parse_address(url: str) -> URL:
    try:
        return read_address(url)
    except ValueError as error:
        raise DatabaseError(
            "ROTA_DATABASE_URL must be like sqlite:///rota.db or "
            f"postgresql+psycopg://user@host/name ({error})"
        ) from None


def _make_engine(url: URL) -> Engine:
    if url.get_backend_name() == SQLITE:
        engine = create_engine(url, json_serializer=_write_json, connect_args={"timeout": PATIENCE})
        event.listen(engine, "do_connect", _keep_private)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(
            url,
            json_serializer=_write_json,
            pool_pre_ping=True,
            connect_args=_build_patience(url),
        )
    except ImportError:
        raise DatabaseError(say_missing_extra("PostgreSQL", "postgres")) from None


def _build_patience(url: URL) -> dict[str, str]:
    """How long to wait for the server and for another writer, unless the address says so itself."""
    usual = {"connect_timeout": f"{PATIENCE}", "options": f"-c lock_timeout={PATIENCE}s"}
    return {name: value for name, value in usual.items() if name not in url.query}


def _write_json(value: object) -> str:
    """The value as JSON, dates and the like as ISO 8601."""
    return json.dumps(value, default=str, ensure_ascii=False)


def _keep_private(
    _: Dialect, __: ConnectionPoolEntry, words: Sequence[Any], options: Mapping[str, Any]
) -> None:
    """See to the file before SQLite makes it; one that has an address knows what it may do."""
    if not options.get("uri"):
        keep_private(Path(words[0]))


def _set_up_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # Transactions are begun below, not by the driver.
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """Begin; a writer takes its turn at once, so that it never acts on what it read too early."""
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_IS_WRITING) else "BEGIN")
