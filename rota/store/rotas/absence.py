"""Seats that are published for days on which their officer has come to be away."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, case, exists, or_

from rota.domain import HALVES, WHOLE_DAY
from rota.store.units.rows import STORAGE

_AWAY = STORAGE["away"].table


def is_void(seat: FromClause) -> ColumnElement[bool]:
    """Whether the officer of the published seat is away for all of it, so that nobody is there."""
    return and_(*(or_(~takes_half(seat, half), is_away(seat, half)) for half in HALVES))


def takes_half(seat: FromClause, half: str) -> ColumnElement[bool]:
    """Whether the seat is for that half of its day."""
    return seat.c.part.in_((WHOLE_DAY, half))


def is_away(seat: FromClause, half: str) -> ColumnElement[bool]:
    """Whether the officer of the published seat is away in that half of its day."""
    return exists().where(
        _AWAY.c.unit_id == seat.c.unit_id,
        _AWAY.c.staff_no == seat.c.staff_no,
        _AWAY.c.first <= seat.c.date,
        _AWAY.c.last >= seat.c.date,
        _AWAY.c.part.in_((WHOLE_DAY, half)),
    )


def find_part_there(seat: FromClause) -> ColumnElement[str]:
    """The part of its day in which the officer of the seat is there; null if it is void."""
    is_there = {half: and_(takes_half(seat, half), ~is_away(seat, half)) for half in HALVES}
    return case(
        (and_(*is_there.values()), WHOLE_DAY),
        *((condition, half) for half, condition in is_there.items()),
        else_=None,
    )
