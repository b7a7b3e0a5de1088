"""Officers, their teams, and what is known of their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rota.domain.parts import WHOLE_DAY
from rota.domain.pattern import WorkingPattern

GRADES = ("PO", "PSO", "SPO", "PQIP", "ADMIN")
MANAGER_GRADE = "SPO"
TRAINEE_GRADE = "PQIP"

AWAY_KINDS = ("leave", "sick", "training", "lieu", "other")
LIEU = AWAY_KINDS[3]
"""A day off in return for an extra day worked."""

STRENGTHS = range(1, 4)
"""How much a request matters to the person who makes it."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team and the office where it meets, from the day `since` on, or ever since."""

    name: str
    office: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Officer:
    """A member of staff who is planned.

    `leave_date` is the last day worked. `office_percent` and `home_days_per_week` replace the
    policy's numbers for this officer. Only who `takes_extra_days` is asked for duties on them. All
    but the name, the first and the last day and the email are terms, which hold from the day
    `since` on, or ever since.
    """

    staff_no: str
    name: str
    team: str
    grade: str
    start_date: date
    base: str
    working_days: WorkingPattern
    other_sites: tuple[str, ...] = ()
    mentor: str | None = None
    skills: frozenset[str] = frozenset()
    has_home_office: bool = True
    office_percent: int | None = None
    home_days_per_week: int | None = None
    leave_date: date | None = None
    email: str = ""
    takes_extra_days: bool = False
    since: date | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.staff_no})"

    @property
    def is_manager(self) -> bool:
        return self.grade == MANAGER_GRADE

    @property
    def is_trainee(self) -> bool:
        return self.grade == TRAINEE_GRADE

    def is_employed(self, day: date) -> bool:
        """Whether the day lies between the start date and the last day worked."""
        return self.start_date <= day and (self.leave_date is None or day <= self.leave_date)

    def find_part_worked(self, day: date) -> str | None:
        """The part that the officer's pattern has of the day, None if the day is free."""
        return self.working_days.find_part(day, since=self.since or self.start_date)


@dataclass(frozen=True, slots=True)
class Away:
    """Days, both ends included, or half of each, in which an officer is not planned."""

    staff_no: str
    first: date
    last: date
    kind: str = "leave"
    part: str = WHOLE_DAY


@dataclass(frozen=True, slots=True)
class Request:
    """An officer's wish for a kind of site, on one date or on every such weekday (0 for Monday).

    It may be for half of the day alone.
    """

    staff_no: str
    when: date | int
    wants: str
    strength: int = STRENGTHS[0]
    part: str = WHOLE_DAY

    def asks_for(self, day: date) -> bool:
        """Whether the request speaks of the day."""
        return self.when == (day.weekday() if isinstance(self.when, int) else day)


@dataclass(frozen=True, slots=True)
class Link:
    """Two officers with linked cases, who should share an office day each week."""

    staff_no: str
    with_staff_no: str
    reason: str = ""
