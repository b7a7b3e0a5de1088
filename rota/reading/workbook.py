"""One .xlsx workbook whose sheets are the tables."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from rota.errors import BadInput, Fault
from rota.reading.duplicates import contradictions
from rota.reading.listing import Listing
from rota.reading.policy_sheet import given_in_sheet
from rota.reading.rows import read_rows
from rota.reading.sheet import Sheet
from rota.reading.source import Source
from rota.reading.tables import POLICY_SHEET, ROTA_FILE, TABLES
from rota.reading.xlsx import Records, read_records

_USUAL = {table.name: table.name for table in (*TABLES, POLICY_SHEET)}


def read_workbook(path: Path) -> Source:
    """The tables in the workbook. Raises BadInput if it is none."""
    records = read_records(path, path.name)
    sheets = Listing(list(records), _USUAL, "sheet", path.name)
    source = Source(faults=[*sheets.faults()], notes=[*sheets.notes()])
    for table, name in sheets.holders.items():
        source.attempt(partial(_add, source, table, records[name]))
    return source


def read_rota_sheet(path: Path) -> Sheet:
    """The only sheet of the workbook, or the one called rota."""
    records = read_records(path, path.name)
    if len(records) == 1:
        return Sheet.of(ROTA_FILE.name, *records.values())
    usual = {ROTA_FILE.name: ROTA_FILE.name}
    names = Listing(list(records), usual, "sheet", path.name)
    if not names.holders:
        says = f"there is more than one sheet in {path.name}, and none is called rota"
        raise BadInput([Fault(ROTA_FILE.name, says)])
    return Sheet.of(ROTA_FILE.name, records[names.holders[ROTA_FILE.name]])


def _add(source: Source, table: str, records: Records) -> None:
    sheet = Sheet.of(table, records)
    if table != POLICY_SHEET.name:
        source.sheets[table] = sheet
        return
    rows = read_rows(sheet, POLICY_SHEET)
    source.faults.extend([*rows.faults, *contradictions(rows.rows, POLICY_SHEET)])
    source.notes.extend(rows.notes)
    source.policy.extend(given_in_sheet(rows.rows))
