"""On which days of the week an officer works, perhaps by weeks in turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rota.domain.calendar import WEEKDAYS, Week
from rota.domain.parts import HALVES, WHOLE_DAY

_IN_TURN = "/"
"""What stands between weeks that take turns."""

_FREE_WEEK = "-"
"""What stands for a week in which no day is worked."""


@dataclass(frozen=True, slots=True)
class WorkingPattern:
    """The part worked of each weekday, for each week in turn; a weekday left out is free.

    A week is a tuple of weekdays by number, 0 for Monday, with the part worked of each, in order.
    """

    weeks: tuple[tuple[tuple[int, str], ...], ...]

    @classmethod
    def of_days(cls, weekdays: Iterable[int]) -> WorkingPattern:
        """The pattern of whole days that are the same in every week."""
        return cls((tuple((weekday, WHOLE_DAY) for weekday in sorted(weekdays)),))

    @classmethod
    def parse(cls, text: str) -> WorkingPattern:
        """The pattern in its own notation. Raises ValueError for any other."""
        return cls(tuple(_parse_week(week) for week in text.split(_IN_TURN)))

    def __str__(self) -> str:
        """The notation of the input files, such as Mon Tue Wed am / Mon Tue."""
        return f" {_IN_TURN} ".join(
            " ".join(f"{WEEKDAYS[weekday]} {part}".strip() for weekday, part in week) or _FREE_WEEK
            for week in self.weeks
        )

    def find_part(self, day: date, *, since: date) -> str | None:
        """The part worked of the day, None if it is free. `since` is in the first week."""
        week = self.weeks[self._count_weeks(since, day) % len(self.weeks)]
        for weekday, part in week:
            if weekday == day.weekday():
                return part
        return None

    def count_from(self, day: date, since: date) -> WorkingPattern:
        """The pattern with the week of the day as its first, where it is `since` that now is."""
        first = self._count_weeks(since, day) % len(self.weeks)
        return WorkingPattern((*self.weeks[first:], *self.weeks[:first]))

    def _count_weeks(self, since: date, day: date) -> int:
        if len(self.weeks) == 1:
            return 0
        return (Week.of(day).monday - Week.of(since).monday).days // 7

    @property
    def weekdays(self) -> frozenset[int]:
        """Every weekday of which some part is worked in some week."""
        return frozenset(weekday for week in self.weeks for weekday, _ in week)


FULL_TIME = WorkingPattern.of_days(range(len(WEEKDAYS)))
"""Every weekday, all day long."""


def _parse_week(text: str) -> tuple[tuple[int, str], ...]:
    parts: dict[int, str] = {}
    for word in text.replace(_FREE_WEEK, "").split():
        if word in HALVES and parts:
            parts[max(parts)] = word
        else:
            parts[WEEKDAYS.index(word)] = WHOLE_DAY
    return tuple(sorted(parts.items()))
