"""The parts of an .xlsx workbook: which holds which sheet, and what is in it besides values."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rota.reading.spreadsheets.formats import FormatsHand, show_number_as
from rota.reading.spreadsheets.outline import Outline
from rota.reading.spreadsheets.part import Hand, Walk

ROOT = "_rels/.rels"
"""The part that tells which part is the workbook, and so tells that this is one."""

_WORKBOOK, _STYLES = "/officeDocument", "/styles"
"""How the kinds of relations end, to the workbook and to the styles of its cells."""

_TRUE = ("1", "true")
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
"""The name of a cell, such as AB12."""

_TEXTS = {"v", "f"}
"""Elements of a cell whose text is looked at: its value and its formula."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The outline of each sheet in the workbook's order, and whether days count from 1904."""

    outlines: list[Outline]
    counts_from_1904: bool = False


def look_through(parts: Mapping[str, bytes], walk: Walk) -> Contents:
    """What is in the parts, by their names in small letters, each of which is gone through once.

    Raises BadInput where they are too much to be read, and KeyError, ValueError or ExpatError
    where they are damaged.
    """
    root, book = _RelationsHand(""), _BookHand()
    walk.go_through(ROOT, parts[ROOT], root)
    workbook = next(part for kind, part in root.parts.values() if kind.endswith(_WORKBOOK))
    folder, name = posixpath.split(workbook)
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    walk.go_through(workbook, parts[workbook], book)
    related = _RelationsHand(folder)
    walk.go_through(relations, parts[relations], related)
    sheets = [(title, related.parts[key][1]) for title, key in book.sheets]
    styles = next((part for kind, part in related.parts.values() if kind.endswith(_STYLES)), "")
    looks = FormatsHand()
    if styles in parts:
        walk.go_through(styles, parts[styles], looks)
    hands = {part: _SheetHand(Outline(title), looks.formats) for title, part in sheets}
    for name, data in parts.items():
        if name not in (ROOT, workbook, relations, styles):
            walk.go_through(name, data, hands.get(name))
    return Contents([hands[part].outline for _, part in sheets], book.counts_from_1904)


class _BookHand(Hand):
    """Takes down the titles of the sheets with the keys of their parts."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.counts_from_1904 = False

    def open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            key = next(value for name, value in attributes.items() if name.endswith(" id"))
            self.sheets.append((attributes["name"], key))
        elif tag == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in _TRUE


class _RelationsHand(Hand):
    """Takes down the kind and the part of each key, in small letters, as seen from a folder."""

    def __init__(self, folder: str) -> None:
        self.parts: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship":
            target = posixpath.join("/", self._folder, attributes["Target"].lower())
            part = posixpath.normpath(target).lstrip("/")
            self.parts[attributes["Id"]] = attributes["Type"], part


class _SheetHand(Hand):
    """Takes down the outline of one sheet. Most of what it meets may be blank cells."""

    def __init__(self, outline: Outline, formats: Sequence[str]) -> None:
        self.outline = outline
        self._formats = formats
        self._style = 0
        self._row = 0
        self._is_hidden = False
        self._named, self._since = "", 0
        self._kind: str | None = None
        self._texts: dict[str, str] = {}
        self._inside = ""

    def open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            self._kind = attributes.get("t", "n")
            self._style = int(attributes.get("s", 0))
            self._texts = {}
            if place := attributes.get("r"):
                self._named, self._since = place, 0
            else:
                self._since += 1
        elif self._kind is not None:
            self._inside = tag
            self._texts.setdefault(tag, "")
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "col" and _is_hidden(attributes, size="width"):
            self.outline.hide_columns(int(attributes["min"]), int(attributes["max"]))

    def hold(self, text: str) -> None:
        if self._inside in _TEXTS:
            self._texts[self._inside] += text

    def close(self, tag: str) -> None:
        self._inside = ""
        if tag == "c":
            if self._texts:
                self._end_cell()
            self._kind = None

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._named, self._since = "", 0
        self._is_hidden = _is_hidden(attributes, size="ht")

    def _end_cell(self) -> None:
        place = self._place()
        if text := self._without_value() or self._as_shown():
            self.outline.shown_texts[place] = text
        if text or self._texts.keys() & {"v", "t"}:
            self.outline.hold(*place)
            if self._is_hidden:
                self.outline.hide_rows(place[0], place[0])

    def _place(self) -> tuple[int, int]:
        if not self._named:
            return self._row, self._since
        match = _PLACE.fullmatch(self._named)
        if match is None:
            raise ValueError(f"{self._named} names no cell")
        return int(match[2]), _compute_column_number(match[1]) + self._since

    def _without_value(self) -> str:
        """The error or the formula that the cell shows in place of a value; mostly none."""
        value = self._texts.get("v", "")
        if self._kind == "e":
            return value
        if "f" in self._texts and not value and self._kind != "str":
            return f"={self._texts['f']}"
        return ""

    def _as_shown(self) -> str:
        """What people see of the number that the cell holds, if it is read otherwise."""
        value = self._texts.get("v", "")
        if self._kind != "n" or not value or self._style >= len(self._formats):
            return ""
        return show_number_as(value, self._formats[self._style])


def _is_hidden(attributes: Mapping[str, str], *, size: str) -> bool:
    """Whether a row or a column is hidden, or has no size, which looks the same."""
    return attributes.get("hidden") in _TRUE or float(attributes.get(size, 1)) == 0


def _compute_column_number(letters: str) -> int:
    """The number of the column with these letters; A is 1."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
