"""Changes to the rows of a unit's tables, written with where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from rota.records.differences import Difference
from rota.store.units import imported_rows
from rota.store.units.rows import STORAGE, TableStorage, columns_of, object_of
from rota.store.units.sources import UNKNOWN_IMPORT, RowSource


def apply(
    connection: Connection,
    unit_id: int,
    differences: Iterable[Difference],
    source: RowSource | None,
) -> None:
    """Change the unit's rows as the differences say, and write with them where they come from.

    Without a source, rows that change keep theirs. What people take out is marked in the rows of
    the last import.
    """
    for difference in differences:
        storage = STORAGE[difference.table]
        old_rows = [*difference.removed_rows, *(before for before, _ in difference.changed_rows)]
        numbers = _find_numbers(connection, unit_id, storage, old_rows)
        _remove(connection, storage, [numbers[row].pop() for row in difference.removed_rows])
        for before, after in difference.changed_rows:
            _change(connection, storage, numbers[before].pop(), after, source)
        _add(connection, storage, unit_id, difference.added_rows, source or UNKNOWN_IMPORT)
        if source is not None and source.is_by_people:
            imported_rows.mark_taken_out(connection, unit_id, difference, source)


def _find_numbers(
    connection: Connection, unit_id: int, storage: TableStorage, rows: Sequence[Any]
) -> Mapping[Any, list[int]]:
    """The numbers of stored rows by what they say, if any row is to be found."""
    numbers: dict[Any, list[int]] = defaultdict(list)
    if not rows:
        return numbers
    table = storage.table
    for row in connection.execute(select(table).where(table.c.unit_id == unit_id)).mappings():
        columns = {name: row[name] for name in storage.names}
        numbers[object_of(storage.kind, columns)].append(row["id"])
    return numbers


def _remove(connection: Connection, storage: TableStorage, numbers: Sequence[int]) -> None:
    if numbers:
        connection.execute(delete(storage.table).where(storage.table.c.id.in_(numbers)))


def _change(
    connection: Connection, storage: TableStorage, number: int, after: Any, source: RowSource | None
) -> None:
    is_row = storage.table.c.id == number
    values = {**columns_of(after), **(source.columns if source else {})}
    connection.execute(update(storage.table).where(is_row).values(values))


def _add(
    connection: Connection,
    storage: TableStorage,
    unit_id: int,
    rows: Sequence[Any],
    source: RowSource,
) -> None:
    if rows:
        of_all = {"unit_id": unit_id, **source.columns}
        connection.execute(insert(storage.table), [{**of_all, **columns_of(row)} for row in rows])
