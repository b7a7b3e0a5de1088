"""What is published of a unit as one long list, a part of which is read at a time."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from rota.store.rotas.absence import find_part_there, is_void
from rota.store.units.rows import STORAGE, table_of
from rota.tables import PublishedSeatTable

_SEAT = table_of(PublishedSeatTable)

_OFFICER, _SITE = (STORAGE[name].table for name in ("officers", "sites"))


_ORDER = (_SEAT.c.date, _SEAT.c.staff_no, _SEAT.c.part)


class ListedSeat(NamedTuple):
    """A seat that is published now; name, team and kind are None for what is not there any more.

    Its `part` is when in the day its officer is there.
    """

    date: date
    staff_no: str
    site: str
    part: str
    name: str | None
    team: str | None
    kind: str | None


def list_seats(
    connection: Connection,
    unit_id: int,
    *,
    first: date,
    last: date,
    after: tuple[date, str, str] | None,
    most: int,
    **only: str | None,
) -> tuple[ListedSeat, ...]:
    """So many of the seats of these dates, in order; none of those who are away.

    They are by date, staff number and half of the day, and come after that one. `only` has the
    site, team or staff number of those that are wanted.
    """
    columns = {
        "site": _SEAT.c.site,
        "team": _OFFICER.c.team,
        "staff_no": _SEAT.c.staff_no,
    }
    query = (
        select(
            _SEAT.c.date,
            _SEAT.c.staff_no,
            _SEAT.c.site,
            find_part_there(_SEAT),
            _OFFICER.c.name,
            _OFFICER.c.team,
            _SITE.c.kind,
        )
        .outerjoin(
            _OFFICER,
            and_(_OFFICER.c.unit_id == _SEAT.c.unit_id, _OFFICER.c.staff_no == _SEAT.c.staff_no),
        )
        .outerjoin(_SITE, and_(_SITE.c.unit_id == _SEAT.c.unit_id, _SITE.c.name == _SEAT.c.site))
        .where(_SEAT.c.unit_id == unit_id, _SEAT.c.until.is_(None), ~is_void(_SEAT))
        .where(_SEAT.c.date.between(first, last))
        .where(*(columns[name] == value for name, value in only.items() if value is not None))
    )
    if after is not None:
        query = query.where(_is_later(after))
    rows = connection.execute(query.order_by(*_ORDER).limit(most))
    return tuple(ListedSeat(*row) for row in rows)


def _is_later(after: tuple[date, str, str]) -> ColumnElement[bool]:
    """Whether the seat comes after that date, staff number and half of the day."""
    day, staff_no, part = after
    is_later_that_day = _SEAT.c.staff_no > staff_no
    is_later_part = and_(_SEAT.c.staff_no == staff_no, _SEAT.c.part > part)
    return or_(_SEAT.c.date > day, and_(_SEAT.c.date == day, or_(is_later_that_day, is_later_part)))
