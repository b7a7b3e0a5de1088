"""One CSV file as a sheet."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from rota.errors import BadInput, Fault
from rota.reading.file_bytes import read_bytes
from rota.reading.sheet import Sheet
from rota.reading.spreadsheets import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = "save it as CSV UTF-8 (comma delimited)"


def read_csv(path: Path, place: str) -> Sheet:
    """The sheet in the file. Raises BadInput if it is no table of text."""
    return Sheet.of(place, _parse_records(_decode(read_bytes(path, place), place), place))


def _parse_records(text: str, place: str) -> Iterator[list[str]]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 1
    cells = 0
    try:
        for record in lines:
            cells += len(record) - record.count("")
            _refuse_large(place, row, len(record), cells)
            yield record
            row += 1
    except csv.Error as error:
        sentence = f"the row cannot be read as CSV ({error}); look at its quotation marks"
        raise BadInput([Fault(place, sentence, row=row)]) from error


def _refuse_large(place: str, row: int, columns: int, cells: int) -> None:
    """Raise BadInput for more than a sheet of a workbook can hold, or than is read of one."""
    if row > MOST_ROWS:
        sentence = f"the table has more than {MOST_ROWS:,} rows, and no more are read"
        raise BadInput([Fault(place, sentence)])
    if columns > MOST_COLUMNS:
        sentence = f"the row has {columns:,} cells, and no more than {MOST_COLUMNS:,} are read"
        raise BadInput([Fault(place, sentence, row=row)])
    if cells > MOST_CELLS:
        much = f"more than {MOST_CELLS:,} cells that hold something"
        sentence = f"the table has {much}, and no more are read"
        raise BadInput([Fault(place, sentence)])


def _decode(data: bytes, place: str) -> str:
    """The text, without a byte-order mark."""
    if data.startswith(_UTF_16_MARKS) or data.count(0) > len(data) // 4:
        raise BadInput([Fault(place, f"the text is in UTF-16, not UTF-8; {_SAVE_AS}")])
    if 0 in data:
        sentence = "the row holds a NUL byte, so this is not a CSV file or it is damaged"
        raise BadInput([Fault(place, sentence, row=_find_row(data, data.index(0)))])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = f"the text is not in UTF-8, perhaps in Windows-1252; {_SAVE_AS}"
        raise BadInput([Fault(place, sentence, row=_find_row(data, error.start))]) from error


def _find_row(data: bytes, index: int) -> int:
    return len(data[:index].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
