"""Rows that say the same twice, and rows that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rota.errors import Fault
from rota.reading.rows import CellRow
from rota.records import Table


def drop_repeats(rows: Iterable[CellRow]) -> tuple[CellRow, ...]:
    """The rows, the first of those that say the same."""
    return tuple({tuple(row.values.items()): row for row in reversed([*rows])}.values())[::-1]


def find_contradictions(rows: Iterable[CellRow], table: Table) -> Iterator[Fault]:
    """A fault for each row with the key of an earlier row but other values."""
    first: dict[tuple[Any, ...], CellRow] = {}
    for row in rows:
        if not table.key or not row.holds(*table.key):
            continue
        key = tuple(row[column] for column in table.key)
        earlier = first.setdefault(key, row)
        if _do_differ(row, earlier):
            place = f"in row {earlier.number} too" if earlier.number else "known already"
            sentence = f"is {place}, with other values"
            value = " on ".join(map(str, key))
            yield Fault(table.name, sentence, row.number, table.key[0], value)


def _do_differ(row: CellRow, other: CellRow) -> bool:
    """Whether the rows differ in a cell that is at fault in neither."""
    both = row.values.keys() & other.values.keys()
    return any(row[column] != other[column] for column in both)
