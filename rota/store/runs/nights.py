"""Nights, each begun once, and the runs that belong to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from rota.store.databases.inserting import insert_unless_there
from rota.store.units.rows import table_of
from rota.tables import NightTable, RunTable, UnitTable

PLAN_ANEW, PLAN_NEXT = "night", "next"
"""How the keys of runs begin that a night asks for: for what changed, and for the next period."""

_NIGHT = table_of(NightTable)

_RUN = table_of(RunTable)

_UNIT = table_of(UnitTable)


@dataclass(frozen=True, slots=True)
class Night:
    """A night that was begun, and how many runs it asked for."""

    date: date
    begun_at: datetime
    begun_by: str
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NightRun:
    """A run that a night asked for, as far as it has come."""

    id: int
    unit_id: int
    unit: str
    kind: str
    start: date | None
    weeks: int | None
    state: str
    asked_at: datetime
    asked_by: str
    result: Mapping[str, Any] | None
    error: str | None
    ended_at: datetime | None


def begin(connection: Connection, day: date, *, at: datetime, by: str) -> bool:
    """Begin the night of that date, unless it was begun before."""
    row = {"date": day, "begun_at": at, "begun_by": by, "runs": 0}
    return insert_unless_there(connection, _NIGHT, row, unique="date") is not None


def save_run_count(connection: Connection, day: date, runs: int) -> None:
    """Save how many runs the night asked for."""
    connection.execute(update(_NIGHT).where(_NIGHT.c.date == day).values(runs=runs))


def find_last(connection: Connection) -> Night | None:
    """The last night that was begun."""
    return next(iter(list_latest(connection, most=1)), None)


def list_latest(connection: Connection, *, most: int, before: date = date.max) -> tuple[Night, ...]:
    """So many nights before the date, the latest first."""
    query = select(_NIGHT).where(_NIGHT.c.date < before).order_by(_NIGHT.c.date.desc())
    return tuple(Night(*row) for row in connection.execute(query.limit(most)))


def list_dates_since(connection: Connection, first: date) -> tuple[date, ...]:
    """The dates of the nights that were begun since then, the earliest first."""
    query = select(_NIGHT.c.date).where(_NIGHT.c.date >= first).order_by(_NIGHT.c.date)
    return tuple(connection.scalars(query))


def list_runs_between(
    connection: Connection, unit_ids: Collection[int], *, since: datetime, until: datetime
) -> tuple[NightRun, ...]:
    """What nights asked for of these units from one instant up to another, by unit and number."""
    columns = [_RUN.c[name] for name in NightRun.__slots__ if name != "unit"]
    is_of_night = or_(*(_RUN.c.key.startswith(f"{key}/") for key in (PLAN_ANEW, PLAN_NEXT)))
    query = (
        select(*columns, _UNIT.c.name.label("unit"))
        .join(_UNIT, _UNIT.c.id == _RUN.c.unit_id)
        .where(_RUN.c.unit_id.in_(unit_ids), is_of_night)
        .where(_RUN.c.asked_at >= since, _RUN.c.asked_at < until)
        .order_by(_UNIT.c.name, _RUN.c.id)
    )
    return tuple(NightRun(**row) for row in connection.execute(query).mappings())
