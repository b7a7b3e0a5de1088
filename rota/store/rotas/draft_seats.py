"""The seats of drafts, each with the site that it was moved from by hand, if it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, delete, insert, select

from rota.domain import (
    OfficerDay,
    PublishedSeat,
    Seat,
    SeatsOfDay,
    group_by_day,
    has_half,
    list_halves,
)
from rota.store.units.rows import table_of
from rota.tables import DraftSeatTable

_SEAT = table_of(DraftSeatTable)

SeatWithOrigin = tuple[PublishedSeat, str | None]
"""A seat of a draft, with the site that it was moved from by hand, if it was."""

Origins = Mapping[OfficerDay, tuple[Seat, ...]]
"""The days that were moved by hand, each with the seats it had before, if it was planned."""

NOWHERE = ""
"""The site that a seat of somebody was moved from who was not planned."""


def list_of_draft(connection: Connection, draft_id: int) -> tuple[SeatWithOrigin, ...]:
    """The seats of the draft, by officer, date and half of the day."""
    columns = (_SEAT.c[name] for name in (*PublishedSeat._fields, "moved_from"))
    query = select(*columns).where(_SEAT.c.draft_id == draft_id)
    rows = connection.execute(query.order_by(_SEAT.c.staff_no, _SEAT.c.date, _SEAT.c.part))
    return tuple((PublishedSeat(*seat), moved_from) for *seat, moved_from in rows)


def read_origins(seats: Iterable[SeatWithOrigin]) -> dict[OfficerDay, tuple[Seat, ...]]:
    """The days that were moved by hand, and from which seats."""
    origins: dict[OfficerDay, list[PublishedSeat]] = {}
    for seat, moved_from in seats:
        if moved_from is not None:
            of_day = origins.setdefault(seat.officer_day, [])
            of_day += [seat._replace(site=moved_from)] if moved_from != NOWHERE else []
    days = group_by_day(seat for of_day in origins.values() for seat in of_day)
    return {day: days[day].plain if day in days else () for day in origins}


def pair_with_origins(days: Iterable[SeatsOfDay], origins: Origins) -> Iterator[SeatWithOrigin]:
    """The seats of these days, each with the one site it was moved from, if its day was moved.

    A whole day that was moved from two sites is told as its halves.
    """
    for of_day in days:
        origin = origins.get(of_day.officer_day)
        for seat in of_day.seats:
            if origin is None:
                yield seat, None
                continue
            sites = {half: _find_site(origin, half) for half in list_halves(seat.part)}
            if len(set(sites.values())) == 1:
                yield seat, next(iter(sites.values()))
            else:
                yield from ((seat._replace(part=half), site) for half, site in sites.items())


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
            _SEAT.c.part == seat.part,
        )
        connection.execute(delete(_SEAT).where(*is_seat))


def remove_all(connection: Connection, draft_id: int) -> None:
    """Take every seat out of the draft."""
    connection.execute(delete(_SEAT).where(_SEAT.c.draft_id == draft_id))


def _find_site(seats: Iterable[Seat], half: str) -> str:
    return next((seat.site for seat in seats if has_half(seat.part, half)), NOWHERE)
