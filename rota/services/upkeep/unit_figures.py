"""Figures of what is published: of one unit's weeks in full, and of many units side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection

from rota.cache import Cache
from rota.domain import Period, Week, drop_point
from rota.errors import NotFound
from rota.figures import (
    NIGHTS,
    ROUNDED,
    Figure,
    NightChanges,
    UnitLine,
    build_figures,
    build_night_changes,
    build_unit_shares,
    format_figure_csv,
)
from rota.moments import find_date_in_london, find_start_of_day
from rota.reading import list_planning_days
from rota.services.access.act import Act
from rota.services.publishing.publication import PLANNED_BY_NIGHT
from rota.services.units.lookup import find_unit
from rota.services.units.planning_problem import build_published_problem, build_published_rota
from rota.services.upkeep.office_days import (
    OfficeDays,
    count_in_changed_units,
    count_office_days,
)
from rota.store.databases.database import Database
from rota.store.rotas import figures, versions
from rota.store.rotas.figures import HalfDays, MovedSeats, PublishedCosts
from rota.store.rotas.versions import Version
from rota.store.runs import nights
from rota.store.units import units
from rota.store.units.units import StoredUnit

__all__ = [
    "ROUNDED",
    "WEEKS",
    "Overview",
    "Region",
    "load_overview",
    "load_region",
    "write_figure_csv",
    "write_region_csv",
]

_Row = TypeVar("_Row", HalfDays, PublishedCosts, MovedSeats)

_FIGURES: Cache[tuple[Figure, ...]] = Cache(most=64)
"""Figures computed lately; they are small."""

_Counts = tuple[Mapping[int, int], Mapping[int, Sequence[HalfDays]], Mapping[int, OfficeDays]]

_COUNTS: Cache[_Counts] = Cache(most=16)
"""Officers and published days of units, counted lately."""

WEEKS = 4
"""So many weeks of all units are shown unless others are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The figures of a unit's weeks, and the periods that could be chosen.

    `span` is the period or week that the figures are of; None while nothing is published.
    """

    unit: str
    periods: tuple[Period, ...]
    period: Period | None
    span: Period | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Units side by side over the same weeks."""

    span: Period
    lines: tuple[UnitLine, ...]
    figure: Figure


