"""Build the problem that is to be planned from what is stored of a unit."""

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


def build_published_problem(
    connection: Connection, unit: StoredUnit, period: Period, today: date
) -> Problem:
    """The problem of the unit as of today, with what is published for the period and locked."""
    published = versions.list_seats_in_force(connection, unit.id, period)
    tables = replace(units.load(connection, unit.id), published=published)
    return build_problem(tables, unit.policy, period, today)


def build_draft_problem(
    connection: Connection,
    unit: StoredUnit,
    period: Period,
    today: date,
    draft_seats: Iterable[PublishedSeat] | None = None,
    *,
    moved_by_hand: tuple[Seat, ...] = (),
) -> Problem:
    """The same for a draft, whose own locks hold in place of those published after today.

    Without the seats of a draft, the draft starts from what is published. Seats moved by hand are
    to be kept.
    """
    published = versions.list_seats_in_force(connection, unit.id, period)
    tables = units.load(connection, unit.id)
    tables = replace(tables, published=published, moved_by_hand=moved_by_hand)
    seats = published if draft_seats is None else draft_seats
    return build_problem_of_draft(tables, unit.policy, period, today, seats)


def build_problem_of_draft(
    tables: Unit, policy: Policy, period: Period, today: date, seats: Iterable[PublishedSeat]
) -> Problem:
    """The problem of a draft with these seats, from the tables with what is published."""
    published = tuple(
        seat._replace(locked=seat.locked and seat.date <= today) for seat in tables.published
    )
    locked = tuple(seat.seat for seat in seats if seat.locked)
    return build_problem(replace(tables, published=published, locked=locked), policy, period, today)


def build_published_rota(problem: Problem, seats: Sequence[PublishedSeat]) -> tuple[Problem, Rota]:
    """What these seats are judged by, and those of them that count: void ones do not.

    Their own locks hold, and days without a seat are not planned. What the problem has published
    is still what stability is measured against.
    """
    under_locks = apply_locks(problem, seats)
    works = under_locks.allowed_sites
    rota = Rota.of(seat.seat for seat in seats if (seat.staff_no, seat.date) in works)
    return under_locks.leave_unplanned(rota), rota


def apply_locks(problem: Problem, seats: Iterable[PublishedSeat]) -> Problem:
    """The problem in which, after today, the locks of these seats hold in place of all others."""
    seats = tuple(seats)
    today = problem.today
    locks = {(s.staff_no, s.date): s.site for s in seats if s.locked and s.date > today}
    if locks == {key: site for key, site in problem.locked.items() if key[1] > today}:
        return problem
    return build_problem_of_draft(
        problem.unit, problem.policy, problem.period, problem.today, seats
    )


def compute_draft_changes(
    problem: Problem, seats: Iterable[PublishedSeat]
) -> Mapping[OfficerDay, PublishedSeat | None]:
    """What it takes to publish these seats of a draft, as far as they can be used.

    Once something is published, days up to today stay as they are. Published seats that are void
    are taken back; a published seat for which the draft has none stays.
    """
    allowed, is_begun = problem.allowed_sites, bool(problem.unit.published)
    fixed_until = problem.today if is_begun else date.min
    changes: dict[OfficerDay, PublishedSeat | None] = dict(find_void_seats(problem))
    for seat in seats:
        officer_day = seat.staff_no, seat.date
        if seat.date > fixed_until and seat.site in allowed.get(officer_day, ()):
            changes[officer_day] = seat
    return changes


def compute_restored_changes(
    problem: Problem, seats: Iterable[PublishedSeat]
) -> Mapping[OfficerDay, PublishedSeat | None]:
    """What it takes to publish these seats of an old version again, as far as they can be used.

    Days up to today, and those for which it had no seat, stay as they are published. Its own locks
    hold in place of those since.
    """
    seats = tuple(seats)
    allowed = apply_locks(problem, seats).allowed_sites
    return {
        (seat.staff_no, seat.date): seat
        for seat in seats
        if seat.date > problem.fixed_until
        and seat.site in allowed.get((seat.staff_no, seat.date), ())
    }


def find_void_seats(problem: Problem) -> Iterator[tuple[OfficerDay, None]]:
    """The officer days after today whose published seats are void, each with no seat instead."""
    for seat in problem.unit.published:
        officer_day = seat.staff_no, seat.date
        if seat.date > problem.today and officer_day not in problem.allowed_sites:
            yield officer_day, None


def mark_locks(problem: Problem, seats: Iterable[Seat]) -> Iterator[PublishedSeat]:
    """The seats, with a mark on those that are locked in the draft or in what is published."""
    locked = {(seat.staff_no, seat.date) for seat in problem.unit.locked}
    locked |= {officer_day for officer_day, seat in problem.published.items() if seat.locked}
    return (PublishedSeat(*seat, (seat.staff_no, seat.date) in locked) for seat in seats)


def build_problem(tables: Unit, policy: Policy, period: Period, today: date) -> Problem:
    """The tables, with what is published and locked in them, for the period and seen from today."""
    policy = replace(policy, start=period.first, weeks=period.weeks)
    holidays = list_bank_holidays_around(policy, today)
    problem = Problem(
        unit=_add_lost_sites(tables), policy=policy, today=today, bank_holidays=holidays
    )
    return _drop_unpublished_past(problem) if tables.published else problem


def _add_lost_sites(tables: Unit) -> Unit:
    """The tables with a site for each name that only published or locked seats still have.

    Nobody is sent there again. Its kind is forgotten; that of an office does least harm.
    """
    site_names = {HOME.name, *(site.name for site in tables.sites)}
    published = (seat.seat for seat in tables.published)
    seat_sites = dict.fromkeys(seat.site for seat in (*published, *tables.locked))
    lost_sites = tuple(Site(name, OFFICE) for name in seat_sites if name not in site_names)
    return replace(tables, sites=(*tables.sites, *lost_sites))


def _drop_unpublished_past(problem: Problem) -> Problem:
    """The problem in which past days are worked only where something was published for them."""
    not_planned = frozenset(
        officer_day
        for officer_day in problem.allowed_sites
        if officer_day[1] <= problem.today and officer_day not in problem.published
    )
    return replace(problem, not_planned=not_planned) if not_planned else problem
