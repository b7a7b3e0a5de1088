"""The parts of an .ods workbook: what is in each sheet besides values."""

from __future__ import annotations

from collections.abc import Mapping

from rota.reading.spreadsheets.formats import format_percentage
from rota.reading.spreadsheets.outline import Outline
from rota.reading.spreadsheets.part import Hand, Walk

CONTENT, MIMETYPE = "content.xml", "mimetype"

MANIFEST = "meta-inf/manifest.xml"
LOCKED = b"encryption-data"
"""Stands in the manifest of a workbook that is locked by a password."""

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "

_HIDDEN = ("collapse", "filter")
_CELLS = ("table-cell", "covered-table-cell")


def look_through(parts: Mapping[str, bytes], walk: Walk) -> list[Outline]:
    """The outline of each sheet, in the workbook's order; every part is gone through once.

    Raises BadInput where they are too much to be read, and KeyError, ValueError or ExpatError
    where they are damaged.
    """
    content = _ContentHand()
    walk.go_through(CONTENT, parts[CONTENT], content)
    for name, data in parts.items():
        if name not in (CONTENT, MIMETYPE):
            walk.go_through(name, data)
    return content.outlines


class _ContentHand(Hand):
    """Takes down the outlines of all sheets; a row or cell may stand for many of its kind."""

    def __init__(self) -> None:
        self.outlines: list[Outline] = []
        self._row = self._rows = self._column = self._columns = 0
        self._is_hidden = self._is_filled = False
        self._error: str | None = None
        self._notes = 0

    def open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self.outlines.append(Outline(attributes[f"{_TABLE}name"]))
            self._row = self._rows = self._column = self._columns = 0
        elif tag == "table-column":
            self._begin_column(attributes)
        elif tag == "table-row":
            self._begin_row(attributes)
        elif tag in _CELLS:
            self._begin_cell(attributes)
        elif tag == "annotation":
            self._notes += 1

    def hold(self, text: str) -> None:
        if self._error is not None and not self._notes:
            self._error += text

    def close(self, tag: str) -> None:
        if tag in _CELLS:
            if self._error is not None:
                self._show(self._error.strip())
            self._error = None
        elif tag == "table-row" and self._is_hidden and self._is_filled:
            self._outline.hide_rows(self._row, self._row + self._rows - 1)
        elif tag == "annotation":
            self._notes -= 1

    @property
    def _outline(self) -> Outline:
        return self.outlines[-1]

    def _begin_column(self, attributes: Mapping[str, str]) -> None:
        first = self._columns + 1
        self._columns += int(attributes.get(f"{_TABLE}number-columns-repeated", 1))
        if attributes.get(f"{_TABLE}visibility") in _HIDDEN:
            self._outline.hide_columns(first, self._columns)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row += self._rows or 1
        self._rows = int(attributes.get(f"{_TABLE}number-rows-repeated", 1))
        self._column = self._columns = 0
        self._is_hidden = attributes.get(f"{_TABLE}visibility") in _HIDDEN
        self._is_filled = False

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._column += self._columns or 1
        self._columns = int(attributes.get(f"{_TABLE}number-columns-repeated", 1))
        formula = attributes.get(f"{_TABLE}formula")
        if f"{_OFFICE}value-type" in attributes:
            self._hold()
            if attributes.get(f"{_CALC}value-type") == "error":
                self._error = ""
            elif attributes[f"{_OFFICE}value-type"] == "percentage":
                self._show(format_percentage(attributes[f"{_OFFICE}value"]))
        elif formula is not None:
            self._hold()
            self._show(f"={formula.partition('=')[2]}")

    def _hold(self) -> None:
        self._is_filled = True
        self._outline.hold(self._row, self._column, rows=self._rows, columns=self._columns)

    def _show(self, text: str) -> None:
        if not self._outline.is_too_large:
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + self._columns):
                    self._outline.shown_texts[row, column] = text
