"""What a rule asks for: limits, gatherings and safeguards over seats, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rota.domain import (
    HALVES_A_DAY,
    HalfDay,
    Seat,
    When,
)


class Term(NamedTuple):
    """A seat, and what it counts when it is taken."""

    coefficient: int
    seat: Seat


@dataclass(frozen=True, slots=True)
class Limit:
    """`least ≤ before + Σ coefficient · seat ≤ most`, a seat counting 1 when taken.

    None is no bound; `before` is what there is already, from days before the period.

    The sum is of people on a date or half of it, unless it `counts_half_days`. The gap is how far
    it lies outside. `strength` multiplies the rule's weight. `staff_no`
    is that of the officer whom it is about, where perhaps no seat tells it. `obstacle` is the
    sentence that tells why no rota can keep it, if none can.
    """

    about: str
    when: When
    terms: tuple[Term, ...]
    least: int | None = None
    most: int | None = None
    strength: int = 1
    counts_half_days: bool = False
    before: int = 0
    staff_no: str | None = field(default=None, compare=False)
    obstacle: str = field(default="", compare=False)

    @property
    def halves(self) -> int:
        """The half-days that one unit of the sum stands for."""
        return 1 if self.counts_half_days or isinstance(self.when, HalfDay) else HALVES_A_DAY


Attendance = tuple[Seat, ...]
"""The seats of one officer of which one has to be taken to be present."""

Attendances = tuple[Attendance, ...]
"""Those that an occasion of a gathering wants together."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """On at least `times` of the occasions everyone named is present.

    The gap is the sum of absences on the `times` occasions with the fewest absences. An absence
    stands for so many half-days, its `halves`, and an occasion lasts `halves_of_occasion`.
    """

    about: str
    when: When
    times: int
    occasions: tuple[Attendances, ...]
    halves: int = HALVES_A_DAY
    halves_of_occasion: int = HALVES_A_DAY

    def __post_init__(self) -> None:
        if not 1 <= self.times <= len(self.occasions):
            raise ValueError(f"{self.times} times on {len(self.occasions)} occasions")

    @property
    def strength(self) -> int:
        return 1

    @property
    def obstacle(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Safeguard:
    """While anybody has one of the seats `there`, at least so many have one of the `helpers`.

    All are at one site on a date or half of it; those of helpers are among those there. The gap is
    how many helpers are missing, and 0 when nobody is there.
    """

    about: str
    when: date | HalfDay
    there: tuple[Seat, ...]
    helpers: tuple[Seat, ...]
    least: int

    @property
    def halves(self) -> int:
        """The half-days for which each of the people is missing."""
        return 1 if isinstance(self.when, HalfDay) else HALVES_A_DAY

    @property
    def strength(self) -> int:
        return 1

    @property
    def obstacle(self) -> str:
        return ""


Requirement = Limit | Gathering | Safeguard


def find_named_seats(requirement: Requirement) -> frozenset[Seat]:
    """All seats that are counted."""
    if isinstance(requirement, Limit):
        return frozenset(term.seat for term in requirement.terms)
    if isinstance(requirement, Safeguard):
        return frozenset(requirement.there)
    return frozenset(
        seat for occasion in requirement.occasions for attendance in occasion for seat in attendance
    )


def find_officers_named(requirement: Requirement) -> frozenset[str]:
    """The staff numbers of all whose seats are counted."""
    staff_nos = {seat.staff_no for seat in find_named_seats(requirement)}
    if isinstance(requirement, Limit) and requirement.staff_no is not None:
        staff_nos.add(requirement.staff_no)
    return frozenset(staff_nos)
