"""The shape of the database, which migrations bring up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from time import monotonic, sleep

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

from rota.store.databases.database import PATIENCE, Database, DatabaseError

_LOCK = 7_206_021
"""The number of the lock on PostgreSQL that lets one process migrate at a time."""

_PAUSE = 0.05
"""Seconds between two attempts to set up a file that somebody else writes to."""


class Outdated(DatabaseError):  # noqa: N818, it is the user who reads it
    """The database lacks a migration."""


def upgrade(database: Database) -> None:
    """Bring the database to the newest migration, whole or not at all; it may be empty."""
    if database.is_sqlite:
        _let_readers_read_while_somebody_writes(database)
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        try:
            command.upgrade(_build_config(connection), "head")
        except CommandError as error:
            sentence = (
                f"The database {database} was made by a newer Rota; install that one ({error})"
            )
            raise DatabaseError(sentence) from error


def find_revision(connection: Connection) -> str | None:
    """The migration that the database is at; None if it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def find_newest_revision() -> str | None:
    """The newest migration there is."""
    return ScriptDirectory.from_config(_build_config()).get_current_head()


def is_up_to_date(connection: Connection) -> bool:
    """Whether the database is at the newest migration."""
    return find_revision(connection) == find_newest_revision()


def refuse_if_outdated(connection: Connection) -> None:
    """Raise Outdated if a migration is missing."""
    if not is_up_to_date(connection):
        raise Outdated("The database is not up to date. Run: rota db upgrade")


def _let_readers_read_while_somebody_writes(database: Database) -> None:
    """Set the file to write-ahead logging, which it remembers; outside of any transaction."""
    with database.translating_errors(), closing(database.engine.raw_connection()) as raw:
        until = monotonic() + PATIENCE
        while not _is_set(raw.cursor(), is_last=monotonic() > until):
            sleep(_PAUSE)


def _is_set(cursor: DBAPICursor, *, is_last: bool) -> bool:
    """Try to set it; SQLite by itself does not wait here until nobody else writes."""
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if is_last or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _build_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "rota:migrations")
    config.attributes["connection"] = connection
    return config
