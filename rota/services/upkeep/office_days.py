"""How many published days of units count as at the office, and how many are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypedDict

from sqlalchemy import Connection

from rota.domain import HOME, Period, Policy, count_days
from rota.rules.office import find_office_percent, is_office
from rota.services.units.planning_problem import build_problem
from rota.store.rotas import versions
from rota.store.rotas.figures import HalfDays
from rota.store.units import earlier_terms, units
from rota.store.units.units import StoredUnit


class OfficeDays(TypedDict):
    """Days of a unit as `UnitLine` has them."""

    days: float
    counting: float
    home: float
    hundredths_asked: float
    policy_percent: int


def count_office_days(published: Collection[HalfDays], policy: Policy) -> OfficeDays:
    """The days of a unit of which nothing has been otherwise in these weeks."""
    return _build_office_days(
        days=sum(each.halves for each in published),
        counting=sum(d.halves for d in published if d.is_base or d.kind in policy.counts),
        home=sum(each.halves for each in published if each.kind == HOME.kind),
        hundredths_asked=sum(d.halves * _find_percent(d, policy) for d in published),
        policy=policy,
    )


def count_in_changed_units(
    connection: Connection, every_unit: Iterable[StoredUnit], span: Period
) -> Mapping[int, OfficeDays]:
    """The days of those units in which something was otherwise, each day by what held on it."""
    by_id = {unit.id: unit for unit in every_unit}
    changed_ids = earlier_terms.list_units_changed(connection, by_id, since=span.first)
    return {number: _count_day_by_day(connection, by_id[number], span) for number in changed_ids}


def _count_day_by_day(connection: Connection, unit: StoredUnit, span: Period) -> OfficeDays:
    published = versions.list_seats_in_force(connection, unit.id, span)
    tables = units.load_around(connection, unit.id, since=span.first)
    problem = build_problem(replace(tables, published=published), unit.policy, span, span.last)
    dates = {*problem.dates}
    seats = [
        (seat, problem.officer_on(seat.staff_no, seat.date))
        for seat in published
        if seat.date in dates
        and seat.staff_no in problem.officers
        and problem.is_here(seat.staff_no, seat.date)
    ]
    return _build_office_days(
        days=sum(seat.seat.halves for seat, _ in seats),
        counting=sum(s.seat.halves for s, o in seats if is_office(problem, o, s.date, s.site)),
        home=sum(seat.seat.halves for seat, _ in seats if seat.site == HOME.name),
        hundredths_asked=sum(
            s.seat.halves * find_office_percent(problem, o, s.date) for s, o in seats
        ),
        policy=problem.policy,
    )


def _build_office_days(
    *, days: int, counting: int, home: int, hundredths_asked: int, policy: Policy
) -> OfficeDays:
    """The same from numbers of half-days."""
    return OfficeDays(
        days=count_days(days),
        counting=count_days(counting),
        home=count_days(home),
        hundredths_asked=count_days(hundredths_asked),
        policy_percent=policy.office_percent,
    )


def _find_percent(halves: HalfDays, policy: Policy) -> int:
    return policy.office_percent if halves.own_percent is None else halves.own_percent
