"""One workbook whose sheets are the tables."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from rota.errors import BadInput, Fault
from rota.reading.duplicates import find_contradictions
from rota.reading.file_tables import POLICY_SHEET, ROTA_FILE
from rota.reading.hidden_cells import find_hidden_remarks
from rota.reading.policy_sheet import read_policy_sheet
from rota.reading.rows import read_rows
from rota.reading.sheet import Sheet
from rota.reading.spreadsheets import Book, read_book
from rota.reading.table_finder import TableFinder
from rota.reading.unit_files import UnitFiles
from rota.records import TABLES, Table

_KNOWN = {table.name: table for table in (*TABLES, POLICY_SHEET)}
_USUAL = {name: name for name in _KNOWN}


def read_workbook(path: Path) -> UnitFiles:
    """The tables in the workbook. Raises BadInput if it is none."""
    book = read_book(path, path.name)
    sheets = TableFinder(book.titles, _USUAL, "sheet", path.name)
    source = UnitFiles(faults=[*sheets.find_faults()], notes=[*sheets.list_notes()])
    for table, name in sheets.holders.items():
        source.attempt(partial(_add, source, _KNOWN[table], book, name))
    return source


def read_rota_sheet(path: Path) -> Sheet:
    """The only sheet of the workbook, or the one called rota."""
    book = read_book(path, path.name)
    if len(book.titles) == 1:
        return Sheet.of(ROTA_FILE.name, book.sheet(*book.titles).records)
    usual = {ROTA_FILE.name: ROTA_FILE.name}
    names = TableFinder(book.titles, usual, "sheet", path.name)
    if not names.holders:
        sentence = f"there is more than one sheet in {path.name}, and none is called rota"
        raise BadInput([Fault(ROTA_FILE.name, sentence)])
    return Sheet.of(ROTA_FILE.name, book.sheet(names.holders[ROTA_FILE.name]).records)


def _add(source: UnitFiles, table: Table, book: Book, title: str) -> None:
    leaf = book.sheet(title)
    sheet = Sheet.of(table.name, leaf.records)
    source.notes.extend(find_hidden_remarks(leaf, sheet, table, title=title, place=book.place))
    if table != POLICY_SHEET:
        source.sheets[table.name] = sheet
        return
    rows = read_rows(sheet, POLICY_SHEET)
    source.faults.extend([*rows.faults, *find_contradictions(rows.rows, POLICY_SHEET)])
    source.notes.extend(rows.notes)
    source.policy.extend(read_policy_sheet(rows.rows))
