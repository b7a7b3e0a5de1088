"""What hangs on officers, sites and teams besides records: seats, roles, calendars and requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, func, select

from rota.store.requests.asks import OPEN
from rota.store.units.rows import table_of
from rota.tables import AskTable, CalendarLinkTable, GrantTable, PublishedSeatTable

_SEAT, _GRANT = table_of(PublishedSeatTable), table_of(GrantTable)

_LINK, _ASK = table_of(CalendarLinkTable), table_of(AskTable)

SEAT_COLUMNS = {"officers": "staff_no", "sites": "site"}

ROLE_COLUMNS = {"officers": "staff_no", "teams": "team"}
"""The columns that name a row of the table in published seats and in roles."""


def seats(
    connection: Connection, unit_id: int, table: str, *, after: date | None = None
) -> Mapping[str, int]:
    """How many seats are published now for each officer or site; only those after that date."""
    if table not in SEAT_COLUMNS:
        return {}
    name = _SEAT.c[SEAT_COLUMNS[table]]
    asked = select(name, func.count()).where(_SEAT.c.unit_id == unit_id, _SEAT.c.until.is_(None))
    if after is not None:
        asked = asked.where(_SEAT.c.date > after)
    return {row[0]: row[1] for row in connection.execute(asked.group_by(name))}


def roles(connection: Connection, unit_id: int, table: str) -> Mapping[str, int]:
    """How many roles in the unit are those of each officer or about each team."""
    if table not in ROLE_COLUMNS:
        return {}
    name = _GRANT.c[ROLE_COLUMNS[table]]
    asked = select(name, func.count()).where(_GRANT.c.unit_id == unit_id, name.is_not(None))
    return {row[0]: row[1] for row in connection.execute(asked.group_by(name))}


def calendars(connection: Connection, unit_id: int) -> Mapping[str, int]:
    """How many addresses there are of each officer's calendar."""
    asked = select(_LINK.c.staff_no).where(_LINK.c.unit_id == unit_id, _LINK.c.revoked_at.is_(None))
    return Counter(connection.scalars(asked))


def open_asks(connection: Connection, unit_id: int) -> Mapping[str, int]:
    """How many requests are open that each officer made, or was asked to agree to."""
    asked = select(_ASK.c.staff_no, _ASK.c.with_staff_no)
    rows = connection.execute(asked.where(_ASK.c.unit_id == unit_id, _ASK.c.state.in_(OPEN)))
    return Counter(name for row in rows for name in row if name is not None)
