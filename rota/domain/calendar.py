"""Dates, ISO weeks and planning periods, with no time of day and no time zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from rota.domain.parts import AM, PM

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
"""The days on which officers work, in the notation of the input files."""

MONDAY, FRIDAY = 0, 4

HALF_NAMES = {AM: "morning", PM: "afternoon"}
"""What people call the halves of a day."""

Days = date | frozenset[int]
"""One date, or weekdays by number, 0 for Monday."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week, named by its Monday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Week:
        """The ISO week that holds the day."""
        return cls(day - timedelta(days=day.weekday()))

    def __str__(self) -> str:
        """ISO 8601 notation, such as 2027-W01."""
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks from a Monday."""

    first: date
    weeks: int

    def __post_init__(self) -> None:
        if self.first.weekday() != MONDAY:
            raise ValueError(f"a period starts on a Monday; {self.first} is not one")
        if self.weeks < 1:
            raise ValueError(f"a period has at least 1 week, not {self.weeks}")

    @property
    def last(self) -> date:
        """The Sunday that ends the period."""
        return self.first + timedelta(weeks=self.weeks, days=-1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.has_days_of(other.first, other.last)

    def has_days_of(self, first: date, last: date) -> bool:
        """Whether a day of the period is among these dates, both included."""
        return self.first <= last and first <= self.last

    def weekdays(self) -> Iterator[date]:
        """Every Monday to Friday of the period, bank holidays and days off included."""
        return (day for day in self.days() if day.weekday() <= FRIDAY)

    def days(self) -> Iterator[date]:
        """Every day of the period."""
        return (self.first + timedelta(days=n) for n in range(7 * self.weeks))

    def __str__(self) -> str:
        """ISO 8601 notation, such as 2027-01-04/2027-01-31."""
        return f"{self.first}/{self.last}"


def find_monday_from(day: date) -> date:
    """The day, if it is a Monday, or the first Monday after it."""
    return Week.of(day + timedelta(days=6)).monday


class HalfDay(NamedTuple):
    """The morning or the afternoon of a date."""

    date: date
    half: str

    def __str__(self) -> str:
        """The date and the half as files have them, such as 2027-01-04 am."""
        return f"{self.date} {self.half}"


When = date | HalfDay | Week | Period
"""What a rule speaks of: a date or half of it, a week or the whole period."""


def name_part(day: date, part: str) -> date | HalfDay:
    """The date, or the half of it that the part is."""
    return HalfDay(day, part) if part else day


def in_words(when: When) -> str:
    """The date, week or period as it stands in a sentence, its preposition included."""
    match when:
        case Week(monday):
            return f"in the week of {_format_date(monday)}"
        case HalfDay(day, half):
            return f"on the {HALF_NAMES[half]} of {day:%A} {_format_date(day)}"
        case Period():
            return f"from {_format_date(when.first)} to {_format_date(when.last)}"
        case _:
            return f"on {when:%A} {_format_date(when)}"


def say_half(part: str) -> str:
    """When in the day it is, such as in the morning; blank for the whole day."""
    return f"in the {HALF_NAMES[part]}" if part else ""


def count_whole_months(first: date, last: date) -> int:
    """Whole calendar months from the first date to the last; negative if the first is later."""
    months = 12 * (last.year - first.year) + last.month - first.month
    return months - (last.day < first.day)


def _format_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
