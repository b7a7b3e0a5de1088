"""Units and their tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from rota.domain import Officer, Policy, Unit
from rota.domain.differences import Difference
from rota.store.rows import KEPT, Kept, columns_of, object_of, policy_columns, policy_of, table_of
from rota.tables import UnitTable

_UNIT = table_of(UnitTable)


@dataclass(frozen=True, slots=True)
class Stored:
    """A unit's row: its policy, and a revision that rises when anything of the unit changes."""

    id: int
    name: str
    policy: Policy
    revision: int


def names(connection: Connection) -> tuple[str, ...]:
    """The names of all units."""
    return tuple(connection.scalars(select(_UNIT.c.name).order_by(_UNIT.c.name)))


def all_of(connection: Connection) -> tuple[Stored, ...]:
    """Every unit."""
    return tuple(map(_stored, connection.execute(select(_UNIT).order_by(_UNIT.c.name))))


def find(connection: Connection, name: str) -> Stored | None:
    """The unit of that name."""
    row = connection.execute(select(_UNIT).where(_UNIT.c.name == name)).one_or_none()
    return _stored(row) if row else None


def held(connection: Connection, name: str) -> Stored | None:
    """The unit of that name, which nobody else changes until this transaction ends."""
    row = connection.execute(
        select(_UNIT).where(_UNIT.c.name == name).with_for_update()
    ).one_or_none()
    return _stored(row) if row else None


def with_officer(connection: Connection, staff_no: str) -> tuple[Stored, ...]:
    """The units that have an officer of that staff number."""
    officer = KEPT["officers"].table
    asked = select(_UNIT).join(officer, officer.c.unit_id == _UNIT.c.id)
    rows = connection.execute(asked.where(officer.c.staff_no == staff_no).order_by(_UNIT.c.name))
    return tuple(map(_stored, rows))


def name_of(connection: Connection, unit_id: int) -> str:
    """The name of the unit with that number."""
    return str(connection.scalar(select(_UNIT.c.name).where(_UNIT.c.id == unit_id)))


def create(connection: Connection, name: str, policy: Policy) -> Stored:
    """A unit of that name without any rows yet."""
    row = insert(_UNIT).values(name=name, policy=policy_columns(policy), revision=1)
    unit_id = connection.execute(row.returning(_UNIT.c.id)).scalar_one()
    return Stored(unit_id, name, policy, 1)


def change_policy(connection: Connection, unit_id: int, policy: Policy) -> None:
    connection.execute(
        update(_UNIT).where(_UNIT.c.id == unit_id).values(policy=policy_columns(policy))
    )


def raise_revision(connection: Connection, unit_id: int) -> None:
    """Tell that something changed of what plans depend on."""
    connection.execute(
        update(_UNIT).where(_UNIT.c.id == unit_id).values(revision=_UNIT.c.revision + 1)
    )


def load(connection: Connection, unit_id: int) -> Unit:
    """The unit's tables, in the order in which rows came; nothing published."""
    return Unit(**{name: tuple(_rows(connection, unit_id, kept)) for name, kept in KEPT.items()})


def officers(connection: Connection, unit_id: int) -> tuple[Officer, ...]:
    """The unit's officers, in the order in which they came."""
    return tuple(_rows(connection, unit_id, KEPT["officers"]))


def apply(connection: Connection, unit_id: int, differences: Iterable[Difference]) -> None:
    """Bring the unit's rows to what the differences lead to."""
    for difference in differences:
        kept = KEPT[difference.table]
        gone = [*difference.removed, *(before for before, _ in difference.changed)]
        numbers = _numbers(connection, unit_id, kept, gone)
        _remove(connection, kept, [numbers[row].pop() for row in difference.removed])
        for before, after in difference.changed:
            _change(connection, kept, numbers[before].pop(), after)
        _add(connection, kept, unit_id, difference.added)


def _stored(row: Any) -> Stored:
    return Stored(row.id, row.name, policy_of(row.policy), row.revision)


def _rows(connection: Connection, unit_id: int, kept: Kept) -> Iterable[Any]:
    table = kept.table
    asked = select(*(table.c[name] for name in kept.names)).where(table.c.unit_id == unit_id)
    for row in connection.execute(asked.order_by(table.c.id)).mappings():
        yield object_of(kept.kind, row)


def _numbers(
    connection: Connection, unit_id: int, kept: Kept, wanted: Sequence[Any]
) -> Mapping[Any, list[int]]:
    """The numbers of the rows that say the same as those wanted."""
    numbers: dict[Any, list[int]] = defaultdict(list)
    if not wanted:
        return numbers
    table = kept.table
    for row in connection.execute(select(table).where(table.c.unit_id == unit_id)).mappings():
        numbers[object_of(kept.kind, {name: row[name] for name in kept.names})].append(row["id"])
    return numbers


def _remove(connection: Connection, kept: Kept, numbers: Sequence[int]) -> None:
    if numbers:
        connection.execute(delete(kept.table).where(kept.table.c.id.in_(numbers)))


def _change(connection: Connection, kept: Kept, number: int, after: Any) -> None:
    where = kept.table.c.id == number
    connection.execute(update(kept.table).where(where).values(columns_of(after)))


def _add(connection: Connection, kept: Kept, unit_id: int, rows: Sequence[Any]) -> None:
    if rows:
        connection.execute(
            insert(kept.table), [{"unit_id": unit_id, **columns_of(row)} for row in rows]
        )
