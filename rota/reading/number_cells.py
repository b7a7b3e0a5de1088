"""Cells for numbers: what they allow, in words, and how their texts become numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from rota.reading.cells import NO_VALUE, Cell, Unfit, refuse

FEW = 5
"""Numbers of a range that are told one by one."""

_WHOLE = re.compile(r"([+-]?[0-9]{1,9})(?:\.0+)?")
_PERCENT = re.compile(r"(\S*)\s*%")
_SHARE = re.compile(r"0?\.[0-9]{1,2}")

_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
"""A comma that parts thousands, and does not stand for a decimal point."""

_NO_NUMBER = frozenset(("n/a", "n.a.", "na", "null"))
"""What leaves a cell for a number blank, where none and a dash may mean 0 as well."""


def whole_number(least: int, most: int) -> Cell[int]:
    """A whole number, both ends included."""

    def read(text: str) -> int:
        match = _WHOLE.fullmatch(text)
        if match is None or not least <= int(match[1]) <= most:
            maybe = _guess_number(text)
            refuse(text, maybe=maybe if maybe and least <= int(maybe) <= most else None)
        return int(match[1])

    few = range(least, most + 1) if most - least < FEW else ()
    return Cell(
        f"a whole number from {least} to {most}", read, tuple(map(str, few)), blanks=_NO_NUMBER
    )


def _guess_number(text: str) -> str | None:
    """The number that was perhaps meant: without its thousands' commas, or for a dash, 0."""
    if text.casefold() in NO_VALUE - _NO_NUMBER:
        return "0"
    plain = _THOUSANDS.sub("", text)
    return plain if _WHOLE.fullmatch(plain) and plain != text else None


def percentage() -> Cell[int]:
    """A whole number of percent, with its sign or without."""
    number = whole_number(0, 100)

    def read(text: str) -> int:
        share = text.replace(",", ".")
        if _SHARE.fullmatch(share):
            refuse(text, maybe=f"{round(100 * float(share))}")
        match = _PERCENT.fullmatch(text)
        try:
            return number.read(match[1] if match else text)
        except Unfit as error:
            raise Unfit(*(trouble._replace(value=text) for trouble in error.troubles)) from None

    return replace(number, read=read)
