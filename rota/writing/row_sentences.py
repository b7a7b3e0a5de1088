"""Rows of a unit's tables in a few words, as they stand in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rota.domain import Away, Closure
from rota.records.naming import NAMING_OFFICERS
from rota.writing.unit_rows import row_texts


def name_row(table: str, row: Any) -> str:
    """What people call a row that others name: an officer by name and number."""
    return str(row) if table == "officers" else str(row.name)


def describe_row(table: str, row: Any, names: Mapping[str, str]) -> str:
    """The row in a few words; `names` are those of officers by staff number."""
    if table == "officers":
        return str(row)
    if isinstance(row, Away):
        return (
            f"{names.get(row.staff_no, row.staff_no)}, {row.kind} {tell_days(row.first, row.last)}"
        )
    if isinstance(row, Closure):
        return f"{row.site}, {tell_days(row.first, row.last)}, desks {row.desks}"
    return ", ".join(_list_cells(table, row, names))


def _list_cells(table: str, row: Any, names: Mapping[str, str]) -> Iterator[str]:
    for column, cell in row_texts(table, row).items():
        if column in NAMING_OFFICERS:
            yield names.get(cell, cell)
        elif cell[:1].isdigit() and cell.count("-") == 2:
            yield tell_day(date.fromisoformat(cell))
        elif cell.isdigit():
            yield f"{column} {cell}"
        elif cell:
            yield cell


def tell_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def tell_days(first: date, last: date) -> str:
    """The dates from one to the other, such as 13 to 15 January 2027."""
    if first == last:
        return tell_day(first)
    is_in_month = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if is_in_month else tell_day(first)} to {tell_day(last)}"
