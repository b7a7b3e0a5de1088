"""A row that is added unless there is one of its name, on both kinds of database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(
    connection: Connection, table: Table, row: Mapping[str, Any], *, unique: str
) -> Any:
    """Add the row. Its primary key; None if a row has the same value in the unique column."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    added = insert(table).values(row).on_conflict_do_nothing(index_elements=[unique])
    (key,) = table.primary_key.columns
    return connection.execute(added.returning(key)).scalar_one_or_none()
