"""Build the problem that is to be planned from what is stored of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from sqlalchemy import Connection

from rota.domain import (
    HOME,
    OFFICE,
    PLANNING_SETTINGS,
    ChangedDays,
    EarlierPolicy,
    OfficerDay,
    Period,
    Policy,
    Problem,
    PublishedSeat,
    Rota,
    Seat,
    SeatsOfDay,
    Site,
    Unit,
    find_policy_on,
    fits_day,
    group_by_day,
    keep_part,
    list_halves,
    without_halves,
)
from rota.reading import list_bank_holidays_around
from rota.store.rotas import versions
from rota.store.units import history, units
from rota.store.units.units import StoredUnit


def load_tables(connection: Connection, unit: StoredUnit, period: Period) -> Unit:
    """The tables of the unit, with what is published for the period and known of before it."""
    tables = units.load(connection, unit.id)
    span = find_span(tables.earlier_policies, unit.policy, period)
    published = versions.list_seats_in_force(connection, unit.id, span)
    return replace(
        tables,
        published=tuple(seat for seat in published if seat.date in period),
        published_before=tuple(seat for seat in published if seat.date not in period),
        history=history.load(connection, unit.id, first=span.first, last=period.first)
        if span != period
        else (),
    )


def find_span(earlier: Iterable[EarlierPolicy], policy: Policy, period: Period) -> Period:
    """The weeks that end with the period and that the policy at its end looks at."""
    return _take_policy(earlier, policy, period).span


def build_published_problem(
    connection: Connection, unit: StoredUnit, period: Period, today: date
) -> Problem:
    """The problem of the unit as of today, with what is published for the period and locked."""
    return build_problem(load_tables(connection, unit, period), unit.policy, period, today)


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
    tables = replace(load_tables(connection, unit, period), moved_by_hand=moved_by_hand)
    seats = tables.published if draft_seats is None else draft_seats
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

    Their own locks hold, and days or halves without a seat are not planned. What the problem has
    published is still what stability is measured against.
    """
    under_locks = apply_locks(problem, seats)
    rota = Rota.of(seat.seat for seat in keep_worked(under_locks, seats))
    return under_locks.leave_unplanned(rota), rota


def keep_worked(problem: Problem, seats: Iterable[PublishedSeat]) -> Iterator[PublishedSeat]:
    """The seats as far as their officers are planned then; the rest of them is void."""
    for seat in seats:
        yield from keep_part([seat], problem.parts_planned.get(seat.officer_day))


def apply_locks(problem: Problem, seats: Iterable[PublishedSeat]) -> Problem:
    """The problem in which, after today, the locks of these seats hold in place of all others."""
    seats = tuple(seats)
    today = problem.today
    locked_seats = chain.from_iterable(problem.locked.values())
    if {s.seat for s in seats if s.locked and s.date > today} == {
        seat for seat in locked_seats if seat.date > today
    }:
        return problem
    return build_problem_of_draft(
        problem.unit, problem.policy, problem.period, problem.today, seats
    )


def compute_draft_changes(problem: Problem, seats: Iterable[PublishedSeat]) -> ChangedDays:
    """What it takes to publish these seats of a draft, as far as they can be used.

    Once something is published, days up to today stay as they are. Published seats are taken back
    where they are void, and where the draft has nobody on an extra day; any other published day for
    which the draft has no seat stays.
    """
    fixed_until = problem.today if problem.unit.published else date.min
    seats = tuple(seats)
    return {
        **find_void_days(problem),
        **find_days_given_up(problem, (seat.officer_day for seat in seats)),
        **dict(_keep_usable(problem, seats, after=fixed_until)),
    }


def find_days_given_up(problem: Problem, seated: Iterable[OfficerDay]) -> ChangedDays:
    """The extra days after today of those who are published to work them and are not seated now."""
    offered = problem.published.keys() & problem.parts_offered.keys()
    return {
        officer_day: None
        for officer_day in sorted(offered.difference(seated))
        if officer_day[1] > problem.today
    }


