"""Formats of numbers that make people see something else than the number: 60%, or 0101."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rota.reading.spreadsheets.part import Hand

_PERCENT_IDS = {"9": "0%", "10": "0.00%"}
"""Formats with a percent sign that every workbook has without telling them."""

_DIGITS = re.compile("0{2,}")
"""Shows a whole number with so many digits, zeros before it."""

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""Parts of a format that stand for themselves."""


class FormatsHand(Hand):
    """Takes down the format of each style of a cell."""

    def __init__(self) -> None:
        self._codes = dict(_PERCENT_IDS)
        self._ids: list[str] = []
        self._is_inside = False

    def open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "numFmt":
            self._codes[attributes["numFmtId"]] = attributes["formatCode"]
        elif tag == "cellXfs":
            self._is_inside = True
        elif tag == "xf" and self._is_inside:
            self._ids.append(attributes.get("numFmtId", "0"))

    def close(self, tag: str) -> None:
        if tag == "cellXfs":
            self._is_inside = False

    @property
    def formats(self) -> Sequence[str]:
        """The format of each style, in their order; blank where it shows plain numbers."""
        return [self._codes.get(key, "") for key in self._ids]


def show_number_as(value: str, code: str) -> str:
    """What people see of a number with the format, if that is read otherwise; mostly nothing."""
    code = _QUOTED.sub("", code).partition(";")[0]
    if code.endswith("%"):
        return format_percentage(value)
    if _DIGITS.fullmatch(code) and value.isdecimal():
        return value.zfill(len(code))
    return ""


def format_percentage(value: str) -> str:
    """The number with a percent sign."""
    return f"{round(100 * float(value), 6):g}%"
