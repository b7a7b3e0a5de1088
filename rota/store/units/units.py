"""Units and their tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    Select,
    Text,
    bindparam,
    cast,
    func,
    insert,
    literal_column,
    select,
    union_all,
    update,
)

from rota.domain import Officer, Policy, Unit
from rota.records import CLOSURES
from rota.records.naming import REFERRED_TO
from rota.store.units import earlier_terms
from rota.store.units.rows import (
    STORAGE,
    TableStorage,
    object_of,
    policy_columns,
    policy_of,
    table_of,
)
from rota.store.units.sources import UNKNOWN_IMPORT, RowSource
from rota.tables import UnitTable

_UNIT = table_of(UnitTable)

_FIND = select(_UNIT).where(_UNIT.c.name == bindparam("name"))
"""Made once, since nearly every page asks it."""


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit's row: its policy, and a revision that rises when anything of the unit changes."""

    id: int
    name: str
    policy: Policy
    revision: int


def list_names(connection: Connection) -> tuple[str, ...]:
    """The names of all units."""
    return tuple(connection.scalars(select(_UNIT.c.name).order_by(_UNIT.c.name)))


def list_all(connection: Connection) -> tuple[StoredUnit, ...]:
    """Every unit."""
    return tuple(map(_stored, connection.execute(select(_UNIT).order_by(_UNIT.c.name))))


def find(connection: Connection, name: str) -> StoredUnit | None:
    """The unit of that name."""
    row = connection.execute(_FIND, {"name": name}).one_or_none()
    return _stored(row) if row else None


def find_and_hold(connection: Connection, name: str) -> StoredUnit | None:
    """The unit of that name, held so that nobody else changes it until this transaction ends."""
    row = connection.execute(
        select(_UNIT).where(_UNIT.c.name == name).with_for_update()
    ).one_or_none()
    return _stored(row) if row else None


def list_with_officer(connection: Connection, staff_no: str) -> tuple[StoredUnit, ...]:
    """The units that have an officer of that staff number."""
    officer = STORAGE["officers"].table
    query = select(_UNIT).join(officer, officer.c.unit_id == _UNIT.c.id)
    rows = connection.execute(query.where(officer.c.staff_no == staff_no).order_by(_UNIT.c.name))
    return tuple(map(_stored, rows))


def load_by_number(connection: Connection, unit_id: int) -> StoredUnit:
    """The unit with that number."""
    return _stored(connection.execute(select(_UNIT).where(_UNIT.c.id == unit_id)).one())


def load_name(connection: Connection, unit_id: int) -> str:
    """The name of the unit with that number."""
    return str(connection.scalar(select(_UNIT.c.name).where(_UNIT.c.id == unit_id)))


def create(
    connection: Connection, name: str, policy: Policy, source: RowSource = UNKNOWN_IMPORT
) -> StoredUnit:
    """A unit of that name without any rows yet."""
    row = insert(_UNIT).values(
        name=name, policy=policy_columns(policy), revision=1, **_policy_source(source)
    )
    unit_id = connection.execute(row.returning(_UNIT.c.id)).scalar_one()
    return StoredUnit(unit_id, name, policy, 1)


def change_policy(
    connection: Connection, unit_id: int, policy: Policy, source: RowSource | None, *, since: date
) -> None:
    """Give the unit that policy; without a source, it stays whose it was.

    Weeks before the Monday `since` are judged by what held in them.
    """
    row = connection.execute(select(_UNIT.c.policy).where(_UNIT.c.id == unit_id)).one()
    before = policy_of(row.policy)
    earlier_terms.change_policies(connection, unit_id, before, policy, since)
    values = {"policy": policy_columns(policy), **(_policy_source(source) if source else {})}
    connection.execute(update(_UNIT).where(_UNIT.c.id == unit_id).values(values))


def load_policy_source(connection: Connection, unit_id: int) -> RowSource:
    """Who gave the unit its policy."""
    columns = (_UNIT.c[name] for name in _policy_source(UNKNOWN_IMPORT))
    return RowSource(*connection.execute(select(*columns).where(_UNIT.c.id == unit_id)).one())


def raise_revision(connection: Connection, unit_id: int) -> None:
    """Write that something changed that plans depend on."""
    connection.execute(
        update(_UNIT).where(_UNIT.c.id == unit_id).values(revision=_UNIT.c.revision + 1)
    )


