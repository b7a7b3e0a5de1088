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

_NUMBER_WITH_ZEROS = re.compile(r"([0-9]+)\.0+")

NO_VALUE = frozenset(
    ("-", "--", "\N{EN DASH}", "\N{EM DASH}", "n/a", "n.a.", "na", "none", "nil", "null")
)
"""What people write into a cell that they mean to leave blank, in capitals or not."""


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


def one_of(choices: Sequence[str]) -> Cell[str]:
    """One of a few words, in capitals or not; the value is spelt as in the choices."""
    spelling = {choice.casefold(): choice for choice in choices}

    def read(text: str) -> str:
        choice = spelling.get(text.casefold())
        if choice is None:
            refuse(text, maybe=guess_name(text, choices))
        return choice

    return Cell(f"one of {', '.join(choices)}", read, tuple(choices))


def several(cell: Cell[str]) -> Cell[tuple[str, ...]]:
    """Values separated by semicolons; one that stands twice counts once."""

    def read(text: str) -> tuple[str, ...]:
        parts = (part.strip() for part in text.split(";"))
        return tuple(dict.fromkeys(read_each(cell, [part for part in parts if part])))

    return Cell(f"{cell.allows}, or several separated by ;", read)


def a_set(cell: Cell[str]) -> Cell[frozenset[str]]:
    """Values separated by semicolons, in any order."""
    values = several(cell)
    return Cell(values.allows, lambda text: frozenset(values.read(text)))


def read_each(cell: Cell[str], parts: Sequence[str]) -> list[str]:
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


def _read_text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        refuse(text, reason=f"has more than {LONGEST_TEXT} characters")
    return str(text)


def _read_name(text: str) -> str:
    if ";" in text:
        refuse(text, reason="holds a ; but ; separates values")
    return _read_text(text)


def _read_site(text: str) -> str:
    return HOME.name if text.casefold() == HOME.name else _read_name(text)


def _read_staff_no(text: str) -> str:
    """A staff number; a spreadsheet may have taken it for a number with decimals."""
    match = _NUMBER_WITH_ZEROS.fullmatch(text)
    return match[1] if match else _read_name(text)


def _read_email(text: str) -> str:
    if is_address(text):
        return text
    addresses = find_addresses(text)
    if len(addresses) > 1:
        refuse(text, reason="holds more than one address; messages go to one")
    return refuse(text, maybe=addresses[0] if addresses else None)


def _read_yes_or_no(text: str) -> bool:
    return _YES_OR_NO.read(_YES_AND_NO.get(text.casefold(), text)) == "yes"


def _read_date(text: str) -> date:
    day = text.day if isinstance(text, Number) else read_date(text)
    if day is None:
        refuse(text, maybe=guess_date(text))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        refuse(text, reason=f"is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day


def _read_date_or_weekdays(text: str) -> date | frozenset[int]:
    weekdays = _EVERY.sub("", text)
    names = find_names(weekdays)
    if any(read_weekday(name) is not None for name in names) and not _DIGIT.search(text):
        return frozenset(WEEKDAYS.index(name) for name in read_each(WEEKDAY, names))
    try:
        return _read_date(text)
    except Unfit as unfit:
        maybe = unfit.troubles[0].maybe or guess_all_weekdays(text) or guess_weekday(weekdays)
        raise Unfit(unfit.troubles[0]._replace(maybe=maybe)) from None


def _read_weekday(text: str) -> str:
    day = read_weekday(text)
    return refuse(text, maybe=guess_weekday(text)) if day is None else WEEKDAYS[day]


def _read_when(text: str) -> date | int:
    day = read_weekday(_EVERY.sub("", text))
    if day is not None:
        return day
    try:
        return _read_date(text)
    except Unfit as unfit:
        maybe = unfit.troubles[0].maybe or guess_weekday(text)
        raise Unfit(unfit.troubles[0]._replace(maybe=maybe)) from None


def refuse(text: str, *, reason: str | None = None, maybe: str | None = None) -> NoReturn:
    """Raise Unfit for the text of a cell."""
    raise Unfit(Trouble(text, reason, maybe))


_YES_OR_NO = one_of(("yes", "no"))
_YES_AND_NO = {
    **dict.fromkeys(("y", "true", "1"), "yes"),
    **dict.fromkeys(("n", "false", "0"), "no"),
}
"""Other ways to write yes and no."""

_DIGIT = re.compile(r"[0-9]")
_EVERY = re.compile(r"every\s+", re.IGNORECASE)
WEEKDAY = replace(one_of(WEEKDAYS), read=_read_weekday)

ANY_TEXT = Cell("text", lambda text: text)
TEXT = Cell("text", _read_text)
NAME = Cell("a name", _read_name)
STAFF_NO = Cell("a name", _read_staff_no)
SITE = Cell("a site", _read_site)
EMAIL = Cell("an e-mail address", _read_email)
YES_OR_NO = Cell("yes or no", _read_yes_or_no, _YES_OR_NO.choices, blanks=frozenset())
DATE = Cell("a date (2027-01-04 or 04/01/2027)", _read_date)
DATE_OR_WEEKDAYS = Cell(f"{DATE.allows}, or some of {', '.join(WEEKDAYS)}", _read_date_or_weekdays)
WHEN = Cell(f"{DATE.allows} or {WEEKDAY.allows}", _read_when)

AnyCell = Cell[Any]
