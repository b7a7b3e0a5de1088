"""What is published for days on which nobody works otherwise, and the days in lieu taken."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select

from rota.domain import LIEU, Away, PublishedSeat
from rota.store.rotas.absence import find_part_there, is_void
from rota.store.units.rows import STORAGE, table_of
from rota.tables import PublishedSeatTable

_SEAT = table_of(PublishedSeatTable)

_AWAY, _DUTY = (STORAGE[name].table for name in ("away", "duties"))


def list_extra_days(
    connection: Connection, unit_id: int, dates: Collection[date], *, today: date
) -> frozenset[date]:
    """Those of the dates, which nobody works otherwise, that are extra days: they have a duty.

    Of those up to today it is enough that somebody had a seat: a duty may be forgotten since.
    """
    had_seat = select(_SEAT.c.date).where(
        _SEAT.c.unit_id == unit_id, _SEAT.c.until.is_(None), _SEAT.c.date.in_(dates)
    )
    past = connection.scalars(had_seat.where(_SEAT.c.date <= today).distinct())
    return frozenset(past) | list_dates_with_duty(connection, unit_id, dates)


def list_dates_with_duty(
    connection: Connection, unit_id: int, dates: Collection[date]
) -> frozenset[date]:
    """Those of the dates that a duty names."""
    texts = [day.isoformat() for day in dates]
    query = select(_DUTY.c.date).where(_DUTY.c.unit_id == unit_id, _DUTY.c.date.in_(texts))
    return frozenset(map(date.fromisoformat, connection.scalars(query)))


def list_seats(
    connection: Connection, unit_id: int, dates: Collection[date], *, staff_no: str | None = None
) -> tuple[PublishedSeat, ...]:
    """What is published for the dates, of one officer or of all, as far as they are not away."""
    query = select(
        _SEAT.c.staff_no, _SEAT.c.date, _SEAT.c.site, _SEAT.c.locked, find_part_there(_SEAT)
    ).where(_SEAT.c.unit_id == unit_id, _SEAT.c.until.is_(None), _SEAT.c.date.in_(dates))
    if staff_no is not None:
        query = query.where(_SEAT.c.staff_no == staff_no)
    rows = connection.execute(query.where(~is_void(_SEAT)))
    return tuple(PublishedSeat(*row) for row in rows)


def list_days_taken(
    connection: Connection, unit_id: int, *, staff_no: str | None = None
) -> tuple[Away, ...]:
    """The days in lieu that are recorded, of one officer or of all."""
    columns = (_AWAY.c[name] for name in STORAGE["away"].names)
    query = select(*columns).where(_AWAY.c.unit_id == unit_id, _AWAY.c.kind == LIEU)
    if staff_no is not None:
        query = query.where(_AWAY.c.staff_no == staff_no)
    return tuple(Away(*row) for row in connection.execute(query))
