"""Published versions, and the seats that each of them told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from rota.domain import ChangedDays, Period, PublishedSeat, flatten_days
from rota.store.rotas.absence import find_part_there
from rota.store.units.rows import table_of
from rota.tables import PublishedSeatTable, VersionTable

_VERSION = table_of(VersionTable)

_ENDING = _VERSION.alias("ending")

_SEAT = table_of(PublishedSeatTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A rota that was published for a period; numbers count within the unit.

    `planned_revision` is the unit's revision that the rota was planned for.
    """

    number: int
    period: Period
    cause: str
    costs: Mapping[str, float]
    seats: int
    planned_revision: int
    published_at: datetime
    published_by: str
    note: str = ""


class TimedSeat(NamedTuple):
    """A published seat with the versions that told it first and took it back, and when.

    It is void if its officer has come to be away for all of it; `part_there` is when in the day
    they are there, None if it is void.
    """

    staff_no: str
    date: date
    site: str
    part: str
    since: int
    until: int | None
    told_at: datetime
    taken_back_at: datetime | None
    part_there: str | None

    @property
    def is_void(self) -> bool:
        return self.part_there is None


def find_newest_number(connection: Connection, unit_id: int) -> int:
    """The number of the newest version; 0 if there is none."""
    newest = select(func.max(_VERSION.c.number)).where(_VERSION.c.unit_id == unit_id)
    return connection.scalar(newest) or 0


def list_versions(connection: Connection, unit_id: int) -> tuple[Version, ...]:
    """Every version, the newest first."""
    query = select(_VERSION).where(_VERSION.c.unit_id == unit_id)
    return tuple(map(_version, connection.execute(query.order_by(_VERSION.c.number.desc()))))


def find(connection: Connection, unit_id: int, number: int) -> Version | None:
    """The version of that number."""
    is_version = (_VERSION.c.unit_id == unit_id, _VERSION.c.number == number)
    row = connection.execute(select(_VERSION).where(*is_version)).one_or_none()
    return _version(row) if row else None


def list_in_force(connection: Connection, unit_id: int) -> tuple[Version, ...]:
    """The newest version of each published period, by date."""
    newest: dict[date, Version] = {}
    for version in list_versions(connection, unit_id):
        newest.setdefault(version.period.first, version)
    return tuple(newest[first] for first in sorted(newest))


def list_seats_in_force(
    connection: Connection, unit_id: int, period: Period
) -> tuple[PublishedSeat, ...]:
    """The seats that are published now for the days of the period."""
    return _seats(connection, _of(unit_id, period).where(_SEAT.c.until.is_(None)))


def list_seats(connection: Connection, unit_id: int, version: Version) -> tuple[PublishedSeat, ...]:
    """The seats that the version told."""
    stood = or_(_SEAT.c.until.is_(None), _SEAT.c.until > version.number)
    query = _of(unit_id, version.period).where(_SEAT.c.since <= version.number, stood)
    return _seats(connection, query)


def is_in_force(connection: Connection, unit_id: int, version: Version) -> bool:
    """Whether no later version tells the same period."""
    later = select(_VERSION.c.id).where(
        _VERSION.c.unit_id == unit_id,
        _VERSION.c.start == version.period.first,
        _VERSION.c.number > version.number,
    )
    return connection.execute(later.limit(1)).first() is None


def list_seats_as_worked(
    connection: Connection, unit_id: int, period: Period, *, since: date
) -> tuple[PublishedSeat, ...]:
    """The seats published now for the period; from that day on without what is void of them."""
    columns: dict[str, ColumnElement[Any]]
    columns = {name: _SEAT.c[name] for name in PublishedSeat._fields}
    columns["part"] = case((_SEAT.c.date >= since, find_part_there(_SEAT)), else_=_SEAT.c.part)
    now = _of(unit_id, period).where(_SEAT.c.until.is_(None))
    rows = connection.execute(now.with_only_columns(*columns.values()))
    return tuple(sorted(PublishedSeat(*row) for row in rows if row[-1] is not None))


