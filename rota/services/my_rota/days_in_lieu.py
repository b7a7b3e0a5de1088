"""The days in lieu that are owed to the officers of a unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sqlalchemy import Connection

from rota.domain import FRIDAY, Officer, Period, PublishedSeat, TermsInPeriod
from rota.errors import Forbidden
from rota.figures.days_in_lieu import DaysInLieu, count_days_in_lieu
from rota.reading import list_bank_holidays
from rota.services.access.act import Act
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.rotas import extra_days, own_changes
from rota.store.units import earlier_terms, units
from rota.store.units.units import StoredUnit

__all__ = ["DaysInLieu", "list_days_in_lieu", "list_own_days_in_lieu", "load_days_in_lieu"]


def list_days_in_lieu(database: Database, act: Act, *, unit: str) -> tuple[DaysInLieu, ...]:
    """Everybody of the teams that the reader manages of whom there is anything to tell, by name.

    Who may be asked for extra days is always among them.
    """
    act.rights.must_manage(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        everybody = units.load_officers(connection, stored_unit.id, act.today)
        officers = [officer for officer in everybody if act.rights.manages(unit, officer.team)]
        published = _list_published(connection, stored_unit)
        every = load_days_in_lieu(connection, stored_unit, officers, published, act.today)
    in_order = sorted(every, key=lambda of: (of.officer.name, of.officer.staff_no))
    return tuple(of for of in in_order if of.is_any or of.officer.takes_extra_days)


def list_own_days_in_lieu(database: Database, act: Act) -> tuple[tuple[str, DaysInLieu], ...]:
    """The days in lieu of the reader, in each unit in which they are an officer.

    Raises Forbidden if they are an officer of none.
    """
    if not act.rights.own:
        raise Forbidden("You are not an officer of any unit, and have no days in lieu.")
    with database.reading() as connection:
        return tuple(_list_own(connection, act))


def _list_own(connection: Connection, act: Act) -> Iterator[tuple[str, DaysInLieu]]:
    for unit, staff_no in act.rights.own.items():
        stored_unit = find_unit(connection, unit)
        officers = units.load_officers(connection, stored_unit.id, act.today)
        me = [officer for officer in officers if officer.staff_no == staff_no]
        published = _list_published(connection, stored_unit)
        for own in load_days_in_lieu(connection, stored_unit, me, published, act.today):
            yield unit, own


def _list_published(connection: Connection, unit: StoredUnit) -> Sequence[Period]:
    return [span.period for span in own_changes.list_spans(connection, unit.id)]


def load_days_in_lieu(
    connection: Connection,
    unit: StoredUnit,
    officers: Sequence[Officer],
    published: Sequence[Period],
    today: date,
) -> tuple[DaysInLieu, ...]:
    """The days in lieu of these officers, in their order, from the published periods."""
    staff_no = officers[0].staff_no if len(officers) == 1 else None
    spells = extra_days.list_days_taken(connection, unit.id, staff_no=staff_no)
    days = [day for period in published for day in period.days()]
    ends = [day for spell in spells for day in (spell.first, spell.last)]
    is_planning_day = _build_calendar(unit, [*days, *ends])
    free_days = [day for day in days if not is_planning_day(day)]
    seats = extra_days.list_seats(connection, unit.id, free_days, staff_no=staff_no)
    earlier = earlier_terms.load(connection, unit.id)["earlier"]
    of_officers = [terms for terms in earlier if isinstance(terms.row, Officer)]
    every_terms = TermsInPeriod(officers, of_officers, date.min, date.max)
    staff_nos = {officer.staff_no for officer in officers}
    return count_days_in_lieu(
        officers,
        _leave_out_void(connection, unit, seats, today),
        [spell for spell in spells if spell.staff_no in staff_nos],
        officer_on=every_terms.find_on,
        is_planning_day=is_planning_day,
        today=today,
    )


def _leave_out_void(
    connection: Connection, unit: StoredUnit, seats: Sequence[PublishedSeat], today: date
) -> Iterator[PublishedSeat]:
    """The seats on extra days without those to come whose day has no duty any more."""
    coming = {seat.date for seat in seats if seat.date > today}
    with_duty = (
        extra_days.list_dates_with_duty(connection, unit.id, coming) if coming else frozenset()
    )
    return (seat for seat in seats if seat.date <= today or seat.date in with_duty)


def _build_calendar(unit: StoredUnit, days: Sequence[date]) -> Callable[[date], bool]:
    """A function that tells whether people work on a day, from the first of these to the last."""
    holidays = list_bank_holidays(min(days), max(days)) if days else frozenset[date]()
    off = holidays.union(unit.policy.days_off)
    return lambda day: day.weekday() <= FRIDAY and day not in off
