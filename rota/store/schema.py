"""The shape of the database, which migrations bring up to date."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from rota.store.database import Database, DatabaseError

_LOCK = 7_206_021
"""The number of the lock on PostgreSQL that lets one process migrate at a time."""


def upgrade(database: Database) -> None:
    """Bring the database to the newest migration, whole or not at all; it may be empty."""
    if database.is_sqlite:
        _let_readers_read_while_somebody_writes(database)
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        command.upgrade(_config(connection), "head")


def revision(connection: Connection) -> str | None:
    """The migration that the database is at; None if it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest migration there is."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def refuse_if_outdated(connection: Connection) -> None:
    """Raise DatabaseError if a migration is missing."""
    if revision(connection) != newest():
        raise DatabaseError("The database is not up to date. Run: rota db upgrade")


def _let_readers_read_while_somebody_writes(database: Database) -> None:
    """Set the file to write-ahead logging, which it remembers; outside of any transaction."""
    with database.telling():
        raw = database.engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "rota:migrations")
    config.attributes["connection"] = connection
    return config
