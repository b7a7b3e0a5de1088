"""The ways in which people write a date, of which none leaves open which is the month."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

_FIRST_OF_TWO_DIGITS = 50
"""A year of two digits is one of the hundred years from 1950 on: 50 is 1950, and 27 is 2027."""

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SHORTEST = 3
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:(?P<weekday>[A-Za-z]{3,9})\.?,?\s+)?"

_Parts = re.Match[str]

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_BRITISH = re.compile(
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?P<mark>[/.])(?P<month>[0-9]{{1,2}})(?P=mark)"
    r"(?P<year>[0-9]{4})"
)
_LETTERS = re.compile(
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?P<mark>[\s-]?)(?P<month>[A-Za-z]{{3,9}})"
    r"\.?,?(?P=mark)(?P<year>[0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_TIME = re.compile(r"[T\s][0-9]{1,2}:[0-9]{2}\S*")
_OTHERWISE = (
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{4})"),
    re.compile(r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})"),
)
"""Ways that are not read but tell what is perhaps meant."""


def read_date(text: str) -> date | None:
    """The date, or None where the text is none."""
    for way in (_ISO, _BRITISH, _LETTERS):
        if match := way.fullmatch(text):
            day = _build_date(match)
            return day if day is None or _is_on_its_weekday(match, day) else None
    return None


def guess_date(text: str) -> str | None:
    """The date that the text, which is none, was perhaps meant to be, as it would be read."""
    if (time := _TIME.search(text)) and read_date(text[: time.start()]):
        return text[: time.start()]
    for way in _OTHERWISE:
        if (match := way.fullmatch(text)) and (day := _build_date(match)):
            return _find_date_format(text)(day)
    match = _BRITISH.fullmatch(text) or _LETTERS.fullmatch(text)
    day = _build_date(match) if match else None
    return f"{day:%A} {day.day} {day:%B %Y}" if day else None


def _find_date_format(text: str) -> Callable[[date], str]:
    """How to write the date of the text: with the year first where that has it first."""
    if text[:4].isdigit():
        return date.isoformat
    if text[:1].isalpha():
        return lambda day: f"{day.day} {day:%b %Y}"
    return lambda day: f"{day:%d/%m/%Y}"


def _build_date(match: _Parts) -> date | None:
    month = _read_month(match["month"])
    if month is None:
        return None
    try:
        return date(_read_year(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


def _read_month(text: str) -> int | None:
    """The number of a month that is told by its number, its name or the beginning of that."""
    if text.isdigit():
        return int(text)
    return _find_begun_name(
        text.casefold().replace("sept", "sep") if len(text) == 4 else text, _MONTHS
    )


def _read_year(text: str) -> int:
    if len(text) > 2:
        return int(text)
    return int(text) + (1900 if int(text) >= _FIRST_OF_TWO_DIGITS else 2000)


def _is_on_its_weekday(match: _Parts, day: date) -> bool:
    """Whether the date falls on the weekday that stands before it, if one does."""
    weekday = match.groupdict().get("weekday")
    return not weekday or _find_begun_name(weekday, _DAYS) == day.weekday() + 1


def _find_begun_name(text: str, names: tuple[str, ...]) -> int | None:
    """The number, from 1, of the name that begins with the text, of three letters or more."""
    folded = text.casefold()
    months = [n for n, name in enumerate(names, start=1) if name.startswith(folded)]
    return months[0] if len(folded) >= _SHORTEST and months else None
