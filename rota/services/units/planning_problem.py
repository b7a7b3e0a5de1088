"""From what is stored of a unit to the problem to be planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from rota.domain import (
    HOME,
    OFFICE,
    OfficerDay,
    Period,
    Policy,
    Problem,
    PublishedSeat,
    Rota,
    Seat,
    Site,
    Unit,
)
from rota.reading import list_bank_holidays_around
from rota.store.rotas import versions
from rota.store.units import units
from rota.store.units.units import StoredUnit


def published_problem(
    connection: Connection, unit: StoredUnit, period: Period, today: date
) -> Problem:
    """The unit seen from today, with what is published for the period and locked there."""
    published = versions.seats_in_force(connection, unit.id, period)
    tables = replace(units.load(connection, unit.id), published=published)
    return problem_of(tables, unit.policy, period, today)


def draft_problem(
    connection: Connection,
    unit: StoredUnit,
    period: Period,
    today: date,
    drafted: Iterable[PublishedSeat] | None = None,
    *,
    moved_by_hand: tuple[Seat, ...] = (),
) -> Problem:
    """The same for a draft, whose own locks hold in place of those published after today.

    Without the seats of a draft it is one that is begun from what is published. Those moved by hand
    are to be kept.
    """
    published = versions.seats_in_force(connection, unit.id, period)
    tables = units.load(connection, unit.id)
    tables = replace(tables, published=published, moved_by_hand=moved_by_hand)
    seats = published if drafted is None else drafted
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


def as_published(problem: Problem, seats: Sequence[PublishedSeat]) -> tuple[Problem, Rota]:
    """What these seats are judged by, and those of them that count: void ones do not.

    Their own locks hold, and days without a seat are not planned. What the problem has published
    is still what stability is measured against.
    """
    under_locks = with_locks_of(problem, seats)
    works = under_locks.allowed_sites
    rota = Rota.of(seat.seat for seat in seats if (seat.staff_no, seat.date) in works)
    return under_locks.leave_unplanned(rota), rota


def with_locks_of(problem: Problem, seats: Iterable[PublishedSeat]) -> Problem:
    """The problem in which, after today, the locks of these seats hold in place of all others."""
    seats = tuple(seats)
    held = {place: site for place, site in problem.locked.items() if place[1] > problem.today}
    if held == {(s.staff_no, s.date): s.site for s in seats if s.locked and s.date > problem.today}:
        return problem
    return problem_of_draft(problem.unit, problem.policy, problem.period, problem.today, seats)


def put_by_draft(
    problem: Problem, seats: Iterable[PublishedSeat]
) -> Mapping[OfficerDay, PublishedSeat | None]:
    """What it takes to publish these seats of a draft, as far as they can be used.

    Once something is published, days up to today stay as they are. Published seats that are void
    are taken back; a published seat for which the draft has none stays.
    """
    allowed, is_begun = problem.allowed_sites, bool(problem.unit.published)
    fixed_until = problem.today if is_begun else date.min
    put: dict[OfficerDay, PublishedSeat | None] = dict(void_places(problem))
    for seat in seats:
        place = seat.staff_no, seat.date
        if seat.date > fixed_until and seat.site in allowed.get(place, ()):
            put[place] = seat
    return put


def put_as_before(
    problem: Problem, seats: Iterable[PublishedSeat]
) -> Mapping[OfficerDay, PublishedSeat | None]:
    """What it takes to publish these seats of an old version again, as far as they can be used.

    Days up to today, and those for which it had no seat, stay as they are published. Its own locks
    hold in place of those since.
    """
    seats = tuple(seats)
    allowed = with_locks_of(problem, seats).allowed_sites
    return {
        (seat.staff_no, seat.date): seat
        for seat in seats
        if seat.date > problem.today and seat.site in allowed.get((seat.staff_no, seat.date), ())
    }


def void_places(problem: Problem) -> Iterator[tuple[OfficerDay, None]]:
    """The places after today whose published seats are void, each with the seat it is to have."""
    for seat in problem.unit.published:
        place = seat.staff_no, seat.date
        if seat.date > problem.today and place not in problem.allowed_sites:
            yield place, None


def with_locks(problem: Problem, seats: Iterable[Seat]) -> Iterator[PublishedSeat]:
    """The seats, those marked that are locked in the draft or in what is published."""
    locked = {(seat.staff_no, seat.date) for seat in problem.unit.locked}
    locked |= {place for place, seat in problem.published.items() if seat.locked}
    return (PublishedSeat(*seat, (seat.staff_no, seat.date) in locked) for seat in seats)


def problem_of(tables: Unit, policy: Policy, period: Period, today: date) -> Problem:
    """The tables, with what is published and locked in them, for the period and seen from today."""
    policy = replace(policy, start=period.first, weeks=period.weeks)
    holidays = list_bank_holidays_around(policy, today)
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
    """The problem in which past days are worked only where something was published for them."""
    others = frozenset(
        place
        for place in problem.allowed_sites
        if place[1] <= problem.today and place not in problem.published
    )
    return replace(problem, not_planned=others) if others else problem
