"""The seats of drafts, each with the site that it was moved from by hand, if it was."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from rota.domain import PublishedSeat
from rota.store.units.rows import table_of
from rota.tables import DraftSeatTable

_SEAT = table_of(DraftSeatTable)

SeatWithOrigin = tuple[PublishedSeat, str | None]
"""A seat of a draft, with the site that it was moved from by hand, if it was."""


def list_of_draft(connection: Connection, draft_id: int) -> tuple[SeatWithOrigin, ...]:
    """The seats of the draft, by officer and date."""
    columns = (_SEAT.c[name] for name in (*PublishedSeat._fields, "moved_from"))
    query = select(*columns).where(_SEAT.c.draft_id == draft_id)
    rows = connection.execute(query.order_by(_SEAT.c.staff_no, _SEAT.c.date))
    return tuple((PublishedSeat(*seat), moved_from) for *seat, moved_from in rows)


def add(connection: Connection, draft_id: int, seats: Iterable[SeatWithOrigin]) -> None:
    """Keep these seats of the draft."""
    rows = [
        {"draft_id": draft_id, **seat._asdict(), "moved_from": moved_from}
        for seat, moved_from in sorted(seats, key=lambda seat_with_origin: seat_with_origin[0])
    ]
    if rows:
        connection.execute(insert(_SEAT), rows)


def remove(connection: Connection, draft_id: int, seats: Iterable[SeatWithOrigin]) -> None:
    """Take these seats out of the draft."""
    for seat, _ in seats:
        is_seat = (
            _SEAT.c.draft_id == draft_id,
            _SEAT.c.staff_no == seat.staff_no,
            _SEAT.c.date == seat.date,
        )
        connection.execute(delete(_SEAT).where(*is_seat))


def remove_all(connection: Connection, draft_id: int) -> None:
    """Take every seat out of the draft."""
    connection.execute(delete(_SEAT).where(_SEAT.c.draft_id == draft_id))
