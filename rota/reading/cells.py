"""The kinds of cell: what each allows, in words, and how its text becomes a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

from rota.domain import HOME, WEEKDAYS
from rota.reading.addresses import find_addresses, is_address
from rota.reading.dates import guess_date, read_date
from rota.reading.name_guesses import guess_name
from rota.reading.weekdays import find_names, guess_all_weekdays, guess_weekday, read_weekday

T_co = TypeVar("T_co", covariant=True)

FIRST_YEAR, LAST_YEAR = 1950, 2150
LONGEST_TEXT = 1000

FEW = 5
"""Numbers of a range that are told one by one."""

_WHOLE = re.compile(r"([+-]?[0-9]{1,9})(?:\.0+)?")
_PERCENT = re.compile(r"(\S*)\s*%")
_SHARE = re.compile(r"0?\.[0-9]{1,2}")
_NUMBER_WITH_ZEROS = re.compile(r"([0-9]+)\.0+")

NO_VALUE = frozenset(
    ("-", "--", "\N{EN DASH}", "\N{EM DASH}", "n/a", "n.a.", "na", "none", "nil", "null")
)
"""What people write into a cell that they mean to leave blank, in capitals or not."""

_NO_NUMBER = frozenset(("n/a", "n.a.", "na", "null"))
"""The same in a cell for a number, where none and a dash may mean 0 as well."""


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

    `choices` are all the texts there are for it, where they are few. Where the cell may be blank,
    the texts of `blanks` leave it so.
    """

    allows: str
    read: Callable[[str], T_co]
    choices: tuple[str, ...] = ()
    blanks: frozenset[str] = NO_VALUE


def whole_number(least: int, most: int) -> Cell[int]:
    """A whole number, both ends included."""

    def read(text: str) -> int:
        match = _WHOLE.fullmatch(text)
        if match is None or not least <= int(match[1]) <= most:
            maybe = _perhaps_number(text)
            _unfit(text, maybe=maybe if maybe and least <= int(maybe) <= most else None)
        return int(match[1])

    few = range(least, most + 1) if most - least < FEW else ()
    return Cell(
        f"a whole number from {least} to {most}", read, tuple(map(str, few)), blanks=_NO_NUMBER
    )


_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
"""A comma that parts thousands, and does not stand for a decimal point."""


def _perhaps_number(text: str) -> str | None:
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
            _unfit(text, maybe=f"{round(100 * float(share))}")
        match = _PERCENT.fullmatch(text)
        try:
            return number.read(match[1] if match else text)
        except Unfit as error:
            raise Unfit(*(trouble._replace(value=text) for trouble in error.troubles)) from None

    return replace(number, read=read)


def one_of(choices: Sequence[str]) -> Cell[str]:
    """One of a few words, in capitals or not; the value is spelt as in the choices."""
    spelling = {choice.casefold(): choice for choice in choices}

    def read(text: str) -> str:
        choice = spelling.get(text.casefold())
        if choice is None:
            _unfit(text, maybe=guess_name(text, choices))
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


def _staff_no(text: str) -> str:
    """A staff number; a spreadsheet may have taken it for a number with decimals."""
    match = _NUMBER_WITH_ZEROS.fullmatch(text)
    return match[1] if match else _name(text)


def _email(text: str) -> str:
    if is_address(text):
        return text
    found = find_addresses(text)
    if len(found) > 1:
        _unfit(text, says="holds more than one address; messages go to one")
    return _unfit(text, maybe=found[0] if found else None)


def _yes(text: str) -> bool:
    return _YES_OR_NO.read(_YES_AND_NO.get(text.casefold(), text)) == "yes"


def _date(text: str) -> date:
    day = text.day if isinstance(text, Number) else read_date(text)
    if day is None:
        _unfit(text, maybe=guess_date(text))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        _unfit(text, says=f"is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day


def _working_days(text: str) -> frozenset[int]:
    names = find_names(text)
    if not names or (maybe := guess_all_weekdays(text)):
        _unfit(text, maybe=maybe if names else None)
    return frozenset(WEEKDAYS.index(name) for name in _each(_WEEKDAY, names))


def _weekday(text: str) -> str:
    day = read_weekday(text)
    return _unfit(text, maybe=guess_weekday(text)) if day is None else WEEKDAYS[day]


def _when(text: str) -> date | int:
    day = read_weekday(_EVERY.sub("", text))
    if day is not None:
        return day
    try:
        return _date(text)
    except Unfit as unfit:
        maybe = unfit.troubles[0].maybe or guess_weekday(text)
        raise Unfit(unfit.troubles[0]._replace(maybe=maybe)) from None


def _unfit(text: str, *, says: str | None = None, maybe: str | None = None) -> NoReturn:
    raise Unfit(Trouble(text, says, maybe))


_YES_OR_NO = one_of(("yes", "no"))
_YES_AND_NO = {
    **dict.fromkeys(("y", "true", "1"), "yes"),
    **dict.fromkeys(("n", "false", "0"), "no"),
}
"""Other ways to write yes and no."""

_EVERY = re.compile(r"every\s+", re.IGNORECASE)
_WEEKDAY = replace(one_of(WEEKDAYS), read=_weekday)

ANY_TEXT = Cell("text", lambda text: text)
TEXT = Cell("text", _text)
NAME = Cell("a name", _name)
STAFF_NO = Cell("a name", _staff_no)
SITE = Cell("a site", _site)
EMAIL = Cell("an e-mail address", _email)
YES_OR_NO = Cell("yes or no", _yes, _YES_OR_NO.choices, blanks=frozenset())
DATE = Cell("a date (2027-01-04 or 04/01/2027)", _date)
WORKING_DAYS = Cell(_WEEKDAY.allows, _working_days)
WHEN = Cell(f"{DATE.allows} or {_WEEKDAY.allows}", _when)

AnyCell = Cell[Any]
