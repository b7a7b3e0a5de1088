"""Figures of what is published: of one unit's weeks in full, and of many units side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from rota.domain import HOME, Period, Policy, Week
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
from rota.services.access.act import Act
from rota.services.drafts.cache import Cache
from rota.services.publishing.publication import PLANNED_BY_NIGHT
from rota.services.units.lookup import unit_named
from rota.services.units.planning_problem import as_published, published_problem
from rota.store.databases.database import Database
from rota.store.rotas import figures, versions
from rota.store.rotas.figures import Days, MovedSeats, PublishedCosts
from rota.store.rotas.versions import Version
from rota.store.runs import nights
from rota.store.units import units
from rota.store.units.units import StoredUnit

__all__ = [
    "ROUNDED",
    "WEEKS",
    "Overview",
    "Region",
    "figure_csv",
    "overview",
    "region",
    "region_csv",
]

_Row = TypeVar("_Row", Days, PublishedCosts, MovedSeats)

_KNOWN: Cache[tuple[Figure, ...]] = Cache(most=64)
"""Figures worked out lately; they are small."""

_COUNTED: Cache[tuple[Mapping[int, int], Mapping[int, Sequence[Days]]]] = Cache(most=16)
"""Officers and published days of units, counted lately."""

WEEKS = 4
"""So many weeks of all units are shown unless others are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The figures of a unit's weeks, and the periods that could be chosen.

    `shown` is the period or week that the figures are of; None while nothing is published.
    """

    unit: str
    periods: tuple[Period, ...]
    period: Period | None
    shown: Period | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Units side by side over the same weeks."""

    shown: Period
    lines: tuple[UnitLine, ...]
    figure: Figure


def overview(
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
        stored = unit_named(connection, unit)
        in_force = versions.in_force(connection, stored.id)
        period = _chosen([its.period for its in in_force], start, act.today)
        shown = period and _within(period, week)
        return Overview(
            unit=unit,
            periods=tuple(its.period for its in in_force),
            period=period,
            shown=shown,
            figures=_figures(connection, act, stored, in_force, shown) if shown else (),
        )


def figure_csv(
    database: Database,
    act: Act,
    *,
    unit: str,
    key: str,
    start: date | None = None,
    week: date | None = None,
) -> str:
    """One of the unit's figures for a spreadsheet. Raises NotFound if there is none of that key."""
    its = overview(database, act, unit=unit, start=start, week=week)
    for figure in its.figures:
        if figure.key == key:
            return format_figure_csv(figure)
    raise NotFound(f"{unit} has no figure {key}.")


def region(
    database: Database, act: Act, *, first: date | None = None, weeks: int = WEEKS
) -> Region:
    """The units that somebody heads or manages in, over weeks from the Monday of that date on."""
    shown = Period(Week.of(first or act.today).monday, weeks)
    with database.reading() as connection:
        mine = [its for its in units.all_of(connection) if act.rights.knows_figures(its.name)]
        lines = tuple(_lines(connection, act, mine, shown))
    return Region(shown=shown, lines=lines, figure=build_unit_shares(lines, shown))


def region_csv(
    database: Database, act: Act, *, first: date | None = None, weeks: int = WEEKS
) -> str:
    """The same for a spreadsheet."""
    return format_figure_csv(region(database, act, first=first, weeks=weeks).figure)


def _chosen(periods: Sequence[Period], start: date | None, today: date) -> Period | None:
    if start is not None:
        named = next((period for period in periods if period.first == start), None)
        if named is None:
            raise NotFound(f"Nothing is published for a period that starts on {start}.")
        return named
    coming = (period for period in periods if period.last >= today)
    return next(coming, periods[-1] if periods else None)


def _within(period: Period, week: date | None) -> Period:
    """The week of the period, or all of it where there is no such week in it."""
    monday = Week.of(week).monday if week else None
    return Period(monday, 1) if monday and monday in period else period


def _figures(
    connection: Connection, act: Act, unit: StoredUnit, in_force: Iterable[Version], shown: Period
) -> tuple[Figure, ...]:
    newest = max(version.number for version in in_force)

    def made() -> tuple[Figure, ...]:
        problem = published_problem(connection, unit, shown, act.today)
        return build_figures(*as_published(problem, problem.unit.published))

    known = _KNOWN.find(connection.engine, (unit.id, unit.revision, newest, shown, act.today), made)
    return (*known, build_night_changes(_night_changes(connection, act, unit)))


def _night_changes(connection: Connection, act: Act, unit: StoredUnit) -> tuple[NightChanges, ...]:
    """The last nights, by date, whether or not they changed anything."""
    first = act.today - timedelta(days=NIGHTS - 1)
    seats: dict[date, int] = dict.fromkeys(nights.dates_since(connection, first), 0)
    people: dict[date, set[str]] = defaultdict(set)
    its = figures.moved_by(
        connection, [unit.id], cause=PLANNED_BY_NIGHT, since=find_start_of_day(first)
    )
    for moved in its:
        day = find_date_in_london(moved.at)
        seats[day] = seats.get(day, 0) + moved.seats
        people[day].add(moved.staff_no)
    return tuple(NightChanges(day, seats[day], len(people[day])) for day in sorted(seats))


def _lines(
    connection: Connection, act: Act, mine: Sequence[StoredUnit], shown: Period
) -> Iterable[UnitLine]:
    ids = [unit.id for unit in mine]
    days = {"first": shown.first, "last": shown.last}
    known = (figures.newest_version(connection), shown, *((its.id, its.revision) for its in mine))
    officers, there = _COUNTED.find(
        connection.engine,
        known,
        lambda: (
            figures.officers_of(connection, ids),
            _by_unit(figures.published_days(connection, ids, **days)),
        ),
    )
    in_force = _by_unit(figures.in_force(connection, ids, **days))
    moved = _by_unit(
        figures.moved_by(
            connection, ids, cause=PLANNED_BY_NIGHT, since=find_start_of_day(act.today)
        )
    )
    for unit in mine:
        yield UnitLine(
            unit_id=unit.id,
            unit=unit.name,
            officers=officers.get(unit.id, 0),
            asked=unit.policy.office_percent,
            moved=sum(its.seats for its in moved.get(unit.id, ())),
            **_counted(there.get(unit.id, ()), unit.policy),
            **_broken(in_force.get(unit.id, ())),
        )


def _counted(days: Collection[Days], policy: Policy) -> dict[str, int]:
    return {
        "days": sum(its.days for its in days),
        "counting": sum(its.days for its in days if its.is_base or its.kind in policy.counts),
        "home": sum(its.days for its in days if its.kind == HOME.kind),
    }


def _broken(in_force: Collection[PublishedCosts]) -> dict[str, int]:
    """The costs on the levels that a head of units looks at."""
    levels = ("limit", "cover", "policy")
    return {level: sum(its.costs.get(level, 0) for its in in_force) for level in levels}


def _by_unit(rows: Iterable[_Row]) -> Mapping[int, Sequence[_Row]]:
    told: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        told[row.unit_id].append(row)
    return dict(told)
