"""The kinds of cell: what each allows, in words, and how its text becomes a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

from rota.domain import HOME, WEEKDAYS
from rota.reading.near import near

T_co = TypeVar("T_co", covariant=True)

FIRST_YEAR, LAST_YEAR = 1950, 2150
LONGEST_TEXT = 1000

FEW = 5
"""Numbers of a range that are told one by one."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BRITISH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Number(str):
    """The text of a number cell in a workbook, where a date may be stored as a count of days."""

    day: date | None

    def __new__(cls, text: str, day: date | None) -> Number:
        number = super().__new__(cls, text)
        number.day = day
        return number


class Trouble(NamedTuple):
    """A value that does not fit; `says` where "is not" what the cell allows would not do."""

    value: str
    says: str | None = None
    maybe: str | None = None


class Unfit(Exception):  # noqa: N818, it is no error of the program
    """Raised by the `read` of a cell."""

    def __init__(self, *troubles: Trouble) -> None:
        super().__init__(*troubles)
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class Cell(Generic[T_co]):
    """A kind of cell; `allows` ends a sentence such as "two is not …".

    `choices` are all the texts there are for it, where they are few.
    """

    allows: str
    read: Callable[[str], T_co]
    choices: tuple[str, ...] = ()


def whole_number(least: int, most: int) -> Cell[int]:
    """A whole number, both ends included."""

    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            _unfit(text)
        return int(text)

    few = range(least, most + 1) if most - least < FEW else ()
    return Cell(f"a whole number from {least} to {most}", read, tuple(map(str, few)))


def one_of(choices: Sequence[str]) -> Cell[str]:
    """One of a few words, in capitals or not; the value is spelt as in the choices."""
    spelling = {choice.casefold(): choice for choice in choices}

    def read(text: str) -> str:
        choice = spelling.get(text.casefold())
        if choice is None:
            _unfit(text, maybe=near(text, choices))
        return choice

    return Cell(f"one of {', '.join(choices)}", read, tuple(choices))


def several(cell: Cell[str]) -> Cell[tuple[str, ...]]:
    """Values separated by semicolons; one told twice counts once."""

    def read(text: str) -> tuple[str, ...]:
        parts = (part.strip() for part in text.split(";"))
        return tuple(dict.fromkeys(_each(cell, [part for part in parts if part])))

    return Cell(f"{cell.allows}, or several separated by ;", read)


def a_set(cell: Cell[str]) -> Cell[frozenset[str]]:
    """Values separated by semicolons, in any order."""
    values = several(cell)
    return Cell(values.allows, lambda text: frozenset(values.read(text)))


def _each(cell: Cell[str], parts: Sequence[str]) -> list[str]:
    """Every part read, or one Unfit with the troubles of all."""
    values: list[str] = []
    troubles: list[Trouble] = []
    for part in parts:
        try:
            values.append(cell.read(part))
        except Unfit as unfit:
            troubles.extend(unfit.troubles)
    if troubles:
        raise Unfit(*troubles)
    return values


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        _unfit(text, says=f"has more than {LONGEST_TEXT} characters")
    return str(text)


def _name(text: str) -> str:
    if ";" in text:
        _unfit(text, says="holds a ; but ; separates values")
    return _text(text)


def _site(text: str) -> str:
    return HOME.name if text.casefold() == HOME.name else _name(text)


def _email(text: str) -> str:
    return text if _EMAIL.fullmatch(text) else _unfit(text)


def _yes(text: str) -> bool:
    return _YES_OR_NO.read(text) == "yes"


def _date(text: str) -> date:
    day = text.day if isinstance(text, Number) else _written_date(text)
    if day is None:
        _unfit(text, maybe=_perhaps_date(text))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        _unfit(text, says=f"is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day


def _written_date(text: str) -> date | None:
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _BRITISH.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _perhaps_date(text: str) -> str | None:
    """A date followed by a time of day, or a date with its month before its day."""
    if _written_date(text[:10]):
        return text[:10]
    match = _BRITISH.fullmatch(text)
    swapped = match and "{1}/{0}/{2}".format(*match.groups())
    return swapped if swapped and _written_date(swapped) else None


def _working_days(text: str) -> frozenset[int]:
    names = [name for name in re.split(r"[\s;,]+", text) if name]
    if not names:
        _unfit(text)
    return frozenset(WEEKDAYS.index(name) for name in _each(_WEEKDAY, names))


def _when(text: str) -> date | int:
    if text.title() in WEEKDAYS:
        return WEEKDAYS.index(text.title())
    try:
        return _date(text)
    except Unfit as unfit:
        maybe = unfit.troubles[0].maybe or near(text, WEEKDAYS)
        raise Unfit(unfit.troubles[0]._replace(maybe=maybe)) from None


def _unfit(text: str, *, says: str | None = None, maybe: str | None = None) -> NoReturn:
    raise Unfit(Trouble(text, says, maybe))


_YES_OR_NO = one_of(("yes", "no"))
_WEEKDAY = one_of(WEEKDAYS)

ANY_TEXT = Cell("text", lambda text: text)
TEXT = Cell("text", _text)
NAME = Cell("a name", _name)
SITE = Cell("a site", _site)
EMAIL = Cell("an e-mail address", _email)
YES_OR_NO = Cell("yes or no", _yes, _YES_OR_NO.choices)
DATE = Cell("a date (2027-01-04 or 04/01/2027)", _date)
WORKING_DAYS = Cell(_WEEKDAY.allows, _working_days)
WHEN = Cell(f"{DATE.allows} or {_WEEKDAY.allows}", _when)

AnyCell = Cell[Any]
