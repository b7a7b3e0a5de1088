"""Rows that say the same twice, and rows that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rota.domain import HALF_NAMES, WHOLE_DAY, list_halves
from rota.errors import Fault
from rota.reading.rows import CellRow
from rota.records import Table
from rota.records.table import SINCE

PART = "part"
"""The column with the part of the day that a row is for."""

_PARTS = {WHOLE_DAY: "all day", **{half: f"the {name}" for half, name in HALF_NAMES.items()}}


def drop_repeats(rows: Iterable[CellRow]) -> tuple[CellRow, ...]:
    """The rows, the first of those that say the same."""
    return tuple({tuple(row.values.items()): row for row in reversed([*rows])}.values())[::-1]


def find_contradictions(rows: Iterable[CellRow], table: Table) -> Iterator[Fault]:
    """A fault for each row with the key of an earlier row but other values.

    Where the part of a day belongs to the key, it is so for each half of the day.
    """
    first: dict[tuple[Any, ...], CellRow] = {}
    for row in rows:
        if not table.key or not row.holds(*table.key):
            continue
        names = tuple(row[column] for column in table.key if column != PART)
        halves = list_halves(row[PART]) if PART in table.key else ("",)
        earlier_rows = [first.setdefault((*names, half), row) for half in halves]
        earlier = next((other for other in earlier_rows if _do_differ(row, other)), None)
        if earlier is not None:
            name = " on ".join(str(name) for name in names if name is not None)
            yield _build_fault(table, name, row, earlier)


def find_lasting_differences(rows: Iterable[CellRow], table: Table) -> Iterator[Fault]:
    """A fault for each row that differs from an earlier one of the same name in what must last."""
    first: dict[tuple[str, str], CellRow] = {}
    for row in rows:
        for column in table.lasting:
            if row.holds(table.name_column.name, column) and row[column] != "":
                earlier = first.setdefault((row[table.name_column.name], column), row)
                if earlier[column] != row[column] and earlier.get(SINCE) != row.get(SINCE):
                    yield _build_lasting_fault(table, column, row, earlier)


def _build_lasting_fault(table: Table, column: str, row: CellRow, earlier: CellRow) -> Fault:
    value, other = (None if cell is None else str(cell) for cell in (row[column], earlier[column]))
    misfit = "differs from" if value else "is blank, unlike"
    rest = f", where it is {other or 'blank'}; it is the same at all times"
    return Fault(table.name, f"{misfit} row {earlier.number}{rest}", row.number, column, value)


def _build_fault(table: Table, name: str, row: CellRow, earlier: CellRow) -> Fault:
    part, known_part = row.get(PART), earlier.get(PART)
    if part != known_part:
        place = f"in row {earlier.number}" if earlier.number else "already"
        sentence = f"stands here for {_PARTS[part]} and {place} for {_PARTS[known_part]}"
        return Fault(table.name, sentence, row.number, PART, name)
    place = f"in row {earlier.number} too" if earlier.number else "known already"
    value = f"{name} {part}" if part else name
    return Fault(table.name, f"is {place}, with other values", row.number, table.key[0], value)


def _do_differ(row: CellRow, other: CellRow) -> bool:
    """Whether the rows differ in a cell that is at fault in neither."""
    both = row.values.keys() & other.values.keys()
    return any(row[column] != other[column] for column in both)
