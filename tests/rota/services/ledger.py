"""Every row that a database holds, to see what changed and that nothing else did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import SQLModel

from rota.store.databases.database import Database

Row = Mapping[str, Any]


def ledger(database: Database) -> Mapping[str, tuple[Row, ...]]:
    """The rows of every table, in the order of their keys."""
    with database.reading() as connection:
        return {
            table.name: tuple(
                dict(row)
                for row in connection.execute(select(table).order_by(*_key(table))).mappings()
            )
            for table in SQLModel.metadata.sorted_tables
        }


def grown(before: Mapping[str, tuple[Row, ...]], database: Database) -> set[str]:
    """The tables that are not as they were."""
    return {name for name, rows in ledger(database).items() if rows != before[name]}


def _key(table: Table) -> list[Any]:
    return list(table.primary_key.columns)
