"""What programs list of a unit: its officers, and the seats that are published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rota.domain import HOME, Officer
from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.column_rights import ATTRIBUTES, readable, readers_in
from rota.services.units.lookup import unit_named
from rota.store.databases.database import Database
from rota.store.rotas import draft_heads as stored_drafts
from rota.store.rotas import published_list
from rota.store.rotas.draft_heads import DraftHead
from rota.store.rotas.published_list import ListedSeat
from rota.store.units import units

__all__ = ["Colleague", "ListedSeat", "drafts", "officers", "own_seats", "revision", "seats"]


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer as everybody in the unit may know them; `officer` is for who may know all."""

    staff_no: str
    name: str
    team: str
    grade: str
    base: str
    officer: Officer | None


def officers(database: Database, act: Act, *, unit: str) -> tuple[Colleague, ...]:
    """Everybody who has not left the unit, by staff number."""
    act.rights.must_see(unit)
    with database.reading() as connection:
        everybody = units.officers(connection, unit_named(connection, unit).id)
    here = (its for its in everybody if its.leave_date is None or its.leave_date >= act.today)
    return tuple(_as_known_to(act, unit, its) for its in sorted(here, key=lambda its: its.staff_no))


def seats(
    database: Database,
    act: Act,
    *,
    unit: str,
    first: date,
    last: date,
    after: tuple[date, str] | None = None,
    most: int,
    team: str | None = None,
    site: str | None = None,
    staff_no: str | None = None,
) -> tuple[ListedSeat, ...]:
    """So many of the seats that are published for these dates, by date and staff number.

    Those who are away have none. They begin after that date and staff number.
    """
    act.rights.must_see(unit)
    with database.reading() as connection:
        told = published_list.list_seats(
            connection,
            unit_named(connection, unit).id,
            first=first,
            last=last,
            after=after,
            most=most,
            team=team,
            site=site,
            staff_no=staff_no,
        )
    return tuple(its._replace(kind=HOME.kind) if its.site == HOME.name else its for its in told)


def own_seats(
    database: Database, act: Act, *, first: date, last: date
) -> tuple[tuple[str, ListedSeat], ...]:
    """Where the caller is on these dates, by date, each with the unit.

    Most people are an officer of one unit; somebody who is one of several has the seats of all.
    Raises Forbidden if they are an officer of none.
    """
    if not act.rights.own:
        raise Forbidden("You are not an officer of any unit, and have no rota of your own.")
    told = (
        (unit, seat)
        for unit, staff_no in act.rights.own.items()
        for seat in seats(
            database, act, unit=unit, first=first, last=last, most=MOST_OWN, staff_no=staff_no
        )
    )
    return tuple(sorted(told, key=lambda its: (its[1].date, its[0])))


def revision(database: Database, act: Act, *, unit: str) -> int:
    """How often the unit was changed, counted from 1. For its managers."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return unit_named(connection, unit).revision


def drafts(database: Database, act: Act, *, unit: str) -> tuple[DraftHead, ...]:
    """The unit's drafts without their seats, by date."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return stored_drafts.list_heads(connection, unit_named(connection, unit).id)


MOST_OWN = 1000
"""Seats of one officer that are listed at once; so many are worked in four years."""


def _as_known_to(act: Act, unit: str, officer: Officer) -> Colleague:
    """The officer as far as the caller may read; details are told only where all of them are."""
    declared = ATTRIBUTES["officers"]
    values = {name: getattr(officer, name) for name in declared}
    known = readable(values, declared, readers_in(act.rights, unit, (officer.team,)))
    return Colleague(
        staff_no=known["staff_no"],
        name=known["name"],
        team=known["team"],
        grade=known["grade"],
        base=known["base"],
        officer=officer if known == values else None,
    )
