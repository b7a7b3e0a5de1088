"""What figures are made of, counted by the database: many units by one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, case, false, func, or_, select

from rota.domain import HALVES_A_DAY, HOME, OFFICE, WHOLE_DAY, Period
from rota.store.units.rows import STORAGE, table_of
from rota.tables import ChangeTable, PublishedSeatTable, VersionTable

_SEAT, _VERSION, _CHANGE = (
    table_of(PublishedSeatTable),
    table_of(VersionTable),
    table_of(ChangeTable),
)

_OFFICER, _SITE = STORAGE["officers"].table, STORAGE["sites"].table

_BASE = _SITE.alias()


class HalfDays(NamedTuple):
    """So many half-days published at sites of a kind; `is_base` at the officers' own base.

    `own_percent` is the office percentage of these officers or of their base; None if they have
    the policy's.
    """

    unit_id: int
    kind: str
    is_base: bool
    own_percent: int | None
    halves: int


class MovedSeats(NamedTuple):
    """So many days of an officer of which a version changed a seat."""

    unit_id: int
    at: datetime
    staff_no: str
    seats: int


class PublishedCosts(NamedTuple):
    """A period of a unit, and the costs of its newest version."""

    unit_id: int
    period: Period
    costs: Mapping[str, float]


def find_newest_version(connection: Connection) -> int:
    """What rises whenever a rota of any unit is published."""
    return connection.scalar(select(func.max(_VERSION.c.id))) or 0


def count_officers(connection: Connection, unit_ids: Collection[int]) -> Mapping[int, int]:
    """How many officers each of the units has; units without any are left out."""
    query = select(_OFFICER.c.unit_id, func.count().label("number")).group_by(_OFFICER.c.unit_id)
    rows = connection.execute(query.where(_OFFICER.c.unit_id.in_(unit_ids)))
    return {row.unit_id: row.number for row in rows}


def count_published_halves(
    connection: Connection, days_by_unit: Mapping[int, Collection[date]]
) -> tuple[HalfDays, ...]:
    """What is published now for these days of each unit, of officers who are still there.

    A site that is gone counts as an office, as it does when a rota is planned.
    """
    units_of_days: dict[frozenset[date], list[int]] = defaultdict(list)
    for unit_id, days in days_by_unit.items():
        units_of_days[frozenset(days)].append(unit_id)
    is_counted = [
        and_(_SEAT.c.unit_id.in_(unit_ids), _SEAT.c.date.in_(days))
        for days, unit_ids in units_of_days.items()
    ]
    kind = case((_SEAT.c.site == HOME.name, HOME.kind), else_=func.coalesce(_SITE.c.kind, OFFICE))
    halves = case((_SEAT.c.part == WHOLE_DAY, HALVES_A_DAY), else_=1)
    is_base = _SEAT.c.site == _OFFICER.c.base
    own_percent = func.coalesce(_OFFICER.c.office_percent, _BASE.c.office_percent)
    query = (
        select(_SEAT.c.unit_id, kind, is_base, own_percent, func.sum(halves))
        .join(_OFFICER, _of_the_same_unit(_OFFICER, _OFFICER.c.staff_no == _SEAT.c.staff_no))
        .outerjoin(_SITE, _of_the_same_unit(_SITE, _SITE.c.name == _SEAT.c.site))
        .outerjoin(_BASE, _of_the_same_unit(_BASE, _BASE.c.name == _OFFICER.c.base))
        .where(or_(false(), *is_counted), _SEAT.c.until.is_(None))
        .group_by(_SEAT.c.unit_id, kind, is_base, own_percent)
    )
    return tuple(HalfDays(*row) for row in connection.execute(query))


def list_in_force(
    connection: Connection, unit_ids: Collection[int], *, first: date, last: date
) -> tuple[PublishedCosts, ...]:
    """The newest version of each published period that shares days with these dates."""
    newest = (
        select(_VERSION.c.unit_id, func.max(_VERSION.c.number).label("number"))
        .where(_VERSION.c.unit_id.in_(unit_ids), _VERSION.c.start <= last)
        .group_by(_VERSION.c.unit_id, _VERSION.c.start)
        .subquery()
    )
    query = select(_VERSION.c.unit_id, _VERSION.c.start, _VERSION.c.weeks, _VERSION.c.costs).join(
        newest,
        and_(newest.c.unit_id == _VERSION.c.unit_id, newest.c.number == _VERSION.c.number),
    )
    every = (
        PublishedCosts(unit_id, Period(start, weeks), costs)
        for unit_id, start, weeks, costs in connection.execute(query)
    )
    return tuple(costs for costs in every if costs.period.has_days_of(first, last))


def count_moved_seats(
    connection: Connection, unit_ids: Collection[int], *, cause: str, since: datetime
) -> tuple[MovedSeats, ...]:
    """What versions of that cause changed since then, by version and officer."""
    days = func.count(_CHANGE.c.date.distinct())
    query = (
        select(_VERSION.c.unit_id, _VERSION.c.published_at, _CHANGE.c.staff_no, days)
        .join(_VERSION, _VERSION.c.id == _CHANGE.c.version_id)
        .where(_VERSION.c.unit_id.in_(unit_ids), _VERSION.c.cause == cause)
        .where(_VERSION.c.published_at >= since)
        .group_by(_VERSION.c.unit_id, _VERSION.c.id, _VERSION.c.published_at, _CHANGE.c.staff_no)
    )
    return tuple(MovedSeats(*row) for row in connection.execute(query))


def _of_the_same_unit(table: Any, condition: Any) -> Any:
    return and_(table.c.unit_id == _SEAT.c.unit_id, condition)
