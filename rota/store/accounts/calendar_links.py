"""Secret addresses of calendars, of which only digests are stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from rota.store.units.rows import table_of
from rota.tables import CalendarLinkTable

_LINK = table_of(CalendarLinkTable)


def add(connection: Connection, unit_id: int, staff_no: str, *, digest: str, at: datetime) -> None:
    """Keep a new address."""
    row = {"unit_id": unit_id, "staff_no": staff_no, "digest": digest, "made_at": at}
    connection.execute(insert(_LINK).values(row))


def revoke(connection: Connection, unit_id: int, staff_no: str, *, at: datetime) -> int:
    """End every address of the officer. How many there were."""
    conditions = (
        _LINK.c.unit_id == unit_id,
        _LINK.c.staff_no == staff_no,
        _LINK.c.revoked_at.is_(None),
    )
    return connection.execute(update(_LINK).where(*conditions).values(revoked_at=at)).rowcount


def list_units_with(connection: Connection, staff_no: str) -> tuple[int, ...]:
    """The numbers of the units in which the officer was given an address."""
    query = select(_LINK.c.unit_id).where(_LINK.c.staff_no == staff_no).distinct()
    return tuple(connection.scalars(query.order_by(_LINK.c.unit_id)))


def find(connection: Connection, digest: str) -> tuple[int, str] | None:
    """The unit's number and the officer whose address it is, unless it was revoked."""
    conditions = (_LINK.c.digest == digest, _LINK.c.revoked_at.is_(None))
    row = connection.execute(
        select(_LINK.c.unit_id, _LINK.c.staff_no).where(*conditions)
    ).one_or_none()
    return (row.unit_id, row.staff_no) if row else None
