"""An officer and those near them: who they are, where they are published to be, and when away.

Each query reads rows of the unit by an index, whatever else the database holds, and is made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from rota.domain import Away, Officer, PublishedSeat, Unit
from rota.store.units import units
from rota.store.units.rows import STORAGE, table_of
from rota.tables import PublishedSeatTable

_SEAT = table_of(PublishedSeatTable)

_AWAY = STORAGE["away"].table

_UNIT: BindParameter[Any] = bindparam("unit")

_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)

_FIRST: BindParameter[Any] = bindparam("first")

_LAST: BindParameter[Any] = bindparam("last")

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
    tables = units.load_around(connection, unit_id, since=since)
    terms_of_officers = [each.row for each in tables.earlier if isinstance(each.row, Officer)]
    people = _find_circle(staff_no, (*tables.officers, *terms_of_officers))
    return replace(
        tables,
        officers=tuple(officer for officer in tables.officers if officer.staff_no in people),
        earlier=tuple(
            each
            for each in tables.earlier
            if not isinstance(each.row, Officer) or each.row.staff_no in people
        ),
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
