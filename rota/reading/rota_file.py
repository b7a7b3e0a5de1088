"""A rota as `plan` wrote it, perhaps edited by hand."""

from __future__ import annotations

from pathlib import Path

from rota.domain import Rota, Seat
from rota.errors import BadInput, Fault
from rota.reading.csv_file import read_csv
from rota.reading.file_bytes import exists
from rota.reading.file_tables import ROTA_FILE
from rota.reading.rows import read_rows
from rota.reading.separate_process import read_apart
from rota.reading.sheet import Sheet
from rota.reading.spreadsheets import SUFFIXES as WORKBOOKS
from rota.reading.table_faults import sum_up_faults
from rota.reading.workbook import read_rota_sheet


def read_rota(path: Path) -> Rota:
    """The rota in a CSV file or workbook; who and what it names may be unknown.

    Raises BadInput with everything in it that cannot be read.
    """
    return read_rota_and_notes(path)[0]


def read_rota_and_notes(path: Path) -> tuple[Rota, tuple[str, ...]]:
    """The same, and harmless remarks on the file for people to see."""
    return read_apart(_read, path) if _is_workbook(path) else _read(path)


def _read(path: Path) -> tuple[Rota, tuple[str, ...]]:
    rows = read_rows(_read_sheet(path), ROTA_FILE)
    if rows.faults:
        raise BadInput(sum_up_faults(rows.faults))
    return Rota.of(Seat(**row.values) for row in rows.rows), rows.notes


def _read_sheet(path: Path) -> Sheet:
    if not exists(path):
        raise BadInput([Fault(str(path), "there is no such file")])
    if _is_workbook(path):
        return read_rota_sheet(path)
    return read_csv(path, ROTA_FILE.name)


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in WORKBOOKS
