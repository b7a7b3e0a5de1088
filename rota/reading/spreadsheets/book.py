"""A workbook in a file, .xlsx or .ods, with the cells of its sheets as text."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from rota.errors import BadInput, Fault
from rota.reading.archive import repack, unpack
from rota.reading.file_bytes import read_bytes
from rota.reading.spreadsheets import ods, xlsx
from rota.reading.spreadsheets.outline import Outline, refuse_large
from rota.reading.spreadsheets.part import Walk
from rota.reading.spreadsheets.values import format_value
from rota.reading.spreadsheets.xlsx import Contents

SUFFIXES = (".xlsx", ".ods")

Records = list[list[str]]

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_READ = (".xml", ".rels", ods.MIMETYPE)
"""How the names of parts end that are read; pictures, macros and archives are left out."""

_TROUBLES = (ExpatError, CalamineError, LookupError, StopIteration, ValueError)
"""What a damaged workbook raises."""

_BLANK: list[str] = []
"""A row without cells, shared by all such rows."""


@dataclass(frozen=True, slots=True)
class BookSheet:
    """The cells of a sheet as text, and what of it is hidden, rows and columns counted from 1."""

    records: Records
    is_hidden: bool
    hidden_rows: Set[int]
    hidden_columns: Set[int]


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a workbook, each of which is read when it is asked for."""

    place: str
    contents: Contents
    library: Any
    damaged: BadInput

    @property
    def titles(self) -> Sequence[str]:
        """The titles of all sheets, in the workbook's order."""
        return [outline.title for outline in self.contents.outlines]

    def sheet(self, title: str) -> BookSheet:
        """The first sheet with the title. Raises BadInput if it is damaged."""
        index = self.titles.index(title)
        outline = self.contents.outlines[index]
        try:
            rows = self.library.get_sheet_by_index(index).to_python(skip_empty_area=False)
        except CalamineError as error:
            raise self.damaged from error
        visible = self.library.sheets_metadata[index].visible
        return BookSheet(
            _build_records(rows, outline, self.contents),
            visible != SheetVisibleEnum.Visible,
            outline.hidden_rows,
            outline.hidden_columns,
        )


def read_book(path: Path, place: str) -> Book:
    """The workbook. Raises BadInput if the file is none, or holds too much to be read."""
    data = read_bytes(path, place)
    if data.startswith(_OLD_OR_LOCKED):
        raise _build_old_or_locked_error(place)
    damaged = BadInput(
        [Fault(place, f"this is not an {path.suffix.lower()} workbook, or it is damaged")]
    )
    parts = _unpack_parts(data, place, damaged)
    try:
        contents = _look_through(parts, place)
        refuse_large(contents.outlines, place)
        return Book(place, contents, _load_with_library(parts, contents), damaged)
    except _TROUBLES as error:
        raise damaged from error


def _unpack_parts(data: bytes, place: str, damaged: BadInput) -> Mapping[str, bytes]:
    """The parts that are read, by their names, no larger than they say."""
    files = unpack(data, place, damaged=damaged)
    return {name: data for name, data in files.items() if name.lower().endswith(_READ)}


def _look_through(parts: Mapping[str, bytes], place: str) -> Contents:
    small = {name.replace("\\", "/").lower(): data for name, data in parts.items()}
    if len(small) < len(parts):
        raise ValueError("two parts have one name")
    walk = Walk(place)
    if xlsx.ROOT in small:
        return xlsx.look_through(small, walk)
    if ods.LOCKED in small.get(ods.MANIFEST, b""):
        raise _build_old_or_locked_error(place)
    return Contents(ods.look_through(small, walk))


def _load_with_library(parts: Mapping[str, bytes], contents: Contents) -> Any:
    """The workbook as the library sees it, which has to be what was looked through."""
    library = CalamineWorkbook.from_filelike(io.BytesIO(repack(parts)))
    if library.sheet_names != [outline.title for outline in contents.outlines]:
        raise ValueError("the library finds other sheets")
    return library


def _build_records(rows: Sequence[Sequence[Any]], outline: Outline, contents: Contents) -> Records:
    from_1904 = contents.counts_from_1904
    records = [
        _BLANK
        if row.count("") == len(row)
        else [format_value(value, counts_from_1904=from_1904) for value in row]
        for row in rows
    ]
    for (row, column), text in outline.shown_texts.items():
        _put(records, row, column, text)
    return records


def _put(records: Records, row: int, column: int, text: str) -> None:
    """Write the text at the place, after blank rows and cells where there are none yet."""
    records.extend(_BLANK for _ in range(row - len(records)))
    cells = records[row - 1] = records[row - 1] or []
    cells.extend("" for _ in range(column - len(cells)))
    cells[column - 1] = text


def _build_old_or_locked_error(place: str) -> BadInput:
    sentence = (
        "the workbook is locked by a password or of an old kind; save it as .xlsx without one"
    )
    return BadInput([Fault(place, sentence)])
