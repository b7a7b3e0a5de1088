"""The rows of a table, every cell understood or at fault."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rota.errors import Fault
from rota.reading.cells import Trouble, Unfit
from rota.reading.column_cells import cell_of
from rota.reading.header import find_header_faults, is_no_header, name_unread_columns
from rota.reading.one_day import settle_dates
from rota.reading.sheet import Sheet
from rota.records import Column, Table

_SPREADSHEET_ERROR = re.compile(
    r"#(N/A|(REF|VALUE|DIV/0|NUM|NULL|SPILL|CALC|FIELD)!|NAME\?|GETTING_DATA|#+)|Err:[0-9]{3}"
)
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"


@dataclass(frozen=True, slots=True)
class CellRow:
    """A row's values by column; a cell at fault is left out.

    Its number is the one that a spreadsheet shows, or 0 for a row that comes from no file.
    """

    number: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def get(self, column: str) -> Any:
        """The value, or None where the cell is at fault or blank."""
        return self.values.get(column)

    def holds(self, *columns: str) -> bool:
        """Whether none of these cells is at fault."""
        return all(column in self.values for column in columns)


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read of a table, what is wrong with it, and harmless remarks."""

    rows: tuple[CellRow, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def read_rows(sheet: Sheet, table: Table) -> Rows:
    """Every cell of the table's columns, whatever else the sheet holds."""
    faults = find_header_faults(sheet, table)
    if is_no_header(sheet, table):
        return Rows((), tuple(faults), ())
    if table.must and not sheet.rows:
        faults.append(Fault(table.name, "the table has a header but no rows"))
    rows = []
    for number, cells in sheet.rows:
        if _repeats_header(cells, sheet):
            faults.append(Fault(table.name, "the header stands here again; remove it", number))
            continue
        row, unfit = _read_row(number, _pair_with_columns(cells, sheet, table), table)
        surplus = [*_find_surplus(number, cells, sheet, table)]
        rows.append(_leave_only_name(row, table) if surplus else row)
        faults.extend(surplus or unfit)
    return Rows(tuple(rows), tuple(faults), tuple(name_unread_columns(sheet, table)))


def _pair_with_columns(
    cells: Sequence[str], sheet: Sheet, table: Table
) -> Iterator[tuple[Column, str]]:
    """The table's columns with the text of their cells; a short row ends in blank cells."""
    texts = dict(zip(sheet.header, cells, strict=False))
    for column in table.given_columns:
        if column.name in sheet.header or not column.required:
            yield column, texts.get(column.name, "")


def _read_row(
    number: int, cells: Iterable[tuple[Column, str]], table: Table
) -> tuple[CellRow, list[Fault]]:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column, text in cells:
        try:
            values[column.name] = _read_cell(text, column)
        except Unfit as unfit:
            faults.extend(
                _build_fault(table, number, column, trouble) for trouble in unfit.troubles
            )
    settled_values, misfits = settle_dates(values, table, number)
    return CellRow(number, settled_values), [*faults, *misfits]


def _read_cell(text: str, column: Column) -> Any:
    if not text and column.required:
        raise Unfit(Trouble("", "this cell must not be blank"))
    cell = cell_of(column.type)
    if not text or (not column.required and text.casefold() in cell.blanks):
        return column.blank
    _refuse_machine_text(text)
    return cell.read(text)


def _build_fault(table: Table, number: int, column: Column, trouble: Trouble) -> Fault:
    sentence = trouble.says or f"is not {cell_of(column.type).allows}"
    value = str(trouble.value) or None  # A number of a workbook becomes a plain text.
    return Fault(table.name, sentence, number, column.name, value, trouble.maybe)


def _refuse_machine_text(text: str) -> None:
    """Refuse what spreadsheets and programs leave in cells and people do not write."""
    if text.startswith("="):
        raise Unfit(Trouble(text, "is a formula; only values are read"))
    if text[0] in "#E" and _SPREADSHEET_ERROR.fullmatch(text):
        raise Unfit(Trouble(text, "is an error of a spreadsheet, not a value"))
    if text in ("NaN", "nan"):
        raise Unfit(Trouble(text, "stands for no value; leave the cell blank"))
    if not text.isprintable() and (odd := next(filter(_is_invisible, text), None)):
        raise Unfit(Trouble(text, f"holds an invisible character (U+{ord(odd):04X})"))


def _is_invisible(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and character not in _JOINERS


def _find_surplus(number: int, cells: Sequence[str], sheet: Sheet, table: Table) -> Iterator[Fault]:
    """A comma too many moves every later cell, so nothing else is said of such a row."""
    width = max((n for n, text in enumerate(cells, start=1) if text), default=0)
    if width > len(sheet.header):
        sentence = f"the row has {width} cells but the header has {len(sheet.header)}"
        yield Fault(table.name, sentence, number)


def _repeats_header(cells: Sequence[str], sheet: Sheet) -> bool:
    """Whether the row repeats the header, as where lists were put one below the other."""
    return tuple(cell.casefold() for cell in cells if cell) == tuple(filter(None, sheet.header))


def _leave_only_name(row: CellRow, table: Table) -> CellRow:
    """The row with nothing but the name by which other tables call it."""
    names = [table.name_column.name] if table.is_referred_to else []
    return CellRow(row.number, {name: row[name] for name in names if row.holds(name)})