def add(
    connection: Connection,
    unit_id: int,
    version: Version,
    put: ChangedDays,
) -> int:
    """Publish the version with these days put in place or, for None, taken back. Its row's number.

    All other days of its period stay in force.
    """
    row = insert(_VERSION).values(
        unit_id=unit_id,
        number=version.number,
        start=version.period.first,
        weeks=version.period.weeks,
        cause=version.cause,
        note=version.note,
        costs=dict(version.costs),
        seats=version.seats,
        planned_revision=version.planned_revision,
        published_at=version.published_at,
        published_by=version.published_by,
    )
    version_id: int = connection.execute(row.returning(_VERSION.c.id)).scalar_one()
    before = set(list_seats_in_force(connection, unit_id, version.period))
    after = set(flatten_days(put.values()))
    taken_back = {seat for seat in before if seat.officer_day in put}
    _take_back(connection, unit_id, version.number, sorted(taken_back - after))
    _tell(connection, unit_id, version.number, sorted(after - before))
    return version_id


def list_history(
    connection: Connection, unit_id: int, staff_no: str, *, first: date, last: date
) -> tuple[TimedSeat, ...]:
    """Every seat that was ever published for the officer on these dates, oldest first."""
    query = (
        select(
            _SEAT.c.staff_no,
            _SEAT.c.date,
            _SEAT.c.site,
            _SEAT.c.part,
            _SEAT.c.since,
            _SEAT.c.until,
            _VERSION.c.published_at,
            _ENDING.c.published_at,
            find_part_there(_SEAT),
        )
        .join(
            _VERSION,
            (_VERSION.c.unit_id == _SEAT.c.unit_id) & (_VERSION.c.number == _SEAT.c.since),
        )
        .outerjoin(
            _ENDING,
            (_ENDING.c.unit_id == _SEAT.c.unit_id) & (_ENDING.c.number == _SEAT.c.until),
        )
        .where(_SEAT.c.unit_id == unit_id, _SEAT.c.staff_no == staff_no)
        .where(_SEAT.c.date.between(first, last))
        .order_by(_SEAT.c.date, _SEAT.c.since, _SEAT.c.part)
    )
    return tuple(TimedSeat(*row) for row in connection.execute(query))


def _of(unit_id: int, period: Period) -> Select[Any]:
    columns = (_SEAT.c[name] for name in PublishedSeat._fields)
    return select(*columns).where(
        _SEAT.c.unit_id == unit_id, _SEAT.c.date.between(period.first, period.last)
    )


def _seats(connection: Connection, query: Select[Any]) -> tuple[PublishedSeat, ...]:
    ordered = query.order_by(_SEAT.c.staff_no, _SEAT.c.date, _SEAT.c.part)
    return tuple(PublishedSeat(*row) for row in connection.execute(ordered))


def _take_back(
    connection: Connection, unit_id: int, number: int, seats: Sequence[PublishedSeat]
) -> None:
    if not seats:
        return
    ended = update(_SEAT).values(until=number)
    ended = ended.where(_SEAT.c.unit_id == unit_id, _SEAT.c.until.is_(None))
    ended = ended.where(
        _SEAT.c.staff_no == bindparam("who"),
        _SEAT.c.date == bindparam("day"),
        _SEAT.c.part == bindparam("of_day"),
    )
    places = [{"who": seat.staff_no, "day": seat.date, "of_day": seat.part} for seat in seats]
    connection.execute(ended, places)


def _tell(
    connection: Connection, unit_id: int, number: int, seats: Sequence[PublishedSeat]
) -> None:
    if seats:
        rows = [{"unit_id": unit_id, "since": number, **seat._asdict()} for seat in seats]
        connection.execute(insert(_SEAT), rows)


def _version(row: Any) -> Version:
    return Version(
        number=row.number,
        period=Period(row.start, row.weeks),
        cause=row.cause,
        costs=row.costs,
        seats=row.seats,
        planned_revision=row.planned_revision,
        published_at=row.published_at,
        published_by=row.published_by,
        note=row.note,
    )
