"""The terms of officers, sites and teams, and the policies, that held before those in force."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from rota.domain import EarlierPolicy, EarlierRow, EarlierTerms, Policy, Unit
from rota.records.naming import REFERRED_TO
from rota.records.policy_terms import hold_policy_from
from rota.store.units.rows import (
    STORAGE,
    json_of,
    object_of_json,
    policy_columns,
    policy_of,
    table_of,
)
from rota.tables import EarlierTermsTable

_TERMS = table_of(EarlierTermsTable)

_POLICY = "policy"
"""What a policy has in place of the name of a table."""

_HELD_SINCE = (
    select(_TERMS.c.table_name, _TERMS.c.row, _TERMS.c.until)
    .where(_TERMS.c.unit_id == bindparam("unit"), _TERMS.c.until > bindparam("since"))
    .order_by(_TERMS.c.until)
)


class _Entry(NamedTuple):
    """What is stored of terms: their table, the row as a text, and when they ended."""

    table: str
    text: str
    until: date


def load(
    connection: Connection, unit_id: int, *, since: date = date.min
) -> dict[str, tuple[Any, ...]]:
    """The earlier terms and policies of a unit by the names of its fields, the oldest first.

    Those that held on that day or after it are enough for who looks at no day before.
    """
    terms: list[EarlierTerms[Any]] = []
    rows: list[EarlierRow] = []
    policies: list[EarlierPolicy] = []
    values = {"unit": unit_id, "since": since}
    for table, row, until in connection.execute(_HELD_SINCE, values):
        if table == _POLICY:
            policies.append(EarlierPolicy(policy_of(row), until))
        elif table in REFERRED_TO:
            terms.append(EarlierTerms(object_of_json(STORAGE[table].kind, row), until))
        else:
            rows.append(EarlierRow(object_of_json(STORAGE[table].kind, row), until))
    return {
        "earlier": tuple(terms),
        "earlier_rows": tuple(rows),
        "earlier_policies": tuple(policies),
    }


def list_units_changed(
    connection: Connection, unit_ids: Iterable[int], *, since: date
) -> tuple[int, ...]:
    """Those of the units in which something was otherwise on that day or after it."""
    query = select(_TERMS.c.unit_id).where(_TERMS.c.unit_id.in_(tuple(unit_ids))).distinct()
    return tuple(connection.scalars(query.where(_TERMS.c.until > since)))


def load_policies(connection: Connection, unit_id: int) -> tuple[EarlierPolicy, ...]:
    """The policies that held before, the oldest first."""
    query = select(_TERMS.c.row, _TERMS.c.until).where(
        _TERMS.c.unit_id == unit_id, _TERMS.c.table_name == _POLICY
    )
    rows = connection.execute(query.order_by(_TERMS.c.until))
    return tuple(EarlierPolicy(policy_of(row), until) for row, until in rows)


def change(connection: Connection, unit_id: int, before: Unit, after: Unit) -> None:
    """Write the earlier terms and policies that the unit has come to have."""
    old, new = Counter(_list_entries(before)), Counter(_list_entries(after))
    for entry in (old - new).elements():
        connection.execute(
            delete(_TERMS).where(_TERMS.c.id.in_(_find_numbers(connection, unit_id, entry)[:1]))
        )
    rows = [
        {"unit_id": unit_id, "table_name": table, "row": json.loads(text), "until": until}
        for table, text, until in (new - old).elements()
    ]
    if rows:
        connection.execute(insert(_TERMS), rows)


def change_policies(
    connection: Connection, unit_id: int, before: Policy, after: Policy, monday: date
) -> None:
    """Write what held before a change of the policy that holds from the Monday on."""
    unit = Unit(sites=(), teams=(), officers=(), **load(connection, unit_id))
    earlier = hold_policy_from(unit.earlier_policies, before, after, monday)
    change(connection, unit_id, unit, replace(unit, earlier_policies=earlier))


def _list_entries(unit: Unit) -> Iterator[_Entry]:
    names = {storage.kind: name for name, storage in STORAGE.items()}
    for terms in (*unit.earlier, *unit.earlier_rows):
        yield _Entry(names[type(terms.row)], _write_text(json_of(terms.row)), terms.until)
    for earlier in unit.earlier_policies:
        yield _Entry(_POLICY, _write_text(policy_columns(earlier.policy)), earlier.until)


def _find_numbers(connection: Connection, unit_id: int, entry: _Entry) -> list[int]:
    """The numbers of the stored rows that say the same."""
    query = select(_TERMS.c.id, _TERMS.c.row).where(
        _TERMS.c.unit_id == unit_id,
        _TERMS.c.table_name == entry.table,
        _TERMS.c.until == entry.until,
    )
    return [number for number, row in connection.execute(query) if _is_same(row, entry)]


def _is_same(row: dict[str, Any], entry: _Entry) -> bool:
    if entry.table == _POLICY:
        return policy_of(row) == policy_of(json.loads(entry.text))
    kind = STORAGE[entry.table].kind
    return bool(object_of_json(kind, row) == object_of_json(kind, json.loads(entry.text)))


def _write_text(row: dict[str, Any]) -> str:
    """The row as a text that is the same for rows that say the same."""
    return json.dumps(row, sort_keys=True)
