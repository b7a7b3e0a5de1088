"""Units and their tables."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    delete,
    func,
    insert,
    literal_column,
    select,
    union_all,
    update,
)

from rota.domain import Officer, Policy, Unit
from rota.records.differences import Difference
from rota.store.units import imported_rows
from rota.store.units.rows import (
    STORAGE,
    TableStorage,
    columns_of,
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


def names(connection: Connection) -> tuple[str, ...]:
    """The names of all units."""
    return tuple(connection.scalars(select(_UNIT.c.name).order_by(_UNIT.c.name)))


def all_of(connection: Connection) -> tuple[StoredUnit, ...]:
    """Every unit."""
    return tuple(map(_stored, connection.execute(select(_UNIT).order_by(_UNIT.c.name))))


def find(connection: Connection, name: str) -> StoredUnit | None:
    """The unit of that name."""
    row = connection.execute(_FIND, {"name": name}).one_or_none()
    return _stored(row) if row else None


def held(connection: Connection, name: str) -> StoredUnit | None:
    """The unit of that name, which nobody else changes until this transaction ends."""
    row = connection.execute(
        select(_UNIT).where(_UNIT.c.name == name).with_for_update()
    ).one_or_none()
    return _stored(row) if row else None


def with_officer(connection: Connection, staff_no: str) -> tuple[StoredUnit, ...]:
    """The units that have an officer of that staff number."""
    officer = STORAGE["officers"].table
    asked = select(_UNIT).join(officer, officer.c.unit_id == _UNIT.c.id)
    rows = connection.execute(asked.where(officer.c.staff_no == staff_no).order_by(_UNIT.c.name))
    return tuple(map(_stored, rows))


def name_of(connection: Connection, unit_id: int) -> str:
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
    connection: Connection, unit_id: int, policy: Policy, source: RowSource | None
) -> None:
    """Give the unit that policy; without a source, it stays whose it was."""
    values = {"policy": policy_columns(policy), **(_policy_source(source) if source else {})}
    connection.execute(update(_UNIT).where(_UNIT.c.id == unit_id).values(values))


def policy_source(connection: Connection, unit_id: int) -> RowSource:
    """Who gave the unit its policy."""
    columns = (_UNIT.c[name] for name in _policy_source(UNKNOWN_IMPORT))
    return RowSource(*connection.execute(select(*columns).where(_UNIT.c.id == unit_id)).one())


def raise_revision(connection: Connection, unit_id: int) -> None:
    """Tell that something changed of what plans depend on."""
    connection.execute(
        update(_UNIT).where(_UNIT.c.id == unit_id).values(revision=_UNIT.c.revision + 1)
    )


def load(connection: Connection, unit_id: int) -> Unit:
    """The unit's tables, in the order in which rows came; nothing published."""
    return Unit(**_tables(connection, unit_id, *STORAGE))


def staff(connection: Connection, unit_id: int) -> Unit:
    """The unit's sites, teams and officers alone, which is quicker."""
    return Unit(**_tables(connection, unit_id, "sites", "teams", "officers"))


def officers(connection: Connection, unit_id: int) -> tuple[Officer, ...]:
    """The unit's officers, in the order in which they came."""
    return _tables(connection, unit_id, "officers")["officers"]


def apply(
    connection: Connection,
    unit_id: int,
    differences: Iterable[Difference],
    source: RowSource | None,
) -> None:
    """Bring the unit's rows to what the differences lead to, whose source is told with them.

    Without a source, rows that change stay whose they were. What people take out is noted where
    the last import told it.
    """
    for difference in differences:
        kept = STORAGE[difference.table]
        gone = [*difference.removed, *(before for before, _ in difference.changed)]
        numbers = _numbers(connection, unit_id, kept, gone)
        _remove(connection, kept, [numbers[row].pop() for row in difference.removed])
        for before, after in difference.changed:
            _change(connection, kept, numbers[before].pop(), after, source)
        _add(connection, kept, unit_id, difference.added, source or UNKNOWN_IMPORT)
        if source is not None and source.is_by_people:
            imported_rows.note_taken_out(connection, unit_id, difference, source)


def _stored(row: Any) -> StoredUnit:
    return StoredUnit(row.id, row.name, policy_of(row.policy), row.revision)


def _tables(connection: Connection, unit_id: int, *names: str) -> dict[str, tuple[Any, ...]]:
    """The rows of these tables, all by one query."""
    told: dict[int, list[str]] = {place: [] for place in range(len(names))}
    parts = (_asked(connection, unit_id, place, name) for place, name in enumerate(names))
    for place, _, row in connection.execute(union_all(*parts).order_by("place", "id")):
        told[place].append(row)
    return {name: tuple(_read(STORAGE[name], told[place])) for place, name in enumerate(names)}


def _asked(connection: Connection, unit_id: int, place: int, name: str) -> Select[Any]:
    """Each row of a table as a JSON array, which holds columns of any type, dates in ISO 8601."""
    kept, is_sqlite = STORAGE[name], connection.dialect.name == "sqlite"
    array = func.json_array if is_sqlite else func.json_build_array
    columns = (kept.table.c[column] for column in kept.names)
    values = (func.json(c) if is_sqlite and isinstance(c.type, JSON) else c for c in columns)
    told = cast(array(*values), Text)
    return select(literal_column(str(place)).label("place"), kept.table.c.id, told).where(
        kept.table.c.unit_id == unit_id
    )


def _read(kept: TableStorage, rows: Iterable[str]) -> Iterator[Any]:
    """The objects of the domain, of which dates and truths are not as JSON has them."""
    names = kept.names
    dates = [name for name in names if isinstance(kept.table.c[name].type, Date)]
    truths = [name for name in names if isinstance(kept.table.c[name].type, Boolean)]
    for row in json.loads(f"[{','.join(rows)}]"):
        columns = dict(zip(names, row, strict=True))
        for name in dates:
            columns[name] = columns[name] and date.fromisoformat(columns[name])
        for name in truths:
            columns[name] = bool(columns[name])
        yield object_of(kept.kind, columns)


def _numbers(
    connection: Connection, unit_id: int, kept: TableStorage, wanted: Sequence[Any]
) -> Mapping[Any, list[int]]:
    """The numbers of the rows that say the same as those wanted."""
    numbers: dict[Any, list[int]] = defaultdict(list)
    if not wanted:
        return numbers
    table = kept.table
    for row in connection.execute(select(table).where(table.c.unit_id == unit_id)).mappings():
        numbers[object_of(kept.kind, {name: row[name] for name in kept.names})].append(row["id"])
    return numbers


def _remove(connection: Connection, kept: TableStorage, numbers: Sequence[int]) -> None:
    if numbers:
        connection.execute(delete(kept.table).where(kept.table.c.id.in_(numbers)))


def _change(
    connection: Connection, kept: TableStorage, number: int, after: Any, source: RowSource | None
) -> None:
    where = kept.table.c.id == number
    values = {**columns_of(after), **(source.columns if source else {})}
    connection.execute(update(kept.table).where(where).values(values))


def _add(
    connection: Connection, kept: TableStorage, unit_id: int, rows: Sequence[Any], source: RowSource
) -> None:
    if rows:
        of_all = {"unit_id": unit_id, **source.columns}
        connection.execute(insert(kept.table), [{**of_all, **columns_of(row)} for row in rows])


def _policy_source(source: RowSource) -> dict[str, Any]:
    return {"policy_source": source.kind, "policy_by": source.by, "policy_at": source.at}
