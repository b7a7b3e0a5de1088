"""The drafts of a unit without their seats, one for each period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from rota.domain import Period, Seat
from rota.store.units.rows import table_of
from rota.tables import DraftTable

_DRAFT = table_of(DraftTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftHead:
    """A draft as it was at a revision, without its seats.

    `base` is the version it started from, 0 where nothing was published; `planned_revision` the
    unit's revision that it was planned for. `replaced` has the seats that the last run gave up when
    it planned the draft anew, those without a site where there was none before; None if no run has
    planned it anew. `not_kept` has the seats moved by hand that the last run could not keep.
    No two states of drafts have the same `stamp`; one that has not changed since drafts have stamps
    has none.
    """

    id: int
    period: Period
    revision: int
    base: int
    planned_revision: int
    costs: Mapping[str, float]
    changed_at: datetime
    changed_by: str
    stamp: str | None
    replaced: tuple[Seat, ...] | None
    not_kept: tuple[Seat, ...] = ()


def list_heads(connection: Connection, unit_id: int) -> tuple[DraftHead, ...]:
    """The unit's drafts without their seats, by date."""
    query = select(_DRAFT).where(_DRAFT.c.unit_id == unit_id).order_by(_DRAFT.c.start)
    return tuple(DraftHead(**_columns(row)) for row in connection.execute(query))


def find_head(connection: Connection, unit_id: int, start: date) -> DraftHead | None:
    """The draft of the period that starts on that date."""
    query = select(_DRAFT).where(_DRAFT.c.unit_id == unit_id, _DRAFT.c.start == start)
    row = connection.execute(query).one_or_none()
    return DraftHead(**_columns(row)) if row else None


def list_periods(connection: Connection, unit_id: int) -> tuple[Period, ...]:
    """The periods that have a draft, by date."""
    query = select(_DRAFT.c.start, _DRAFT.c.weeks).where(_DRAFT.c.unit_id == unit_id)
    rows = connection.execute(query.order_by(_DRAFT.c.start))
    return tuple(Period(start, weeks) for start, weeks in rows)


def _columns(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "period": Period(row.start, row.weeks),
        "revision": row.revision,
        "base": row.base,
        "planned_revision": row.planned_revision,
        "costs": row.costs,
        "changed_at": row.changed_at,
        "changed_by": row.changed_by,
        "stamp": row.stamp,
        "replaced": None if row.replaced is None else tuple(map(_seat, row.replaced)),
        "not_kept": tuple(map(_seat, row.not_kept or ())),
    }


def _seat(values: Sequence[str]) -> Seat:
    staff_no, day, site, *part = values
    return Seat(staff_no, date.fromisoformat(day), site, *part)
