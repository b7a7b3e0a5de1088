"""What of a unit's rota is told to one of its staff: periods, changes, and how far they have read.

Each query reads a few rows by an index, whatever else the database holds, and is made once.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from rota.domain import Period
from rota.store.units.rows import table_of
from rota.tables import CalendarLinkTable, ChangeTable, LookTable, VersionTable

_VERSION, _CHANGE = table_of(VersionTable), table_of(ChangeTable)

_LOOK, _LINK = table_of(LookTable), table_of(CalendarLinkTable)

_UNIT: BindParameter[Any] = bindparam("unit")

_STAFF_NO: BindParameter[Any] = bindparam("staff_no")

_SPANS = (
    select(_VERSION.c.start, _VERSION.c.weeks, func.max(_VERSION.c.number))
    .where(_VERSION.c.unit_id == _UNIT)
    .group_by(_VERSION.c.start, _VERSION.c.weeks)
    .order_by(_VERSION.c.start)
)

_STANDING = select(
    select(_LOOK.c.version)
    .where(_LOOK.c.user_id == bindparam("user"), _LOOK.c.unit_id == _UNIT)
    .scalar_subquery(),
    select(func.max(_LINK.c.made_at))
    .where(_LINK.c.unit_id == _UNIT, _LINK.c.staff_no == _STAFF_NO, _LINK.c.revoked_at.is_(None))
    .scalar_subquery(),
)

_CHANGES = (
    select(
        _CHANGE.c.date,
        _CHANGE.c.before,
        _CHANGE.c.after,
        _CHANGE.c.reason,
        _CHANGE.c.part,
        _VERSION.c.number,
        _VERSION.c.published_at,
    )
    .join(_VERSION, _VERSION.c.id == _CHANGE.c.version_id)
    .where(_VERSION.c.unit_id == _UNIT, _VERSION.c.number > bindparam("version"))
    .where(_CHANGE.c.staff_no == _STAFF_NO, _CHANGE.c.date >= bindparam("since"))
    .order_by(_CHANGE.c.date, _VERSION.c.number, _CHANGE.c.part)
)


class Span(NamedTuple):
    """A period of which a rota is published, and its newest version."""

    period: Period
    version: int


class ReadingState(NamedTuple):
    """How a user stands to their unit's rota.

    `seen_version` is the version up to which they have read the changes, 0 if none; `linked_at`
    is when their calendar was last given an address that is still good.
    """

    seen_version: int
    linked_at: datetime | None


class OwnChange(NamedTuple):
    """A change of a date or half of it, why as all may know, the version that made it, and when."""

    date: date
    before: str | None
    after: str | None
    reason: str
    part: str
    version: int
    at: datetime


def list_spans(connection: Connection, unit_id: int) -> tuple[Span, ...]:
    """The published periods, the earliest first."""
    rows = connection.execute(_SPANS, {"unit": unit_id}).all()
    return tuple(Span(Period(start, weeks), version) for start, weeks, version in rows)


def load_reading_state(
    connection: Connection, unit_id: int, *, user_id: int, staff_no: str
) -> ReadingState:
    """What the user has read, and whether the officer's calendar has an address."""
    values = {"unit": unit_id, "user": user_id, "staff_no": staff_no}
    seen_version, linked_at = connection.execute(_STANDING, values).one()
    return ReadingState(seen_version or 0, linked_at)


def list_changes(
    connection: Connection, unit_id: int, staff_no: str, *, after: int, since: date
) -> tuple[OwnChange, ...]:
    """What versions after that one changed of the officer's seats since the date, by date."""
    values = {"unit": unit_id, "staff_no": staff_no, "version": after, "since": since}
    return tuple(OwnChange(*row) for row in connection.execute(_CHANGES, values).all())
