"""A PostgreSQL database that one test after the other uses, each of which finds it empty."""

from __future__ import annotations

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from tests.postgres import Postgres

_END_OTHERS = """
SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Whoever is still connected belongs to a test that is over."""

_SHAPE = """
SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
    SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull) AS line
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname) FROM pg_constraint
    UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT proname || prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', version_num) FROM alembic_version
    UNION ALL SELECT concat_ws(' ', setconfig) FROM pg_db_role_setting
) AS everything
"""
"""What the database is made of, and how it is set, without what is in it."""


class Copy:
    """A copy of a migrated database, in which there is nothing but what it is made of."""

    def __init__(self, server: Postgres, name: str, *, template: str) -> None:
        self._server = server
        self._name = name
        self._template = template
        self._shape: str | None = None
        self._empty = Composed([])

    def emptied(self) -> str:
        """The address of the database, with nothing in it.

        It is made anew if a test has changed what it is made of, which takes longer.
        """
        if self._shape is None or not self._is_emptied():
            self._make()
        return self._server.url(self._name)

    def _is_emptied(self) -> bool:
        """Remove what is in it; false if that is not all there is to remove."""
        with self._connected() as connection:
            connection.execute(_END_OTHERS)
            if connection.execute(_SHAPE).fetchone() != (self._shape,):
                return False
            connection.execute(self._empty)
        return True

    def _make(self) -> None:
        if self._shape is not None:
            self._server.drop(self._name)
        self._server.create(self._name, template=self._template)
        with self._connected() as connection:
            ((self._shape,),) = connection.execute(_SHAPE).fetchall()
            tables = connection.execute(
                "SELECT tablename FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            ).fetchall()
            numbers = connection.execute(
                "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
            ).fetchall()
        # Neither foreign keys nor triggers, which keep history as it is, have a say in this role.
        self._empty = SQL("; ").join(
            [
                SQL("SET session_replication_role = replica"),
                *(SQL("DELETE FROM {}").format(Identifier(name)) for (name,) in tables),
                *(SQL("ALTER SEQUENCE {} RESTART").format(Identifier(name)) for (name,) in numbers),
            ]
        )

    def _connected(self) -> psycopg.Connection:
        return psycopg.connect(
            host=self._server.folder, user="postgres", dbname=self._name, autocommit=True
        )
