"""The earlier rotas of a unit that the last imported files told."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from rota.domain import PastSeat
from rota.store.units.rows import table_of
from rota.tables import HistorySeatTable

_SEAT = table_of(HistorySeatTable)


def load(
    connection: Connection,
    unit_id: int,
    *,
    first: date = date.min,
    last: date = date.max,
    staff_no: str | None = None,
) -> tuple[PastSeat, ...]:
    """The seats on these dates, of everybody or of one officer."""
    query = select(*(_SEAT.c[name] for name in PastSeat._fields)).where(
        _SEAT.c.unit_id == unit_id, _SEAT.c.date.between(first, last)
    )
    if staff_no is not None:
        query = query.where(_SEAT.c.staff_no == staff_no)
    ordered = query.order_by(_SEAT.c.staff_no, _SEAT.c.date, _SEAT.c.part)
    return tuple(PastSeat(*row) for row in connection.execute(ordered))


def replace_all(connection: Connection, unit_id: int, seats: tuple[PastSeat, ...]) -> None:
    """Have these seats alone."""
    connection.execute(delete(_SEAT).where(_SEAT.c.unit_id == unit_id))
    if seats:
        rows = [{"unit_id": unit_id, **seat._asdict()} for seat in seats]
        connection.execute(insert(_SEAT), rows)
