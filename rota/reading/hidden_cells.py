"""Remarks on what a workbook hides and Rota reads all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rota.errors import Fault, shorten
from rota.reading.sheet import Sheet
from rota.reading.spreadsheets import BookSheet
from rota.records import Table

FEW_STRETCHES = 6
"""Stretches of hidden rows that are told one by one."""


def find_hidden_remarks(
    leaf: BookSheet, sheet: Sheet, table: Table, *, title: str, place: str
) -> Iterator[str]:
    """A remark each for the hidden sheet, its hidden rows and its hidden columns that are read."""
    if leaf.is_hidden:
        yield str(Fault(place, f"the sheet {shorten(title.strip())} is hidden, and was read"))
    if rows := [number for number, _ in sheet.rows if number in leaf.hidden_rows]:
        yield str(Fault(table.name, _say_rows(rows)))
    names = {column.name for column in table.columns}
    for number, name in enumerate(sheet.header, start=1):
        if name in names and number in leaf.hidden_columns:
            yield str(Fault(table.name, f"the column {name} is hidden, and was read"))


def _say_rows(rows: list[int]) -> str:
    stretches = [*_find_stretches(rows)]
    if len(rows) == 1:
        return f"row {rows[0]} is hidden, and was read"
    if len(stretches) > FEW_STRETCHES:
        few = ", ".join(stretches[:FEW_STRETCHES])
        return f"{len(rows)} rows are hidden, and were read (rows {few} and others)"
    return f"rows {join_texts(stretches)} are hidden, and were read"


def join_texts(texts: Sequence[str]) -> str:
    """The texts with commas and an "and" between."""
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last


def _find_stretches(rows: Iterable[int]) -> Iterator[str]:
    """Rows that follow each other, told as one."""
    stretch: list[int] = []
    for row in (*rows, None):
        if stretch and row != stretch[-1] + 1:
            first, last = stretch[0], stretch[-1]
            yield str(first) if first == last else f"{first} to {last}"
            stretch = []
        if row is not None:
            stretch.append(row)
