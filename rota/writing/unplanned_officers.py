"""Who waits to be planned, in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from rota.domain import (
    HALVES_A_DAY,
    HalfDay,
    Officer,
    Problem,
    count_days,
    in_words,
    name_part,
)
from rota.rules.finding_sentences import Count


@dataclass(frozen=True, slots=True)
class UnplannedOfficer:
    """An officer and the days after today on which they would work, but have no seat.

    Of some of the days it may be half of which that is so.
    """

    officer: Officer
    parts: tuple[date | HalfDay, ...]

    @property
    def says(self) -> str:
        """Who it is, and how many days between which."""
        if len(self.parts) == 1:
            return f"{self.officer} {in_words(self.parts[0])}"
        first, last = in_words(self.parts[0]), in_words(self.parts[-1])
        return f"{self.officer} on {self._count:day}, from {first[3:]} to {last[3:]}"

    @property
    def days(self) -> tuple[date, ...]:
        """The dates on which there is something to plan."""
        return tuple(part.date if isinstance(part, HalfDay) else part for part in self.parts)

    @property
    def _count(self) -> Count:
        halves = (1 if isinstance(part, HalfDay) else HALVES_A_DAY for part in self.parts)
        return Count(count_days(sum(halves)))


def list_unplanned_officers(problem: Problem) -> tuple[UnplannedOfficer, ...]:
    """Everybody who waits to be planned after today, by name."""
    parts: dict[str, list[date | HalfDay]] = defaultdict(list)
    for staff_no, day, part in sorted(problem.not_planned):
        if day > problem.today:
            parts[staff_no].append(name_part(day, part))
    waiting = (
        UnplannedOfficer(problem.officers[staff_no], tuple(officer_parts))
        for staff_no, officer_parts in parts.items()
    )
    return tuple(sorted(waiting, key=lambda entry: (entry.officer.name, entry.officer.staff_no)))
