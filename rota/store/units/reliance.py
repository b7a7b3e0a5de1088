"""What depends on officers, sites and teams besides records: seats, roles, calendars, requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlmodel import SQLModel

from rota.domain import Unit
from rota.records import OFFICERS
from rota.store.requests.asks import OPEN
from rota.store.units.renamings import ELSEWHERE
from rota.store.units.rows import table_of
from rota.tables import AskTable, CalendarLinkTable, GrantTable, PublishedSeatTable

_SEAT, _GRANT = table_of(PublishedSeatTable), table_of(GrantTable)

_LINK, _ASK = table_of(CalendarLinkTable), table_of(AskTable)


def count_seats(
    connection: Connection, unit_id: int, table: str, *, after: date | None = None
) -> Mapping[str, int]:
    """How many seats are published now for each officer or site; only those after that date."""
    query = select(func.count()).where(_SEAT.c.unit_id == unit_id, _SEAT.c.until.is_(None))
    if after is not None:
        query = query.where(_SEAT.c.date > after)
    return _count_by_name(connection, query, PublishedSeatTable, table)


def find_never_seated(connection: Connection, unit_id: int, tables: Unit) -> frozenset[str]:
    """Officers who are published nowhere, so that no rota has to remember them."""
    seated = count_seats(connection, unit_id, OFFICERS)
    return frozenset(o.staff_no for o in tables.officers if o.staff_no not in seated)


def count_roles(connection: Connection, unit_id: int, table: str) -> Mapping[str, int]:
    """How many roles in the unit are those of each officer or about each team."""
    query = select(func.count()).where(_GRANT.c.unit_id == unit_id)
    return _count_by_name(connection, query, GrantTable, table)


def count_calendars(connection: Connection, unit_id: int) -> Mapping[str, int]:
    """How many addresses there are of each officer's calendar."""
    query = select(_LINK.c.staff_no).where(_LINK.c.unit_id == unit_id, _LINK.c.revoked_at.is_(None))
    return Counter(connection.scalars(query))


def count_open_asks(connection: Connection, unit_id: int) -> Mapping[str, int]:
    """How many requests are open that each officer made, or was asked to agree to."""
    query = select(_ASK.c.staff_no, _ASK.c.with_staff_no)
    rows = connection.execute(query.where(_ASK.c.unit_id == unit_id, _ASK.c.state.in_(OPEN)))
    return Counter(name for row in rows for name in row if name is not None)


def _count_by_name(
    connection: Connection, query: Select[Any], model: type[SQLModel], table: str
) -> Mapping[str, int]:
    """How many rows of the model there are for each name of the table, if it names any."""
    if model not in ELSEWHERE[table]:
        return {}
    (column,) = ELSEWHERE[table][model]
    name = table_of(model).c[column]
    rows = connection.execute(query.add_columns(name).where(name.is_not(None)).group_by(name))
    return {name: number for number, name in rows}
