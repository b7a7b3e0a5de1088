"""The cells of an .xlsx workbook as text."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from rota.errors import BadInput, Fault
from rota.reading.archive import repacked, unpacked
from rota.reading.cells import Number
from rota.reading.file import read_bytes

SUFFIX = ".xlsx"

Records = list[list[str]]

MOST_CELLS = 300_000
"""Cells of all sheets, blank ones to the left of a filled one included.

A unit of 185 officers with a rota of 12 weeks has about 50,000.
"""

MOST_ROWS = 3 * 2**20
"""Rows of all sheets; a sheet has at most 2^20, and a mark in the last one makes it so long."""

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
"""How a cell begins in the XML of a sheet."""

_BLANK: list[str] = []
"""A row without cells, shared by all such rows."""

_SERIALS = range(1, 2_958_466)
"""Days that a workbook can count, up to the year 9999."""


def read_records(path: Path, place: str) -> dict[str, Records]:
    """Every sheet by its title. Raises BadInput if the file is no workbook."""
    data = _without_lies(read_bytes(path, place), place)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return dict(_sheets(data, place))
    except BadInput:
        raise
    except Exception as error:  # openpyxl lets through whatever it meets in a damaged file
        raise _damaged(place) from error


def _without_lies(data: bytes, place: str) -> bytes:
    """The workbook, whose parts are no larger than they say. Raises BadInput if it is none."""
    if data.startswith(_OLD_OR_LOCKED):
        says = (
            "the workbook is locked by a password or of an old kind; save it as .xlsx without one"
        )
        raise BadInput([Fault(place, says)])
    parts = unpacked(data, place, damaged=_damaged(place))
    _refuse_many(_written(parts), place)
    return repacked(parts)


def _written(parts: Mapping[str, bytes]) -> int:
    """How many cells there are, without those left out; to read them would take long."""
    sheets = (part for name, part in parts.items() if "worksheets/" in name)
    return sum(1 for sheet in sheets for _ in _CELL.finditer(sheet))


def _refuse_many(cells: int, place: str) -> None:
    if cells > MOST_CELLS:
        raise BadInput([Fault(place, f"its sheets have more than {MOST_CELLS:,} cells")])


def _damaged(place: str) -> BadInput:
    return BadInput([Fault(place, "this is not an .xlsx workbook, or it is damaged")])


def _sheets(data: bytes, place: str) -> Iterator[tuple[str, Records]]:
    import openpyxl  # slow to start, and only workbooks need it

    values, formulas = (
        openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
        for data_only in (True, False)
    )
    rows = cells = 0
    for sheet, same in zip(values.worksheets, formulas.worksheets, strict=True):
        sheet.reset_dimensions()
        same.reset_dimensions()
        records: Records = []
        for record in _records(sheet, same, values.epoch):
            records.append(record or _BLANK)
            rows, cells = rows + 1, cells + len(record)
            _refuse_many(cells, place)
            if rows > MOST_ROWS:
                raise BadInput([Fault(place, f"its sheets have more than {MOST_ROWS:,} rows")])
        yield sheet.title, records


def _records(sheet: Any, formulas: Any, epoch: datetime) -> Iterator[list[str]]:
    for cells, same in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        yield [_text(cell, formula, epoch) for cell, formula in zip(cells, same, strict=True)]


def _text(cell: Any, formula: Any, epoch: datetime) -> str:
    """The cell's value as a CSV file would hold it; of a formula never worked out, the formula."""
    value = cell.value
    if value is None:
        return _formula(formula.value) if formula.data_type == "f" else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, epoch)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _formula(value: Any) -> str:
    return f"={str(getattr(value, 'text', value)).lstrip('=')}"


def _number(value: float, epoch: datetime) -> Number:
    from openpyxl.utils.datetime import from_excel

    if not float(value).is_integer():
        return Number(str(value), None)
    day = from_excel(int(value), epoch).date() if value in _SERIALS else None
    return Number(str(int(value)), day)
