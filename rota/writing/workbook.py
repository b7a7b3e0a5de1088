"""A unit and its policy as one .xlsx workbook, which reads as the very same unit and policy."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from rota.domain import Policy, Unit
from rota.reading import POLICY_SHEET
from rota.records import TABLES, InputTable
from rota.records.column_types import AnyColumnType
from rota.records.terms import list_rows_with_terms
from rota.writing.policy_texts import build_policy_texts
from rota.writing.spreadsheet import protect_from_formula
from rota.writing.unit_rows import cell_text

_NARROWEST, _WIDEST = 8, 40
"""Characters of a column."""


def build_unit_workbook(unit: Unit, policy: Policy) -> bytes:
    """The workbook: a sheet for every table, blank ones too, so that people see what there is.

    Numbers and dates are such cells; all else is text, no formula.
    """
    import openpyxl  # slow to start, and only workbooks need it

    book = openpyxl.Workbook(write_only=True)
    for table in TABLES:
        columns = [column.name for column in table.columns]
        _add_sheet(book, table.name, columns, [*_build_rows(unit, table)])
    settings = build_policy_texts(policy).items()
    columns = [column.name for column in POLICY_SHEET.columns]
    _add_sheet(book, POLICY_SHEET.name, columns, [[name, text] for name, text in settings])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _build_rows(unit: Unit, table: InputTable) -> Iterator[list[Any]]:
    for row in list_rows_with_terms(unit, table):
        values = table.values_of(row)
        yield [_convert_value(values[column.name], column.type) for column in table.columns]


def _convert_value(value: Any, column_type: AnyColumnType) -> Any:
    """A date and a number as they are; weekdays, truths and lists as text."""
    is_day = isinstance(value, date)
    text = cell_text(value, column_type)
    is_number = isinstance(value, int) and not isinstance(value, bool) and text == str(value)
    return value if is_day or is_number else text


def _add_sheet(book: Any, title: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(header, *rows, strict=True), start=1):
        sheet.column_dimensions[_find_column_letter(number)].width = _compute_width(column)
    sheet.append([_build_cell(sheet, name, is_header=True) for name in header])
    for row in rows:
        sheet.append([_build_cell(sheet, value) for value in row])


def _build_cell(sheet: Any, value: Any, *, is_header: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, protect_from_formula(value) or None)
        cell.number_format = "@"  # So that what is typed over it stays text, such as 007.
    else:
        cell = WriteOnlyCell(sheet, value)
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if is_header:
        cell.font = Font(bold=True)
    return cell


def _compute_width(column: Iterable[Any]) -> int:
    longest = max(len(str(value)) for value in column)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _find_column_letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))
