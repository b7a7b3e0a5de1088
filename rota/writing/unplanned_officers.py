"""Who waits to be planned, in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from rota.domain import Officer, Problem, in_words


@dataclass(frozen=True, slots=True)
class UnplannedOfficer:
    """An officer and the days after today on which they would work, but have no seat."""

    officer: Officer
    days: tuple[date, ...]

    @property
    def says(self) -> str:
        """Who it is, and how many days between which."""
        if len(self.days) == 1:
            return f"{self.officer} {in_words(self.days[0])}"
        first, last = in_words(self.days[0]), in_words(self.days[-1])
        return f"{self.officer} on {len(self.days)} days, from {first[3:]} to {last[3:]}"


def list_unplanned_officers(problem: Problem) -> tuple[UnplannedOfficer, ...]:
    """Everybody who waits to be planned after today, by name."""
    days: dict[str, list[date]] = defaultdict(list)
    for staff_no, day in sorted(problem.not_planned):
        if day > problem.today:
            days[staff_no].append(day)
    waiting = (
        UnplannedOfficer(problem.officers[staff_no], tuple(officer_days))
        for staff_no, officer_days in days.items()
    )
    return tuple(sorted(waiting, key=lambda entry: (entry.officer.name, entry.officer.staff_no)))