def compute_restored_changes(problem: Problem, seats: Iterable[PublishedSeat]) -> ChangedDays:
    """What it takes to publish these seats of an old version again, as far as they can be used.

    Days up to today, and those for which it had no seat, stay as they are published. Its own locks
    hold in place of those since.
    """
    seats = tuple(seats)
    return dict(_keep_usable(apply_locks(problem, seats), seats, after=problem.fixed_until))


def find_usable(problem: Problem, of_day: SeatsOfDay) -> SeatsOfDay | None:
    """The day as far as its officer is planned then; None if that is no way to spend it."""
    usable = of_day.keep_part(problem.parts_planned.get(of_day.officer_day))
    options = problem.day_options.get(of_day.officer_day, ())
    return usable if usable and fits_day(options, usable.plain) else None


def _keep_usable(
    problem: Problem, seats: Iterable[PublishedSeat], *, after: date
) -> Iterator[tuple[OfficerDay, SeatsOfDay]]:
    for officer_day, of_day in group_by_day(seats).items():
        if of_day.date > after and (usable := find_usable(problem, of_day)):
            yield officer_day, usable


def find_void_days(problem: Problem) -> ChangedDays:
    """The days after today whose published seats are void, with what is left of them."""
    return {
        officer_day: rest
        for officer_day, of_day in group_by_day(problem.unit.published).items()
        if of_day.date > problem.today
        and (rest := of_day.keep_part(problem.parts_planned.get(officer_day))) != of_day
    }


def mark_locks(problem: Problem, seats: Iterable[Seat]) -> Iterator[PublishedSeat]:
    """The seats, with a mark on those that are locked in the draft or in what is published."""
    locked = {seat.officer_day for seat in problem.unit.locked}
    published = problem.published.items()
    locked |= {day for day, of_day in published if any(seat.locked for seat in of_day)}
    return (PublishedSeat(*seat[:3], seat.officer_day in locked, seat.part) for seat in seats)


def build_problem(tables: Unit, policy: Policy, period: Period, today: date) -> Problem:
    """The tables, with what is published and locked in them, for the period and seen from today."""
    policy = _take_policy(tables.earlier_policies, policy, period)
    holidays = list_bank_holidays_around(policy, today)
    recalled = tables.recall_rows(period.first, period.last)
    problem = Problem(
        unit=_add_lost_sites(recalled), policy=policy, today=today, bank_holidays=holidays
    )
    return _drop_unpublished_past(problem) if tables.published else problem


def _take_policy(earlier: Iterable[EarlierPolicy], policy: Policy, period: Period) -> Policy:
    """The policy that holds at the end of the period, for the period.

    Settings that tell how to plan and publish have no past.
    """
    at_end = find_policy_on(period.last, earlier, policy)
    planning = {name: getattr(policy, name) for name in PLANNING_SETTINGS}
    return replace(at_end, **{**planning, "start": period.first, "weeks": period.weeks})


def _add_lost_sites(tables: Unit) -> Unit:
    """The tables with a site for each name that only seats still have.

    Nobody is sent there again. Its kind is forgotten; that of an office does least harm.
    """
    earlier_sites = (terms.row for terms in tables.earlier if isinstance(terms.row, Site))
    site_names = {HOME.name, *(site.name for site in (*tables.sites, *earlier_sites))}
    published = (*tables.published_before, *tables.published)
    seats = (*(seat.seat for seat in published), *tables.locked)
    seat_sites = dict.fromkeys(chain((s.site for s in seats), (s.site for s in tables.history)))
    lost_sites = tuple(Site(name, OFFICE) for name in seat_sites if name not in site_names)
    return replace(tables, sites=(*tables.sites, *lost_sites))


def _drop_unpublished_past(problem: Problem) -> Problem:
    """The problem in which past days and halves are worked only where they were published."""
    not_planned = frozenset(
        (*officer_day, part)
        for officer_day, worked in problem.parts_worked.items()
        if officer_day[1] <= problem.today
        and (part := without_halves(worked, _list_published_halves(problem, officer_day)))
        is not None
    )
    return replace(problem, not_planned=not_planned) if not_planned else problem


def _list_published_halves(problem: Problem, officer_day: OfficerDay) -> Iterator[str]:
    for seat in problem.published.get(officer_day, ()):
        yield from list_halves(seat.part)