def load_overview(
    database: Database,
    act: Act,
    *,
    unit: str,
    start: date | None = None,
    week: date | None = None,
) -> Overview:
    """The unit's figures over the published period that starts on the date, or one week of it.

    Without a start it is the current period, else the next that is published, else the last.
    """
    act.rights.must_know_figures(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        in_force = versions.list_in_force(connection, stored_unit.id)
        period = _choose_period([version.period for version in in_force], start, act.today)
        span = period and _narrow_to_week(period, week)
        return Overview(
            unit=unit,
            periods=tuple(version.period for version in in_force),
            period=period,
            span=span,
            figures=_load_figures(connection, act, stored_unit, in_force, span) if span else (),
        )


def write_figure_csv(
    database: Database,
    act: Act,
    *,
    unit: str,
    key: str,
    start: date | None = None,
    week: date | None = None,
) -> str:
    """One of the unit's figures for a spreadsheet. Raises NotFound if there is none of that key."""
    page = load_overview(database, act, unit=unit, start=start, week=week)
    for figure in page.figures:
        if figure.key == key:
            return format_figure_csv(figure)
    raise NotFound(f"{unit} has no figure {key}.")


def load_region(
    database: Database, act: Act, *, first: date | None = None, weeks: int = WEEKS
) -> Region:
    """The units that somebody heads or manages in, over weeks from the Monday of that date on."""
    span = Period(Week.of(first or act.today).monday, weeks)
    with database.reading() as connection:
        readable = [u for u in units.list_all(connection) if act.rights.knows_figures(u.name)]
        lines = tuple(_build_lines(connection, act, readable, span))
    return Region(span=span, lines=lines, figure=build_unit_shares(lines, span))


def write_region_csv(
    database: Database, act: Act, *, first: date | None = None, weeks: int = WEEKS
) -> str:
    """The same for a spreadsheet."""
    return format_figure_csv(load_region(database, act, first=first, weeks=weeks).figure)


def _choose_period(periods: Sequence[Period], start: date | None, today: date) -> Period | None:
    if start is not None:
        chosen_period = next((period for period in periods if period.first == start), None)
        if chosen_period is None:
            raise NotFound(f"Nothing is published for a period that starts on {start}.")
        return chosen_period
    coming = (period for period in periods if period.last >= today)
    return next(coming, periods[-1] if periods else None)


def _narrow_to_week(period: Period, week: date | None) -> Period:
    """The week of the period, or all of it where there is no such week in it."""
    monday = Week.of(week).monday if week else None
    return Period(monday, 1) if monday and monday in period else period


def _load_figures(
    connection: Connection, act: Act, unit: StoredUnit, in_force: Iterable[Version], span: Period
) -> tuple[Figure, ...]:
    newest = max(version.number for version in in_force)

    def compute() -> tuple[Figure, ...]:
        problem = build_published_problem(connection, unit, span, act.today)
        return build_figures(*build_published_rota(problem, problem.unit.published))

    key = (unit.id, unit.revision, newest, span, act.today)
    of_span = _FIGURES.find(connection.engine, key, compute)
    return (*of_span, build_night_changes(_count_night_changes(connection, act, unit)))


def _count_night_changes(
    connection: Connection, act: Act, unit: StoredUnit
) -> tuple[NightChanges, ...]:
    """The last nights, by date, whether or not they changed anything."""
    first = act.today - timedelta(days=NIGHTS - 1)
    seats: dict[date, int] = dict.fromkeys(nights.list_dates_since(connection, first), 0)
    people: dict[date, set[str]] = defaultdict(set)
    since = find_start_of_day(first)
    moves = figures.count_moved_seats(connection, [unit.id], cause=PLANNED_BY_NIGHT, since=since)
    for move in moves:
        day = find_date_in_london(move.at)
        seats[day] = seats.get(day, 0) + move.seats
        people[day].add(move.staff_no)
    return tuple(NightChanges(day, seats[day], len(people[day])) for day in sorted(seats))


def _build_lines(
    connection: Connection, act: Act, readable: Sequence[StoredUnit], span: Period
) -> Iterable[UnitLine]:
    ids = [unit.id for unit in readable]
    days = {"first": span.first, "last": span.last}
    dates = {u.id: list_planning_days(**days, days_off=u.policy.days_off) for u in readable}
    revisions = ((unit.id, unit.revision) for unit in readable)
    officers, published_days, day_by_day = _COUNTS.find(
        connection.engine,
        (figures.find_newest_version(connection), span, *revisions),
        lambda: (
            figures.count_officers(connection, ids),
            _group_by_unit(figures.count_published_halves(connection, dates)),
            count_in_changed_units(connection, readable, span),
        ),
    )
    costs = _group_by_unit(figures.list_in_force(connection, ids, **days))
    since = find_start_of_day(act.today)
    seats_moved = figures.count_moved_seats(connection, ids, cause=PLANNED_BY_NIGHT, since=since)
    moves = _group_by_unit(seats_moved)
    for unit in readable:
        yield UnitLine(
            unit_id=unit.id,
            unit=unit.name,
            officers=officers.get(unit.id, 0),
            seats_moved=sum(move.seats for move in moves.get(unit.id, ())),
            **(
                day_by_day.get(unit.id)
                or count_office_days(published_days.get(unit.id, ()), unit.policy)
            ),
            **_sum_costs(costs.get(unit.id, ())),
        )


def _sum_costs(every_cost: Collection[PublishedCosts]) -> dict[str, Any]:
    """The costs on the levels that a head of units looks at."""
    levels = ("limit", "cover", "policy")
    return {level: drop_point(sum(c.costs.get(level, 0) for c in every_cost)) for level in levels}


def _group_by_unit(rows: Iterable[_Row]) -> Mapping[int, Sequence[_Row]]:
    groups: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[row.unit_id].append(row)
    return groups
