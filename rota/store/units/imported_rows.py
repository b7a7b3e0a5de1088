"""A unit as the last imported files have it, whatever people have made of it since."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from rota.domain import Policy, PublishedSeat, SeatsByDay, Unit, flatten_days, group_by_day
from rota.records import RECORD_TABLES
from rota.records.differences import Difference, key_of
from rota.records.naming import REFERRED_TO
from rota.records.terms import arrange_terms, list_rows_with_terms
from rota.store.units.rows import (
    STORAGE,
    json_of,
    object_of_json,
    policy_columns,
    policy_of,
    table_of,
)
from rota.store.units.sources import RowSource
from rota.tables import ImportedRowTable

_ROW = table_of(ImportedRowTable)

_POLICY, ROTA = "policy", "rota"
"""What the row of the policy, and that of the rota, have in place of the name of a table."""

_SEATS = "seats"
"""The one name in the row of a rota: staff number, date, site and perhaps half of each seat."""


def load(connection: Connection, unit_id: int) -> tuple[Unit, Policy | None]:
    """The tables and the policy of the last import; nothing where there was none."""
    rows: dict[str, list[Any]] = {name: [] for name in RECORD_TABLES}
    policy = None
    for name, row in connection.execute(_select(unit_id, _ROW.c.table_name, _ROW.c.row)):
        if name == _POLICY:
            policy = policy_of(row)
        elif name in rows:
            rows[name].append(object_of_json(STORAGE[name].kind, row))
    terms = {name: rows.pop(name) for name in REFERRED_TO}
    unit = Unit(
        sites=(), teams=(), officers=(), **{name: tuple(of_one) for name, of_one in rows.items()}
    )
    return arrange_terms(unit, terms), policy


def save(connection: Connection, unit_id: int, tables: Unit, policy: Policy) -> None:
    """Write what the files of an import have; a row that they had before keeps who took it out.

    Files without a rota leave the rota that the last ones had.
    """
    rows = [
        (name, json_of(row))
        for name, table in RECORD_TABLES.items()
        for row in list_rows_with_terms(tables, table)
    ]
    rows.append((_POLICY, policy_columns(policy)))
    if tables.published:
        seats = [
            [seat.staff_no, seat.date.isoformat(), seat.site, *([seat.part] if seat.part else [])]
            for seat in flatten_days(group_by_day(tables.published).values())
        ]
        rows.append((ROTA, {_SEATS: sorted(seats)}))
    missing = Counter((name, _text(row)) for name, row in rows)
    surplus = []
    for number, name, row in connection.execute(
        _select(unit_id, _ROW.c.id, _ROW.c.table_name, _ROW.c.row)
    ):
        text = _text(_complete(name, row))
        if not missing[name, text] and (name != ROTA or tables.published):
            surplus.append(number)
        missing[name, text] -= 1
    new = [
        {"unit_id": unit_id, "table_name": name, "row": json.loads(text)}
        for (name, text), times in missing.items()
        for _ in range(times)
    ]
    if surplus:
        connection.execute(delete(_ROW).where(_ROW.c.id.in_(surplus)))
    if new:
        connection.execute(insert(_ROW), new)


def load_rota(connection: Connection, unit_id: int) -> SeatsByDay:
    """The seats in the rota of the last files that had one; which were locked is not kept."""
    query = _select(unit_id, _ROW.c.row).where(_ROW.c.table_name == ROTA)
    return group_by_day(
        PublishedSeat(staff_no, date.fromisoformat(day), site, False, *part)
        for row in connection.scalars(query)
        for staff_no, day, site, *part in row[_SEATS]
    )


def change_seats(
    row: Mapping[str, Any], change: Callable[[list[str]], list[str]]
) -> dict[str, Any]:
    """The row of a rota with each of its seats, as a list of texts, changed."""
    return {_SEATS: [change(seat) for seat in row[_SEATS]]}


def mark_taken_out(
    connection: Connection, unit_id: int, difference: Difference, source: RowSource
) -> None:
    """Mark who took these rows out, as far as the last import had them."""
    keys = {key_of(difference.table, row) for row in difference.removed_rows}
    if not keys:
        return
    query = _select(unit_id, _ROW.c.id, _ROW.c.row).where(_ROW.c.table_name == difference.table)
    numbers = [
        number
        for number, row in connection.execute(query)
        if key_of(difference.table, object_of_json(STORAGE[difference.table].kind, row)) in keys
    ]
    values = {
        "taken_out": source.kind,
        "taken_out_by": source.by,
        "taken_out_at": source.at,
    }
    if numbers:
        connection.execute(update(_ROW).where(_ROW.c.id.in_(numbers)).values(values))


def load_taken_out(connection: Connection, unit_id: int) -> Mapping[tuple[str, Any], RowSource]:
    """Who took out rows that the last import had, by the name of the table and the row."""
    columns = (_ROW.c[name] for name in ("taken_out", "taken_out_by", "taken_out_at"))
    query = _select(unit_id, _ROW.c.table_name, _ROW.c.row, *columns)
    rows = connection.execute(query.where(_ROW.c.taken_out.is_not(None)))
    return {
        (name, object_of_json(STORAGE[name].kind, row)): RowSource(*source)
        for name, row, *source in rows
    }


def _select(unit_id: int, *columns: Any) -> Any:
    return select(*columns).where(_ROW.c.unit_id == unit_id).order_by(_ROW.c.id)


def _complete(name: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row of a table with what blank means in the columns that are newer than the row."""
    return json_of(object_of_json(STORAGE[name].kind, row)) if name in STORAGE else row


def _text(row: Mapping[str, Any]) -> str:
    """The row as a text that is the same for rows that say the same."""
    return json.dumps(row, sort_keys=True)
