"""On which days an officer works, and why not on the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property

from rota.domain import (
    FRIDAY,
    HALF_NAMES,
    WHOLE_DAY,
    Appointment,
    Away,
    Days,
    Duty,
    Officer,
    TermsInPeriod,
    Unit,
    common_part,
    falls_on,
    has_half,
    in_words,
    list_halves,
    name_part,
)
from rota.reading import list_bank_holidays
from rota.remarks.causes import (
    AWAY,
    BANK_HOLIDAY,
    DAY_OFF,
    LEFT,
    NO_WORKDAY,
    NOT_ASKED,
    NOT_YET,
    OFF,
    OFF_THAT_HALF,
    OFF_THAT_WEEK,
    WEEKEND,
    Cause,
)

AHEAD = timedelta(weeks=53)
"""What has no end is looked at for so long."""

Span = tuple[date, date]
"""The first and the last of some days."""

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


class Workdays:
    """The working days of a unit's officers, asked for one by one."""

    def __init__(self, unit: Unit, days_off: Collection[date] = ()) -> None:
        self._unit = unit
        self._days_off = days_off
        self._holidays: dict[int, frozenset[date]] = {}

    @cached_property
    def officers(self) -> Mapping[str, Officer]:
        """The officers by staff number."""
        return {officer.staff_no: officer for officer in self._unit.officers}

    @cached_property
    def _terms(self) -> TermsInPeriod[Officer]:
        return self._unit.spread_officers(date.min, date.max)

    def find_cause_for_nobody(self, day: date) -> Cause | None:
        """Why nobody at all works on the day; None where somebody may."""
        if day.weekday() > FRIDAY:
            return WEEKEND
        if day in self._bank_holidays(day.year):
            return BANK_HOLIDAY
        return DAY_OFF if day in self._days_off else None

    def is_extra(self, day: date) -> bool:
        """Whether the day is an extra day: nobody works on it, and there is a duty."""
        return day in self._dates_with_duty and self.find_cause_for_nobody(day) is not None

    def find_cause_for_nobody_in(self, span: Span) -> Cause | None:
        """Why nobody at all works on any of the days; None where somebody may, or a duty is."""
        causes = set()
        for day in list_days(span):
            cause = self.find_cause_for_nobody(day)
            if cause is None or self.is_extra(day):
                return None
            causes.add(cause)
        return causes.pop() if len(causes) == 1 else NO_WORKDAY

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
        return AWAY if self._is_away(officer, day, half) else None

    def _is_away(self, officer: Officer, day: date, half: str) -> bool:
        return any(
            spell.first <= day <= spell.last and has_half(spell.part, half)
            for spell in self._away.get(officer.staff_no, ())
        )

    def find_cause_of_no_seat(self, officer: Officer, day: date, part: str) -> Cause | None:
        """Why the officer could have no seat in that part even if they were not away.

        None where they could, be it as an extra day.
        """
        if not self.is_extra(day):
            cause = self.find_cause_for_nobody(day)
            return cause or self.find_lasting_cause(officer, day, part)
        if officer.is_employed(day):
            may_be_asked = self._terms.find_on(officer.staff_no, day).takes_extra_days
            return None if may_be_asked else NOT_ASKED
        return NOT_YET if day < officer.start_date else LEFT

    def may_do_duty(self, officer: Officer, day: date, part: str) -> bool:
        """Whether the officer is there for some of that part of the day, also of an extra day."""
        return any(
            self.find_cause_of_no_seat(officer, day, half) is None
            and not self._is_away(officer, day, half)
            for half in list_halves(part)
        )

    def find_lasting_cause(
        self, officer: Officer, day: date, part: str = WHOLE_DAY
    ) -> Cause | None:
        """Why the officer would work nothing of that part even if they were not away."""
        if day < officer.start_date:
            return NOT_YET
        if not officer.is_employed(day):
            return LEFT
        terms = self._terms.find_on(officer.staff_no, day)
        worked = terms.find_part_worked(day)
        if worked is None:
            return OFF_THAT_WEEK if day.weekday() in terms.working_days.weekdays else OFF
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

    def list_dates(self, row: Duty[Days] | Appointment[Days], span: Span) -> tuple[date, ...]:
        """The dates that the row is on; of weekdays those from the span's first day on."""
        if isinstance(row.date, date):
            return (row.date,)
        first = max(row.first or span[0], span[0])
        last = min(row.last or date.max, max(span[1], first + AHEAD))
        return tuple(
            day
            for day in list_days((first, last))
            if falls_on(row, day) and self.find_cause_for_nobody(day) is None
        )

    def _bank_holidays(self, year: int) -> frozenset[date]:
        if year not in self._holidays:
            self._holidays[year] = list_bank_holidays(date(year, 1, 1), date(year, 12, 31))
        return self._holidays[year]

    @cached_property
    def _dates_with_duty(self) -> frozenset[date]:
        dates = (duty.date for duty in self._unit.duties)
        return frozenset(day for day in dates if isinstance(day, date))

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


def say_row_dates(row: Duty[Days] | Appointment[Days]) -> str:
    """When the row is, such as on Saturday 9 January 2027, or every Monday and Wednesday."""
    if isinstance(row.date, date):
        return say_part(row.date, row.part)
    names = [WEEKDAY_NAMES[day] for day in sorted(row.date)]
    weekdays = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    turn = f"{row.every} weeks on " if row.every and row.every > 1 else ""
    since = f" from {say_date(row.first)}" if row.first else ""
    until = f" to {say_date(row.last)}" if row.last else ""
    return f"every {turn}{weekdays}{say_half(row.part)}{since}{until}"


def say_date(day: date) -> str:
    """The date with its weekday, such as Saturday 9 January 2027."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def say_dates(first: date, last: date) -> str:
    """The date, or the first and the last of several, with the preposition before them."""
    if first == last:
        return f"on {say_date(first)}"
    start = f"{first.day}"
    if (first.year, first.month) != (last.year, last.month):
        start += f" {first:%B}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"from {start} to {last.day} {last:%B} {last.year}"


def say_part(day: date, part: str) -> str:
    """The date or half of it, such as on the morning of Monday 4 January 2027."""
    return in_words(name_part(day, part))


def say_half(part: str) -> str:
    """Which half of some days, as it stands after them; nothing for whole days."""
    return f" in the {HALF_NAMES[part]}" if part else ""
