"""Drafts: rotas in the making, one for each period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from rota.domain import Period, PublishedSeat
from rota.store.rows import table_of
from rota.tables import DraftSeatTable, DraftTable

_DRAFT = table_of(DraftTable)
_SEAT = table_of(DraftSeatTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it was at a revision.

    `base` is the version it started from, 0 where nothing was published; `planned_revision` the
    unit's revision that it was planned for.
    """

    id: int
    period: Period
    revision: int
    base: int
    planned_revision: int
    costs: Mapping[str, int]
    changed_at: datetime
    changed_by: str
    seats: tuple[PublishedSeat, ...]


def periods(connection: Connection, unit_id: int) -> tuple[Period, ...]:
    """The periods that have a draft, by date."""
    asked = select(_DRAFT.c.start, _DRAFT.c.weeks).where(_DRAFT.c.unit_id == unit_id)
    rows = connection.execute(asked.order_by(_DRAFT.c.start))
    return tuple(Period(start, weeks) for start, weeks in rows)


def find(connection: Connection, unit_id: int, start: date) -> Draft | None:
    """The draft of the period that starts on that date."""
    where = (_DRAFT.c.unit_id == unit_id, _DRAFT.c.start == start)
    row = connection.execute(select(_DRAFT).where(*where)).one_or_none()
    return _draft(connection, row) if row else None


def add(
    connection: Connection,
    unit_id: int,
    *,
    period: Period,
    base: int,
    planned_revision: int,
    costs: Mapping[str, int],
    at: datetime,
    by: str,
    seats: Iterable[PublishedSeat],
) -> int:
    """Keep a new draft. Its number."""
    row = insert(_DRAFT).values(
        unit_id=unit_id,
        start=period.first,
        weeks=period.weeks,
        revision=1,
        base=base,
        planned_revision=planned_revision,
        costs=dict(costs),
        changed_at=at,
        changed_by=by,
    )
    draft_id: int = connection.execute(row.returning(_DRAFT.c.id)).scalar_one()
    _add_seats(connection, draft_id, seats)
    return draft_id


def change(
    connection: Connection,
    draft: Draft,
    *,
    at: datetime,
    by: str,
    costs: Mapping[str, int],
    seats: Iterable[PublishedSeat],
    base: int | None = None,
    planned_revision: int | None = None,
) -> bool:
    """Give the draft these seats, unless somebody changed it since it was at its revision."""
    where = (_DRAFT.c.id == draft.id, _DRAFT.c.revision == draft.revision)
    changed = (
        update(_DRAFT)
        .where(*where)
        .values(
            revision=draft.revision + 1,
            costs=dict(costs),
            changed_at=at,
            changed_by=by,
            base=draft.base if base is None else base,
            planned_revision=draft.planned_revision
            if planned_revision is None
            else planned_revision,
        )
    )
    if not connection.execute(changed).rowcount:
        return False
    was, shall_be = set(draft.seats), set(seats)
    _remove_seats(connection, draft.id, was - shall_be)
    _add_seats(connection, draft.id, shall_be - was)
    return True


def remove(connection: Connection, draft: Draft) -> bool:
    """Take the draft away, unless somebody changed it since it was at its revision."""
    where = (_DRAFT.c.id == draft.id, _DRAFT.c.revision == draft.revision)
    connection.execute(delete(_SEAT).where(_SEAT.c.draft_id == draft.id))
    return bool(connection.execute(delete(_DRAFT).where(*where)).rowcount)


def _draft(connection: Connection, row: Any) -> Draft:
    columns = (_SEAT.c.staff_no, _SEAT.c.date, _SEAT.c.site, _SEAT.c.locked)
    asked = select(*columns).where(_SEAT.c.draft_id == row.id)
    seats = connection.execute(asked.order_by(_SEAT.c.staff_no, _SEAT.c.date))
    return Draft(
        id=row.id,
        period=Period(row.start, row.weeks),
        revision=row.revision,
        base=row.base,
        planned_revision=row.planned_revision,
        costs=row.costs,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        seats=tuple(PublishedSeat(*seat) for seat in seats),
    )


def _add_seats(connection: Connection, draft_id: int, seats: Iterable[PublishedSeat]) -> None:
    rows = [{"draft_id": draft_id, **seat._asdict()} for seat in sorted(seats)]
    if rows:
        connection.execute(insert(_SEAT), rows)


def _remove_seats(connection: Connection, draft_id: int, seats: Iterable[PublishedSeat]) -> None:
    for seat in seats:
        where = (
            _SEAT.c.draft_id == draft_id,
            _SEAT.c.staff_no == seat.staff_no,
            _SEAT.c.date == seat.date,
        )
        connection.execute(delete(_SEAT).where(*where))
