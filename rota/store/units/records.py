"""The rows of a unit's tables with their numbers, by which pages name them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from rota.store.units.rows import STORAGE, object_of, table_of
from rota.store.units.sources import RowSource
from rota.tables import UserTable

_USER = table_of(UserTable)


class Numbered(NamedTuple):
    """A row with its number, and how it came to be."""

    number: int
    row: Any
    source: RowSource


def numbered(connection: Connection, unit_id: int, table: str) -> tuple[Numbered, ...]:
    """Every row of the table with its number, in the order in which rows came."""
    asked = _asked(unit_id, table).order_by(STORAGE[table].table.c.id)
    return tuple(_row(table, row) for row in connection.execute(asked).mappings())


def find(connection: Connection, unit_id: int, table: str, number: int) -> Numbered | None:
    """The row of that number, if the table of the unit has it."""
    asked = _asked(unit_id, table).where(STORAGE[table].table.c.id == number)
    row = connection.execute(asked).mappings().one_or_none()
    return _row(table, row) if row else None


def _asked(unit_id: int, table: str) -> Select[Any]:
    """The rows of the table; a user who recorded one is called by name."""
    kept = STORAGE[table]
    columns = kept.table.c
    by = func.coalesce(_USER.c.name, columns.recorded_by).label("recorded_by")
    asked = select(columns.id, *(columns[name] for name in kept.names), columns.source, by)
    return (
        asked.add_columns(columns.recorded_at)
        .outerjoin(_USER, _USER.c.email == columns.recorded_by)
        .where(columns.unit_id == unit_id)
    )


def _row(table: str, row: Any) -> Numbered:
    columns = {name: row[name] for name in STORAGE[table].names}
    source = RowSource(row["source"], row["recorded_by"], row["recorded_at"])
    return Numbered(row["id"], object_of(STORAGE[table].kind, columns), source)
