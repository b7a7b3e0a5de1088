"""The rows of a unit's tables with their numbers, by which pages name them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from rota.store.rows import KEPT, object_of


def numbered(connection: Connection, unit_id: int, table: str) -> tuple[tuple[int, Any], ...]:
    """Every row of the table with its number, in the order in which rows came."""
    asked = _asked(unit_id, table).order_by(KEPT[table].table.c.id)
    return tuple(_row(table, row) for row in connection.execute(asked).mappings())


def find(connection: Connection, unit_id: int, table: str, number: int) -> Any | None:
    """The row of that number, if the table of the unit has it."""
    asked = _asked(unit_id, table).where(KEPT[table].table.c.id == number)
    row = connection.execute(asked).mappings().one_or_none()
    return _row(table, row)[1] if row else None


def _asked(unit_id: int, table: str) -> Select[Any]:
    its = KEPT[table]
    columns = (its.table.c[name] for name in ("id", *its.names))
    return select(*columns).where(its.table.c.unit_id == unit_id)


def _row(table: str, row: Any) -> tuple[int, Any]:
    columns = {name: row[name] for name in KEPT[table].names}
    return row["id"], object_of(KEPT[table].kind, columns)
