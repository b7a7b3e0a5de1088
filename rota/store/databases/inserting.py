"""Add rows unless there are some with the same key, on both kinds of database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(
    connection: Connection, table: Table, row: Mapping[str, Any], *, unique: str
) -> Any:
    """Add the row. Its primary key; None if a row has the same value in the unique column."""
    insertion = _build_insert(connection, table, unique).values(row)
    (key,) = table.primary_key.columns
    return connection.execute(insertion.returning(key)).scalar_one_or_none()


def insert_all_unless_there(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    unique: str | tuple[str, ...],
) -> None:
    """Add the rows, but for those whose values in the unique columns a row has already."""
    if rows:
        connection.execute(_build_insert(connection, table, unique), rows)


def _build_insert(connection: Connection, table: Table, unique: str | tuple[str, ...]) -> Any:
    names = (unique,) if isinstance(unique, str) else unique
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing(index_elements=names)
