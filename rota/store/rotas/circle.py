"""An officer and those near them: who they are, where they are published to be, and when away.

Each query reads a few rows by an index, whatever else the database holds, and is made once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, or_, select

from rota.domain import Away, Closure, Officer, PublishedSeat, Site
from rota.store.units.rows import STORAGE, object_of, table_of
from rota.tables import PublishedSeatTable

_SEAT = table_of(PublishedSeatTable)

_OFFICER, _TEAM, _AWAY, _SITE, _CLOSURE = (
    STORAGE[name].table for name in ("officers", "teams", "away", "sites", "closures")
)

_UNIT: BindParameter[Any] = bindparam("unit")

_STAFF_NO: BindParameter[Any] = bindparam("staff_no")

_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)

_FIRST: BindParameter[Any] = bindparam("first")

_LAST: BindParameter[Any] = bindparam("last")

_ME = (_OFFICER.c.unit_id == _UNIT) & (_OFFICER.c.staff_no == _STAFF_NO)

_OWN_TEAM, _OWN_MENTOR = (
    select(_OFFICER.c[name]).where(_ME).scalar_subquery() for name in ("team", "mentor")
)

_MEETS_AT = (
    select(_TEAM.c.office)
    .where(_TEAM.c.unit_id == _UNIT, _TEAM.c.name == _OWN_TEAM)
    .scalar_subquery()
)

_CIRCLE = (
    select(_MEETS_AT, *(_OFFICER.c[name] for name in STORAGE["officers"].names))
    .where(_OFFICER.c.unit_id == _UNIT)
    .where(
        or_(
            _OFFICER.c.staff_no == _STAFF_NO,
            _OFFICER.c.team == _OWN_TEAM,
            _OFFICER.c.staff_no == _OWN_MENTOR,
            _OFFICER.c.mentor == _STAFF_NO,
        )
    )
    .order_by(_OFFICER.c.id)
)

_SEATS = (
    select(*(_SEAT.c[name] for name in PublishedSeat._fields))
    .where(_SEAT.c.unit_id == _UNIT, _SEAT.c.staff_no.in_(_PEOPLE))
    .where(_SEAT.c.until.is_(None), _SEAT.c.date.between(_FIRST, _LAST))
)

_SPELLS = (
    select(*(_AWAY.c[name] for name in STORAGE["away"].names))
    .where(_AWAY.c.unit_id == _UNIT, _AWAY.c.staff_no.in_(_PEOPLE))
    .where(_AWAY.c.first <= _LAST, _AWAY.c.last >= _FIRST)
)

_CLOSURES = (
    select(*(_CLOSURE.c[name] for name in STORAGE["closures"].names))
    .where(_CLOSURE.c.unit_id == _UNIT)
    .where(_CLOSURE.c.first <= _LAST, _CLOSURE.c.last >= _FIRST)
)

_SITES = select(*(_SITE.c[name] for name in STORAGE["sites"].names)).where(_SITE.c.unit_id == _UNIT)


class Circle(NamedTuple):
    """An officer, their team, their mentor, those whom they are a mentor of; the team's office."""

    officers: tuple[Officer, ...]
    team_office: str


def load_circle(connection: Connection, unit_id: int, staff_no: str) -> Circle:
    """The officer's circle. Nobody is in it if there is no such officer."""
    rows = connection.execute(_CIRCLE, {"unit": unit_id, "staff_no": staff_no}).all()
    names = STORAGE["officers"].names
    officers = (object_of(Officer, dict(zip(names, row[1:], strict=True))) for row in rows)
    return Circle(tuple(officers), rows[0][0] if rows else "")


def list_seats(
    connection: Connection, unit_id: int, people: Iterable[str], *, first: date, last: date
) -> tuple[PublishedSeat, ...]:
    """The seats of these officers that are published now for these dates."""
    values = {"unit": unit_id, "people": list(people), "first": first, "last": last}
    return tuple(PublishedSeat(*row) for row in connection.execute(_SEATS, values).all())


def list_away(
    connection: Connection, unit_id: int, people: Iterable[str], *, first: date, last: date
) -> tuple[Away, ...]:
    """What these officers have of leave and the like that touches these dates."""
    values = {"unit": unit_id, "people": list(people), "first": first, "last": last}
    return tuple(Away(*row) for row in connection.execute(_SPELLS, values).all())


def list_sites(connection: Connection, unit_id: int) -> tuple[Site, ...]:
    """The sites of the unit."""
    return tuple(Site(*row) for row in connection.execute(_SITES, {"unit": unit_id}).all())


def list_closures(
    connection: Connection, unit_id: int, *, first: date, last: date
) -> tuple[Closure, ...]:
    """The closures that touch these dates."""
    values = {"unit": unit_id, "first": first, "last": last}
    return tuple(Closure(*row) for row in connection.execute(_CLOSURES, values).all())
