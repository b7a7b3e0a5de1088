"""On which days an officer works, and why not on the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property

from rota.domain import (
    FRIDAY,
    WHOLE_DAY,
    Away,
    Officer,
    Unit,
    common_part,
    has_half,
    in_words,
    list_halves,
    name_part,
)
from rota.reading import list_bank_holidays
from rota.remarks.causes import (
    AWAY,
    BANK_HOLIDAY,
    LEFT,
    NOT_YET,
    OFF,
    OFF_THAT_HALF,
    OFF_THAT_WEEK,
    WEEKEND,
    Cause,
)

Span = tuple[date, date]
"""The first and the last of some days."""


class Workdays:
    """The working days of a unit's officers, asked for one by one."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._holidays: dict[int, frozenset[date]] = {}

    @cached_property
    def officers(self) -> Mapping[str, Officer]:
        """The officers by staff number."""
        return {officer.staff_no: officer for officer in self._unit.officers}

    def find_cause_for_nobody(self, day: date) -> Cause | None:
        """Why nobody at all works on the day; None where somebody may."""
        if day.weekday() > FRIDAY:
            return WEEKEND
        return BANK_HOLIDAY if day in self._bank_holidays(day.year) else None

    def find_cause(self, officer: Officer, day: date, part: str = WHOLE_DAY) -> Cause | None:
        """Why the officer works nothing of that part of the day; None where they do."""
        causes = [self._find_cause_of_half(officer, day, half) for half in list_halves(part)]
        if None in causes:
            return None
        return AWAY if AWAY in causes else causes[0]

    def find_cause_to_miss(self, officer: Officer, day: date, part: str) -> Cause | None:
        """Why the officer does not work all of that part of the day; None where they do."""
        causes = (self._find_cause_of_half(officer, day, half) for half in list_halves(part))
        return next(filter(None, causes), None)

    def _find_cause_of_half(self, officer: Officer, day: date, half: str) -> Cause | None:
        cause = self.find_cause_for_nobody(day) or self.find_lasting_cause(officer, day, half)
        if cause is not None:
            return cause
        is_away = any(
            spell.first <= day <= spell.last and has_half(spell.part, half)
            for spell in self._away.get(officer.staff_no, ())
        )
        return AWAY if is_away else None

    def find_lasting_cause(
        self, officer: Officer, day: date, part: str = WHOLE_DAY
    ) -> Cause | None:
        """Why the officer would work nothing of that part even if they were not away."""
        if day < officer.start_date:
            return NOT_YET
        if not officer.is_employed(day):
            return LEFT
        worked = officer.find_part_worked(day)
        if worked is None:
            return OFF_THAT_WEEK if day.weekday() in officer.working_days.weekdays else OFF
        return OFF_THAT_HALF if common_part(part, worked) is None else None

    def find_causes_for_all(
        self, officer: Officer, parts: Iterable[tuple[date, str]]
    ) -> set[Cause]:
        """Why the officer works in none of the parts of days; nothing where they work in one."""
        causes = set()
        for day, part in parts:
            cause = self.find_cause(officer, day, part)
            if cause is None:
                return set()
            causes.add(cause)
        return causes

    def _bank_holidays(self, year: int) -> frozenset[date]:
        if year not in self._holidays:
            self._holidays[year] = list_bank_holidays(date(year, 1, 1), date(year, 12, 31))
        return self._holidays[year]

    @cached_property
    def _away(self) -> Mapping[str, list[Away]]:
        away: dict[str, list[Away]] = defaultdict(list)
        for spell in self._unit.away:
            away[spell.staff_no].append(spell)
        return away


def list_days(span: Span) -> Iterator[date]:
    """Every day of the span."""
    first, last = span
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def say_date(day: date) -> str:
    """The date with its weekday, such as Saturday 9 January 2027."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def say_part(day: date, part: str) -> str:
    """The date or half of it, such as on the morning of Monday 4 January 2027."""
    return in_words(name_part(day, part))
