"""From what is stored of a unit to the problem to be planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from rota.domain import (
    HOME,
    OFFICE,
    Away,
    Period,
    Policy,
    Problem,
    PublishedSeat,
    Rota,
    Seat,
    Site,
    Unit,
)
from rota.errors import NotFound
from rota.reading import bank_holidays_around, near
from rota.store import units, versions
from rota.store.drafts import Draft
from rota.store.units import Stored


def unit_named(connection: Connection, name: str) -> Stored:
    """The unit of that name. Raises NotFound if there is none."""
    return units.find(connection, name) or _missing(connection, name)


def unit_held(connection: Connection, name: str) -> Stored:
    """The unit of that name, kept from changing until the transaction ends."""
    return units.held(connection, name) or _missing(connection, name)


def published_problem(connection: Connection, unit: Stored, period: Period, today: date) -> Problem:
    """The unit seen from today, with what is published for the period and locked there."""
    published = versions.seats_in_force(connection, unit.id, period)
    tables = replace(units.load(connection, unit.id), published=published)
    return problem_of(tables, unit.policy, period, today)


def draft_problem(
    connection: Connection, unit: Stored, period: Period, today: date, draft: Draft | None
) -> Problem:
    """The same for a draft, whose own locks hold in place of those published after today."""
    published = versions.seats_in_force(connection, unit.id, period)
    tables = replace(units.load(connection, unit.id), published=published)
    seats = published if draft is None else draft.seats
    return problem_of_draft(tables, unit.policy, period, today, seats)


def problem_of_draft(
    tables: Unit, policy: Policy, period: Period, today: date, seats: Iterable[PublishedSeat]
) -> Problem:
    """The problem of a draft with these seats, from the tables with what is published."""
    published = tuple(
        seat._replace(locked=seat.locked and seat.date <= today) for seat in tables.published
    )
    locked = tuple(seat.seat for seat in seats if seat.locked)
    return problem_of(replace(tables, published=published, locked=locked), policy, period, today)


def filled(problem: Problem, *preferences: Iterable[Seat]) -> Rota:
    """A whole rota of the first seat that may be used among the preferences, or else any."""
    wishes = [{(seat.staff_no, seat.date): seat.site for seat in seats} for seats in preferences]

    def sites(place: tuple[str, date], allowed: tuple[str, ...]) -> Iterator[str]:
        yield from (wish[place] for wish in wishes if wish.get(place) in allowed)
        yield from allowed

    return Rota.of(
        Seat(*place, next(sites(place, allowed)))
        for place, allowed in problem.allowed_sites.items()
    )


def to_publish(problem: Problem, rota: Rota) -> tuple[PublishedSeat, ...]:
    """The rota's seats, those marked that are locked; up to today all that was published.

    So the seat of somebody who was away in the end stays in the history, although it is void.
    """
    history = tuple(seat for seat in problem.unit.published if seat.date <= problem.today)
    is_begun = bool(problem.unit.published)
    later = (seat for seat in rota if not is_begun or seat.date > problem.today)
    return (*history, *with_locks(problem, later))


def with_locks(problem: Problem, seats: Iterable[Seat]) -> Iterator[PublishedSeat]:
    """The seats, those marked that are locked in the draft or in what is published."""
    locked = {(seat.staff_no, seat.date) for seat in problem.unit.locked}
    locked |= {place for place, seat in problem.published.items() if seat.locked}
    return (PublishedSeat(*seat, (seat.staff_no, seat.date) in locked) for seat in seats)


def problem_of(tables: Unit, policy: Policy, period: Period, today: date) -> Problem:
    """The tables, with what is published and locked in them, for the period and seen from today."""
    policy = replace(policy, start=period.first, weeks=period.weeks)
    holidays = bank_holidays_around(policy, today)
    problem = Problem(
        unit=_with_lost_sites(tables), policy=policy, today=today, bank_holidays=holidays
    )
    return _with_no_other_past(problem) if tables.published else problem


def _with_lost_sites(tables: Unit) -> Unit:
    """The tables with a site for each name that only published or locked seats still know.

    Nobody is sent there again. Its kind is forgotten; that of an office does least harm.
    """
    known = {HOME.name, *(site.name for site in tables.sites)}
    published = (seat.seat for seat in tables.published)
    named = dict.fromkeys(seat.site for seat in (*published, *tables.locked))
    lost = tuple(Site(name, OFFICE) for name in named if name not in known)
    return replace(tables, sites=(*tables.sites, *lost))


def _with_no_other_past(problem: Problem) -> Problem:
    """The problem in which nobody works on past days but those that were published for them."""
    others = tuple(
        Away(staff_no, day, day, "other")
        for staff_no, days in problem.working_days.items()
        for day in days
        if day <= problem.today and (staff_no, day) not in problem.published
    )
    if not others:
        return problem
    return replace(problem, unit=replace(problem.unit, away=(*problem.unit.away, *others)))


def _missing(connection: Connection, name: str) -> Stored:
    names = units.names(connection)
    maybe = near(name, names)
    known = f" Maybe {maybe}?" if maybe else f" There are: {', '.join(names) or 'none yet'}."
    raise NotFound(f"There is no unit {name}.{known}")
