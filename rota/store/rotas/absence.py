"""Seats that are published for days on which their officer has come to be away."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, exists

from rota.store.units.rows import STORAGE

_AWAY = STORAGE["away"].table


def is_void(seat: FromClause) -> ColumnElement[bool]:
    """Whether the officer of the published seat is away on its day, so that nobody is there."""
    return exists().where(
        _AWAY.c.unit_id == seat.c.unit_id,
        _AWAY.c.staff_no == seat.c.staff_no,
        _AWAY.c.first <= seat.c.date,
        _AWAY.c.last >= seat.c.date,
    )
