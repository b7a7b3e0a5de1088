"""What a table's header has to hold, what it lacks, and what is not read of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rota.errors import Fault
from rota.reading.near import near
from rota.reading.sheet import Sheet
from rota.reading.tables import Table

_ROWS_SEARCHED = 50
"""Rows among which the header is looked for where the first is none."""


def header_faults(sheet: Sheet, table: Table) -> list[Fault]:
    """Columns that are missing or there twice; one fault where the header is in no first row."""
    misplaced = _misplaced(sheet, table)
    return [misplaced] if misplaced else [*_of_columns(sheet, table)]


def is_no_header(sheet: Sheet, table: Table) -> bool:
    """Whether the row that is taken as the header is none, so that no row below it can be read."""
    return _misplaced(sheet, table) is not None


def unused_titles(sheet: Sheet, table: Table) -> list[str]:
    """The titles of columns that the table has not."""
    return [title for title in sheet.header if title and title not in _names(table)]


def _misplaced(sheet: Sheet, table: Table) -> Fault | None:
    """The fault of a header that lacks columns which another row has, or has none of them."""
    found = _found(sheet.header, table)
    if _required(table) <= found:
        return None
    for number, cells in sheet.rows[:_ROWS_SEARCHED]:
        here = _found([cell.casefold() for cell in cells], table)
        if len(here) > max(len(found), 1):
            return Fault(
                table.name,
                f"row {sheet.header_row} is taken as the header, and has {_of_these(found)} of the "
                f"columns; row {number} has. Remove what stands above it",
            )
    if found or any(near(name, unused_titles(sheet, table)) for name in _required(table)):
        return None
    columns = ", ".join(column.name for column in table.columns if column.required)
    says = f"row {sheet.header_row} is taken as the header, and has none of the columns {columns}"
    return Fault(table.name, says)


def _of_columns(sheet: Sheet, table: Table) -> Iterator[Fault]:
    for column in table.columns:
        count = sheet.header.count(column.name)
        if count > 1:
            yield Fault(table.name, f"the column {column.name} stands in the header {count} times")
        if column.required and not count:
            says = f"the column {column.name} is missing"
            yield Fault(table.name, says, maybe=near(column.name, unused_titles(sheet, table)))


def _of_these(found: set[str]) -> str:
    return f"only {' and '.join(sorted(found))}" if found else "none"


def _found(titles: Sequence[str], table: Table) -> set[str]:
    return _names(table).intersection(titles)


def _names(table: Table) -> set[str]:
    return {column.name for column in table.columns}


def _required(table: Table) -> set[str]:
    return {column.name for column in table.columns if column.required}
