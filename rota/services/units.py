"""Units: brought in from files, looked at, and written back to files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from rota.checker import judge
from rota.domain import Period, Policy, Problem, PublishedSeat, Rota, Unit, Week
from rota.domain.differences import Difference, differences
from rota.reading import Reading, read_problem
from rota.services.acting import Act
from rota.services.problems import published_problem, unit_named
from rota.services.publishing import IMPORTED, Publication, publish_rota
from rota.store import audit, units, versions
from rota.store.database import Database
from rota.store.rows import columns_of
from rota.store.units import Stored
from rota.writing import write_unit

_NOTHING = Unit(sites=(), teams=(), officers=())


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the policy that an import changes."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import changes: the tables, the policy, and the published seats.

    `published` has the seats that are published anew and those taken back.
    """

    is_new: bool
    differences: tuple[Difference, ...]
    settings: tuple[Setting, ...]
    published: tuple[tuple[PublishedSeat, ...], tuple[PublishedSeat, ...]]
    notes: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.is_new or self.differences or self.settings or any(self.published))


class _Undone(Exception):  # noqa: N818
    """Carries what an import would do out of a transaction that must not be kept."""

    def __init__(self, told: Import) -> None:
        self.told = told


def names(database: Database) -> tuple[str, ...]:
    """The names of all units."""
    with database.reading() as connection:
        return units.names(connection)


def import_unit(
    database: Database, act: Act, *, name: str, path: Path, is_trial: bool = False
) -> Import:
    """Make the unit what the folder or workbook says, whole or not at all; a trial changes nothing.

    A missing table has no rows, but a missing rota leaves what is published as it is. Raises
    BadInput with all faults of the files.
    """
    reading = read_problem(path, today=act.today)
    try:
        with database.writing() as connection:
            told = _import(connection, act, name, reading)
            if is_trial:
                raise _Undone(told)
    except _Undone as undone:
        return undone.told
    return told


def export_unit(database: Database, *, name: str, folder: Path) -> None:
    """Write the unit, with what is published, as a folder that imports to the same."""
    with database.reading() as connection:
        unit = unit_named(connection, name)
        published = _published(connection, unit)
        tables = replace(units.load(connection, unit.id), published=published)
    write_unit(folder, tables, unit.policy)


def _import(connection: Connection, act: Act, name: str, reading: Reading) -> Import:
    was = units.held(connection, name)
    problem = _with_known_start(reading, was)
    unit = was or units.create(connection, name, problem.policy)
    before = units.load(connection, unit.id) if was else _NOTHING
    tables = tuple(differences(before, problem.unit))
    settings = tuple(_settings(was.policy, problem.policy)) if was else ()
    units.apply(connection, unit.id, tables)
    if tables or settings:
        units.change_policy(connection, unit.id, problem.policy)
        units.raise_revision(connection, unit.id)
    unit = unit_named(connection, name)
    told = Import(
        is_new=was is None,
        differences=tables,
        settings=settings,
        published=_publish(connection, act, unit, problem.unit.published),
        notes=reading.notes,
    )
    if not told.is_empty:
        audit.add(connection, unit.id, act.entry("imported files", **rows_told(tables)))
    return told


def _with_known_start(reading: Reading, was: Stored | None) -> Problem:
    """The problem; where its files name no start, with the one that is known already."""
    if was is None or reading.start_is_given:
        return reading.problem
    policy = replace(reading.problem.policy, start=was.policy.start)
    return replace(reading.problem, policy=policy)


def _settings(before: Policy, after: Policy) -> list[Setting]:
    names = (field.name for field in fields(Policy))
    pairs = (Setting(name, getattr(before, name), getattr(after, name)) for name in names)
    return [pair for pair in pairs if pair.before != pair.after]


def rows_told(tables: tuple[Difference, ...]) -> dict[str, Any]:
    """What the audit keeps of differences: the rows before and after, by table."""
    before: dict[str, list[Mapping[str, Any]]] = {}
    after: dict[str, list[Mapping[str, Any]]] = {}
    for table in tables:
        was = [*table.removed, *(row for row, _ in table.changed)]
        now = [*table.added, *(row for _, row in table.changed)]
        before |= {table.table: [columns_of(row) for row in was]} if was else {}
        after |= {table.table: [columns_of(row) for row in now]} if now else {}
    return {"before": before, "after": after}


def _published(connection: Connection, unit: Stored) -> tuple[PublishedSeat, ...]:
    periods = (version.period for version in versions.in_force(connection, unit.id))
    return tuple(s for p in periods for s in versions.seats_in_force(connection, unit.id, p))


def _publish(
    connection: Connection, act: Act, unit: Stored, seats: tuple[PublishedSeat, ...]
) -> tuple[tuple[PublishedSeat, ...], tuple[PublishedSeat, ...]]:
    """Publish the seats of the files, period by period, where they differ from what is."""
    if not seats:
        return (), ()
    was = set(_published(connection, unit))
    added, removed = sorted(set(seats) - was), sorted(was - set(seats))
    changed = {_period_of(connection, unit, seat.date) for seat in (*added, *removed)}
    for period in sorted(changed, key=lambda period: period.first):
        problem = published_problem(connection, unit, period, act.today)
        told = tuple(seat for seat in seats if seat.date in period)
        rota = Rota.of(seat.seat for seat in told)
        publication = Publication(
            cause=IMPORTED,
            problem=problem,
            seats=told,
            judgement=judge(problem, rota),
            planned_revision=unit.revision,
        )
        publish_rota(connection, act, unit, publication)
    return tuple(added), tuple(removed)


def _period_of(connection: Connection, unit: Stored, day: date) -> Period:
    """The published period that holds the day, or the one of the policy's length around it."""
    for version in versions.in_force(connection, unit.id):
        if day in version.period:
            return version.period
    weeks = unit.policy.weeks
    since = (Week.of(day).monday - unit.policy.start).days // 7
    return Period(unit.policy.start + timedelta(weeks=since // weeks * weeks), weeks)