def load(connection: Connection, unit_id: int) -> Unit:
    """The unit's tables, in the order in which rows came, and what held before them."""
    tables = _load_tables(connection, unit_id, *STORAGE)
    return Unit(**tables, **earlier_terms.load(connection, unit_id))


def load_staff(connection: Connection, unit_id: int) -> Unit:
    """The unit's sites, teams and officers alone, which is quicker."""
    return Unit(**_load_tables(connection, unit_id, *REFERRED_TO))


def load_staff_with_terms(connection: Connection, unit_id: int) -> Unit:
    """The same, with the terms and policies that held before."""
    return replace(load_staff(connection, unit_id), **earlier_terms.load(connection, unit_id))


def load_around(connection: Connection, unit_id: int, *, since: date) -> Unit:
    """The unit's sites, teams, officers and closures, with what held on that day or after it."""
    tables = _load_tables(connection, unit_id, *REFERRED_TO, CLOSURES)
    return Unit(**tables, **earlier_terms.load(connection, unit_id, since=since))


def load_officers(connection: Connection, unit_id: int, day: date) -> tuple[Officer, ...]:
    """The unit's officers as they are on the day, in the order in which they came.

    Last stand those who are there on the day and removed after it.
    """
    tables = _load_tables(connection, unit_id, "officers")
    before = earlier_terms.load(connection, unit_id, since=day)
    terms = Unit(sites=(), teams=(), **tables, **before).spread_officers(day, day)
    return tuple(terms.find_on(staff_no, day) for staff_no in terms.by_name)


def load_officers_ever(connection: Connection, unit_id: int, day: date) -> Mapping[str, Officer]:
    """Everybody by staff number who is or was in the unit, as they are on the day.

    Those who have been removed by then are as they were last.
    """
    tables = _load_tables(connection, unit_id, "officers")
    before = earlier_terms.load(connection, unit_id)
    unit = Unit(sites=(), teams=(), **tables, **before)
    terms = unit.spread_officers(date.min, date.max)
    return {staff_no: terms.find_on(staff_no, day) for staff_no in terms.by_name}


def _stored(row: Any) -> StoredUnit:
    return StoredUnit(row.id, row.name, policy_of(row.policy), row.revision)


def _load_tables(connection: Connection, unit_id: int, *names: str) -> dict[str, tuple[Any, ...]]:
    """The rows of these tables, all by one query."""
    rows: list[list[str]] = [[] for _ in names]
    parts = (_select(connection, unit_id, number, name) for number, name in enumerate(names))
    for number, _, row in connection.execute(union_all(*parts).order_by("place", "id")):
        rows[number].append(row)
    return {
        name: tuple(_build_objects(STORAGE[name], of_table))
        for name, of_table in zip(names, rows, strict=True)
    }


def _select(connection: Connection, unit_id: int, number: int, name: str) -> Select[Any]:
    """Each row of a table as a JSON array, which holds columns of any type, dates in ISO 8601."""
    storage, is_sqlite = STORAGE[name], connection.dialect.name == "sqlite"
    array = func.json_array if is_sqlite else func.json_build_array
    columns = (storage.table.c[column] for column in storage.names)
    values = (func.json(c) if is_sqlite and isinstance(c.type, JSON) else c for c in columns)
    row = cast(array(*values), Text)
    return select(literal_column(str(number)).label("place"), storage.table.c.id, row).where(
        storage.table.c.unit_id == unit_id
    )


def _build_objects(storage: TableStorage, rows: Iterable[str]) -> Iterator[Any]:
    """The objects of the domain, of which dates and truths are not as JSON has them."""
    names = storage.names
    dates = [name for name in names if isinstance(storage.table.c[name].type, Date)]
    truths = [name for name in names if isinstance(storage.table.c[name].type, Boolean)]
    for row in json.loads(f"[{','.join(rows)}]"):
        columns = dict(zip(names, row, strict=True))
        for name in dates:
            columns[name] = columns[name] and date.fromisoformat(columns[name])
        for name in truths:
            columns[name] = bool(columns[name])
        yield object_of(storage.kind, columns)


def _policy_source(source: RowSource) -> dict[str, Any]:
    return {"policy_source": source.kind, "policy_by": source.by, "policy_at": source.at}
