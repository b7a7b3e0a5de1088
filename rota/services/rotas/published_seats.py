"""The published seats of a unit as a long list, a part at a time, and those of the caller."""

from __future__ import annotations

from datetime import date

from rota.domain import HOME
from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.rotas import published_list
from rota.store.rotas.published_list import ListedSeat

__all__ = ["ListedSeat", "list_own_seats", "list_seats"]

MOST_OWN = 1000
"""Seats of one officer that are listed at once; so many are worked in four years."""


def list_seats(
    database: Database,
    act: Act,
    *,
    unit: str,
    first: date,
    last: date,
    after: tuple[date, str, str] | None = None,
    most: int,
    team: str | None = None,
    site: str | None = None,
    staff_no: str | None = None,
) -> tuple[ListedSeat, ...]:
    """So many of the seats that are published for these dates, by date, staff number and half.

    Those who are away have none. They begin after that date, staff number and half.
    """
    act.rights.must_see(unit)
    with database.reading() as connection:
        seats = published_list.list_seats(
            connection,
            find_unit(connection, unit).id,
            first=first,
            last=last,
            after=after,
            most=most,
            team=team,
            site=site,
            staff_no=staff_no,
        )
    return tuple(s._replace(kind=HOME.kind) if s.site == HOME.name else s for s in seats)


def list_own_seats(
    database: Database, act: Act, *, first: date, last: date
) -> tuple[tuple[str, ListedSeat], ...]:
    """Where the caller is on these dates, by date, each with the unit.

    Most people are an officer of one unit; somebody who is one of several has the seats of all.
    Raises Forbidden if they are an officer of none.
    """
    if not act.rights.own:
        raise Forbidden("You are not an officer of any unit, and have no rota of your own.")
    own_seats = (
        (unit, seat)
        for unit, staff_no in act.rights.own.items()
        for seat in list_seats(
            database, act, unit=unit, first=first, last=last, most=MOST_OWN, staff_no=staff_no
        )
    )
    return tuple(sorted(own_seats, key=lambda own_seat: (own_seat[1].date, own_seat[0])))
