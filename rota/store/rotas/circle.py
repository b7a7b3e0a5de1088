"""An officer and those near them: who they are, where they are published to be, and when away.

Each query reads a few rows by an index, whatever else the database holds, and is made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, or_, select

from rota.domain import Away, Officer, PublishedSeat, Unit
from rota.store.units import earlier_terms, units
from rota.store.units.rows import STORAGE, object_of, table_of
from rota.tables import PublishedSeatTable

_SEAT = table_of(PublishedSeatTable)

_OFFICER, _AWAY = (STORAGE[name].table for name in ("officers", "away"))

_UNIT: BindParameter[Any] = bindparam("unit")

_STAFF_NO: BindParameter[Any] = bindparam("staff_no")

_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)

_FIRST: BindParameter[Any] = bindparam("first")

_LAST: BindParameter[Any] = bindparam("last")

_OWN_TEAM, _OWN_MENTOR = (
    select(_OFFICER.c[name])
    .where(_OFFICER.c.unit_id == _UNIT, _OFFICER.c.staff_no == _STAFF_NO)
    .scalar_subquery()
    for name in ("team", "mentor")
)

_CIRCLE = (
    select(*(_OFFICER.c[name] for name in STORAGE["officers"].names))
    .where(_OFFICER.c.unit_id == _UNIT)
    .where(
        or_(
            _OFFICER.c.staff_no == _STAFF_NO,
            _OFFICER.c.team == _OWN_TEAM,
            _OFFICER.c.staff_no == _OWN_MENTOR,
            _OFFICER.c.mentor == _STAFF_NO,
            _OFFICER.c.team.in_(bindparam("earlier_teams", expanding=True)),
            _OFFICER.c.staff_no.in_(_PEOPLE),
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


def load_circle(connection: Connection, unit_id: int, staff_no: str, *, since: date) -> Unit:
    """The officer, their team, their mentor and those whom they are a mentor of.

    Whoever has been one of these on that day or after it is among them, with what held of them
    then; so are all sites, teams and closures of the unit. Nobody is if there is no such officer.
    """
    places = units.load_places(connection, unit_id)
    before = earlier_terms.load(connection, unit_id, since=since)
    terms_of_officers = [each.row for each in before["earlier"] if isinstance(each.row, Officer)]
    own_terms = [row for row in terms_of_officers if row.staff_no == staff_no]
    values = {
        "unit": unit_id,
        "staff_no": staff_no,
        "earlier_teams": [row.team for row in own_terms],
        "people": [row.staff_no for row in terms_of_officers] + [row.mentor for row in own_terms],
    }
    names = STORAGE["officers"].names
    rows = connection.execute(_CIRCLE, values).all()
    officers = [object_of(Officer, dict(zip(names, row, strict=True))) for row in rows]
    people = _find_circle(staff_no, (*officers, *terms_of_officers))
    return replace(
        places,
        officers=tuple(officer for officer in officers if officer.staff_no in people),
        earlier=tuple(
            each
            for each in before["earlier"]
            if not isinstance(each.row, Officer) or each.row.staff_no in people
        ),
        earlier_rows=before["earlier_rows"],
        earlier_policies=before["earlier_policies"],
    )


def _find_circle(staff_no: str, every_terms: Iterable[Officer]) -> Set[str]:
    """The staff numbers of those who are near the officer, by any of these terms."""
    every_terms = tuple(every_terms)
    own_terms = [row for row in every_terms if row.staff_no == staff_no]
    teams, mentors = {row.team for row in own_terms}, {row.mentor for row in own_terms}
    return {
        row.staff_no
        for row in every_terms
        if row.team in teams or row.staff_no in mentors or row.mentor == staff_no
    }


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
