"""What a table's header has to hold, what it lacks, and what is not read of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rota.errors import Fault, shorten
from rota.reading.name_guesses import guess_name
from rota.reading.other_words import guess_column
from rota.reading.sheet import Sheet
from rota.records import Table

_ROWS_SEARCHED = 50
"""Rows among which the header is looked for where the first is none."""


def find_header_faults(sheet: Sheet, table: Table) -> list[Fault]:
    """Columns that are missing or there twice; one fault where the header is in no first row."""
    misplaced = _find_misplaced_header(sheet, table)
    return [misplaced] if misplaced else [*_find_column_faults(sheet, table)]


def is_no_header(sheet: Sheet, table: Table) -> bool:
    """Whether the row that is taken as the header is none, so that no row below it can be read."""
    return _find_misplaced_header(sheet, table) is not None


def name_unread_columns(sheet: Sheet, table: Table) -> Iterator[str]:
    """One remark that names every column which is not read, and what it was perhaps meant to be."""
    absent = [column.name for column in table.given_columns if column.name not in sheet.header]
    titles = _find_unused_titles(sheet, table)
    unread = [(shorten(title), guess_column(title, absent)) for title in titles]
    unread += [(f"{number} (no title)", None) for number in _find_untitled(sheet)]
    match unread:
        case []:
            return
        case [(title, maybe)]:
            yield str(Fault(table.name, f"the column {title} is not read", maybe=maybe))
        case _:
            titles_listed = "; ".join(
                title + (f" (Maybe {m}?)" if m else "") for title, m in unread
            )
            yield str(Fault(table.name, f"{len(unread)} columns are not read: {titles_listed}"))


def _find_unused_titles(sheet: Sheet, table: Table) -> list[str]:
    """The titles, as they were written, of columns that the table has not."""
    known_names = _list_names(table) | set(table.passed_over)
    titles = sheet.titles or sheet.header
    return [
        title
        for title, name in zip(titles, sheet.header, strict=True)
        if name and name not in known_names
    ]


def _find_untitled(sheet: Sheet) -> Iterator[int]:
    """The numbers of columns in which something stands under no title."""
    for n, name in enumerate(sheet.header):
        if not name and any(len(cells) > n and cells[n] for _, cells in sheet.rows):
            yield n + 1


def _guess_title(name: str, sheet: Sheet, table: Table) -> str | None:
    """The title that was perhaps meant to be the name of the column, which is missing."""
    titles = _find_unused_titles(sheet, table)
    others = (title for title in titles if guess_column(title, [name]))
    return guess_name(name, titles) or next(others, None)


def _find_misplaced_header(sheet: Sheet, table: Table) -> Fault | None:
    """The fault of a header that lacks columns which another row has, or has none of them."""
    titles_found = _find_titles(sheet.header, table)
    if _list_required(table) <= titles_found:
        return None
    for number, cells in sheet.rows[:_ROWS_SEARCHED]:
        here = _find_titles([cell.casefold() for cell in cells], table)
        if len(here) > max(len(titles_found), 1):
            return Fault(
                table.name,
                f"row {sheet.header_row} is taken as the header, and has "
                f"{_say_titles_found(titles_found)} of the columns; row {number} has. "
                "Remove what stands above it",
            )
    if titles_found or any(_guess_title(name, sheet, table) for name in _list_required(table)):
        return None
    columns = ", ".join(column.name for column in table.columns if column.required)
    return Fault(
        table.name,
        f"row {sheet.header_row} is taken as the header, and has none of the columns {columns}",
    )


def _find_column_faults(sheet: Sheet, table: Table) -> Iterator[Fault]:
    for column in table.given_columns:
        count = sheet.header.count(column.name)
        if count > 1:
            yield Fault(table.name, f"the column {column.name} stands in the header {count} times")
        if column.required and not count:
            sentence = f"the column {column.name} is missing"
            yield Fault(table.name, sentence, maybe=_guess_title(column.name, sheet, table))
    yield from _find_date_faults(sheet, table)


def _find_date_faults(sheet: Sheet, table: Table) -> Iterator[Fault]:
    """Columns of dates that are missing where one date may stand for two."""
    if table.one_day is None or table.in_order is None or table.one_day.name in sheet.header:
        return
    absent = [name for name in table.in_order if name not in sheet.header]
    if len(absent) == len(table.in_order):
        both = " and ".join(absent)
        sentence = f"the column {table.one_day.name} is missing; {both} may stand in its place"
        yield Fault(table.name, sentence, maybe=_guess_title(table.one_day.name, sheet, table))
    for name in absent if len(absent) == 1 else ():
        sentence = f"the column {name} is missing"
        yield Fault(table.name, sentence, maybe=_guess_title(name, sheet, table))


def _say_titles_found(titles_found: set[str]) -> str:
    return f"only {' and '.join(sorted(titles_found))}" if titles_found else "none"


def _find_titles(titles: Sequence[str], table: Table) -> set[str]:
    return _list_names(table).intersection(titles)


def _list_names(table: Table) -> set[str]:
    return {column.name for column in table.given_columns}


def _list_required(table: Table) -> set[str]:
    return {column.name for column in table.given_columns if column.required}
