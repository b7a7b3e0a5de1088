"""Drafts: rotas in the making, one for each period."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, case, delete, insert, select, update

from rota.domain import ChangedDays, Period, PublishedSeat, Seat, flatten_days, group_by_day
from rota.store.rotas import draft_seats
from rota.store.rotas.draft_heads import DraftHead, find_head
from rota.store.rotas.draft_seats import Origins, SeatWithOrigin
from rota.store.units.rows import table_of
from rota.tables import DraftTable

_DRAFT = table_of(DraftTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(DraftHead):
    """A draft as it was at a revision.

    `moved_from` has the days of officers who were moved by hand, each with the seats that planning
    had given the officer, of which there are none where the officer was not planned.
    """

    seats: tuple[PublishedSeat, ...]
    moved_from: Origins = field(default_factory=dict)

    @property
    def moved_by_hand(self) -> tuple[Seat, ...]:
        """The seats that were moved by hand, by officer and date."""
        return tuple(seat.seat for seat in self.seats if seat.officer_day in self.moved_from)


def load_draft(connection: Connection, head: DraftHead) -> Draft:
    """The draft, which must still be as its head tells."""
    seats_with_origin = draft_seats.list_of_draft(connection, head.id)
    return Draft(
        **{column.name: getattr(head, column.name) for column in fields(DraftHead)},
        seats=flatten_days(group_by_day(seat for seat, _ in seats_with_origin).values()),
        moved_from=draft_seats.read_origins(seats_with_origin),
    )


def find(connection: Connection, unit_id: int, start: date) -> Draft | None:
    """The draft of the period that starts on that date."""
    head = find_head(connection, unit_id, start)
    return load_draft(connection, head) if head else None


def add(
    connection: Connection,
    unit_id: int,
    *,
    period: Period,
    base: int,
    planned_revision: int,
    costs: Mapping[str, float],
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
        stamp=_stamp(),
    )
    draft_id: int = connection.execute(row.returning(_DRAFT.c.id)).scalar_one()
    draft_seats.add(connection, draft_id, [(seat, None) for seat in seats])
    return draft_id


def change(
    connection: Connection,
    draft: Draft,
    *,
    at: datetime,
    by: str,
    costs: Mapping[str, float],
    seats: Iterable[PublishedSeat],
    base: int | None = None,
    planned_revision: int | None = None,
    replaced: tuple[Seat, ...] | None = None,
    not_kept: tuple[Seat, ...] = (),
    moved_from: Origins | None = None,
) -> bool:
    """Give the draft these seats, unless somebody changed it since it was at its revision."""
    draft_after = replace(
        draft,
        base=draft.base if base is None else base,
        planned_revision=draft.planned_revision if planned_revision is None else planned_revision,
        costs=costs,
        changed_at=at,
        changed_by=by,
        replaced=draft.replaced if replaced is None else replaced,
        not_kept=not_kept,
        seats=tuple(seats),
        moved_from=moved_from or {},
    )
    return _change(connection, draft, draft_after) is not None


def put_seats(
    connection: Connection,
    draft: Draft,
    days: ChangedDays,
    *,
    at: datetime,
    by: str,
    costs: Mapping[str, float],
    moved_from: Origins,
) -> Draft | None:
    """Give these officers these seats, or none, on these days, and all others theirs.

    `moved_from` is what holds of the whole draft then.

    The draft as it is now; None, and nothing is done, if somebody changed it since it was at its
    revision.
    """
    draft_after = replace(
        draft,
        costs=costs,
        changed_at=at,
        changed_by=by,
        seats=compute_seats_after(draft.seats, days),
        moved_from=moved_from,
    )
    return _change(connection, draft, draft_after)


def compute_seats_after(
    seats: Iterable[PublishedSeat], new_days: ChangedDays
) -> tuple[PublishedSeat, ...]:
    """The seats once those of these officer days are others or, for None, gone."""
    return flatten_days({**group_by_day(seats), **new_days}.values())


def _change(connection: Connection, before: Draft, draft_after: Draft) -> Draft | None:
    """Keep the draft, whose revision is still that before, and touch no row that stays."""
    old_seats, new_seats = _list_with_origin(before), _list_with_origin(draft_after)
    new_draft = replace(draft_after, revision=draft_after.revision + 1, stamp=_stamp())
    row = update(_DRAFT).values(
        revision=new_draft.revision,
        base=new_draft.base,
        planned_revision=new_draft.planned_revision,
        costs=dict(new_draft.costs),
        changed_at=new_draft.changed_at,
        changed_by=new_draft.changed_by,
        stamp=new_draft.stamp,
        replaced=None if new_draft.replaced is None else _store_seats(new_draft.replaced),
        not_kept=_store_seats(new_draft.not_kept) or None,
    )
    as_it_was = (_DRAFT.c.id == draft_after.id, _DRAFT.c.revision == draft_after.revision)
    if not connection.execute(row.where(*as_it_was)).rowcount:
        return None
    draft_seats.remove(connection, draft_after.id, old_seats - new_seats)
    draft_seats.add(connection, draft_after.id, new_seats - old_seats)
    return new_draft


def _list_with_origin(draft: Draft) -> set[SeatWithOrigin]:
    days = group_by_day(draft.seats).values()
    return set(draft_seats.pair_with_origins(days, draft.moved_from))


def _store_seats(seats: Iterable[Seat]) -> list[list[Any]]:
    """The seats as JSON has them: the part of a day that is whole is left out."""
    return [list(seat if seat.part else seat[:3]) for seat in seats]


def touch_all(connection: Connection, unit_id: int, *, revision: int) -> None:
    """Have every draft of the unit be in another state than before.

    What was planned for that revision of the unit is as good for the next one.
    """
    revision_before = _DRAFT.c.planned_revision
    for number in connection.scalars(select(_DRAFT.c.id).where(_DRAFT.c.unit_id == unit_id)).all():
        draft_after = update(_DRAFT).where(_DRAFT.c.id == number)
        planned_revision = case(
            (revision_before == revision, revision_before + 1), else_=revision_before
        )
        values = {"revision": _DRAFT.c.revision + 1, "planned_revision": planned_revision}
        connection.execute(draft_after.values(**values, stamp=_stamp()))


def remove(connection: Connection, draft: Draft) -> bool:
    """Take the draft away, unless somebody changed it since it was at its revision."""
    as_it_was = (_DRAFT.c.id == draft.id, _DRAFT.c.revision == draft.revision)
    draft_seats.remove_all(connection, draft.id)
    return bool(connection.execute(delete(_DRAFT).where(*as_it_was)).rowcount)


def _stamp() -> str:
    return secrets.token_hex(8)
