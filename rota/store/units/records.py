"""The rows of a unit's tables with their numbers, by which pages name them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from rota.store.units.rows import STORAGE, object_of, table_of
from rota.store.units.sources import RowSource
from rota.tables import UserTable

_USER = table_of(UserTable)


class NumberedRow(NamedTuple):
    """A row with its number, and where it comes from."""

    number: int
    row: Any
    source: RowSource


def load(connection: Connection, unit_id: int, table: str) -> tuple[NumberedRow, ...]:
    """Every row of the table with its number, in the order in which rows came."""
    query = _select(unit_id, table).order_by(STORAGE[table].table.c.id)
    return tuple(_build_row(table, row) for row in connection.execute(query).mappings())


def find(connection: Connection, unit_id: int, table: str, number: int) -> NumberedRow | None:
    """The row of that number, if the table of the unit has it."""
    query = _select(unit_id, table).where(STORAGE[table].table.c.id == number)
    row = connection.execute(query).mappings().one_or_none()
    return _build_row(table, row) if row else None


def _select(unit_id: int, table: str) -> Select[Any]:
    """The rows of the table; a user who recorded one is called by name."""
    storage = STORAGE[table]
    columns = storage.table.c
    by = func.coalesce(_USER.c.name, columns.recorded_by).label("recorded_by")
    query = select(columns.id, *(columns[name] for name in storage.names), columns.source, by)
    return (
        query.add_columns(columns.recorded_at)
        .outerjoin(_USER, _USER.c.email == columns.recorded_by)
        .where(columns.unit_id == unit_id)
    )


def _build_row(table: str, row: Any) -> NumberedRow:
    columns = {name: row[name] for name in STORAGE[table].names}
    source = RowSource(row["source"], row["recorded_by"], row["recorded_at"])
    return NumberedRow(row["id"], object_of(STORAGE[table].kind, columns), source)
