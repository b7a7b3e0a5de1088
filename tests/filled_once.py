"""Fixtures that fill a database do so once; later tests have what was in it put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import Any

from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection

from rota.store.databases.database import Database

PutBack = Callable[[Database], None]


def filled_once(fill: Callable[..., Any]) -> Callable[..., Database]:
    """A filler of databases that does its work once for databases of each kind.

    What was in a database before must be the same each time, and the filler may only fill it.
    """
    kept: dict[bool, PutBack] = {}

    @wraps(fill)
    def fill_or_put_back(*positional: Database, **named: Database) -> Database:
        (database,) = (*positional, *named.values())
        if database.is_sqlite in kept:
            kept[database.is_sqlite](database)
        else:
            fill(database)
            keep = _keep_file if database.is_sqlite else _keep_tables
            kept[database.is_sqlite] = keep(database)
        return database

    return fill_or_put_back


def _keep_file(database: Database) -> PutBack:
    kept = sqlite3.connect(":memory:")
    with database.engine.connect() as connection:
        _driver_of(connection).backup(kept)

    def put_back(database: Database) -> None:
        with database.engine.connect() as connection:
            kept.backup(_driver_of(connection))

    return put_back


def _keep_tables(database: Database) -> PutBack:
    with database.engine.connect() as connection, _driver_of(connection).cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        )
        tables = [Identifier(name) for (name,) in cursor.fetchall()]
        lines = []
        for table in tables:
            with cursor.copy(SQL("COPY {} TO STDOUT").format(table)) as copy:
                lines.append(b"".join(copy))
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences"
            " WHERE schemaname = 'public' AND last_value IS NOT NULL"
        )
        numbers = cursor.fetchall()

    def put_back(database: Database) -> None:
        with database.engine.connect() as connection, _driver_of(connection).cursor() as cursor:
            # In this role neither foreign keys nor triggers have a say.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(SQL("; ").join(SQL("DELETE FROM {}").format(table) for table in tables))
            for table, rows in zip(tables, lines, strict=True):
                if rows:
                    with cursor.copy(SQL("COPY {} FROM STDIN").format(table)) as copy:
                        copy.write(rows)
            for name, number in numbers:
                cursor.execute("SELECT setval(%s, %s)", (name, number))
            cursor.connection.commit()

    return put_back


def _driver_of(connection: Connection) -> Any:
    """The connection of sqlite3 or psycopg, which can copy a whole database or table."""
    return connection.connection.driver_connection
