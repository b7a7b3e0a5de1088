"""What a rule is: limits and gatherings over seats, as plain data, with its words and its price."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from rota.domain import Officer, Policy, Problem, Seat, When

LEVELS = ("limit", "cover", "notice", "policy", "stability", "people")
"""What matters most comes first; nothing on a later level is worth a gap on an earlier one."""


STRICT_LEVELS = LEVELS[:2]
"""Levels on which a breach must be answered for."""


class Audience(Enum):
    """Whom in a unit the findings of a rule are for."""

    EVERYBODY = "everybody"
    """They are about sites, offices and teams."""

    CONCERNED = "those concerned"
    """They are about one or two people, and for them and their managers alone."""


Knows = Callable[[str], bool]
"""Tells of a staff number whether that officer's own findings are for a reader."""


class Term(NamedTuple):
    """A seat, and what it counts when it is taken."""

    coefficient: int
    seat: Seat


@dataclass(frozen=True, slots=True)
class Limit:
    """`least ≤ Σ coefficient · seat ≤ most`, a seat counting 1 when taken; None is no bound.

    The gap is how far the sum lies outside. `strength` multiplies the rule's weight. `staff_no`
    is that of the officer whom it is about, where perhaps no seat tells it. `obstacle` is the
    sentence that tells why no rota can keep it, if none can.
    """

    about: str
    when: When
    terms: tuple[Term, ...]
    least: int | None = None
    most: int | None = None
    strength: int = 1
    staff_no: str | None = field(default=None, compare=False)
    obstacle: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Gathering:
    """On at least `times` of the occasions everyone named is present.

    An occasion names the seats that have to be taken. The gap is the sum of absences on the
    `times` occasions with the fewest absences.
    """

    about: str
    when: When
    times: int
    occasions: tuple[tuple[Seat, ...], ...]

    def __post_init__(self) -> None:
        if not 1 <= self.times <= len(self.occasions):
            raise ValueError(f"{self.times} times on {len(self.occasions)} occasions")

    @property
    def strength(self) -> int:
        return 1

    @property
    def obstacle(self) -> str:
        return ""


Requirement = Limit | Gathering


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, told once.

    `sentence` states the rule and names the settings and columns it reads. `finding` is the
    template of the sentence about one limit or gathering; `rota.rules.finding_sentences` has its
    fields. `audience` tells whom its findings are for, `is_readable_by` whether somebody may read
    one. `is_broken_by_leave` tells whether leave takes from a published rota what the rule asks
    for; any other rule asks for less of those on leave.
    """

    key: str
    level: str
    weight: int
    sentence: str
    finding: str
    audience: Audience
    is_broken_by_leave: bool
    asks: Callable[[Problem], Iterator[Requirement]]

    def is_readable_by(self, officers: Iterable[str], knows: Knows) -> bool:
        """Whether a reader may read what the rule finds of these officers.

        What is about one or two people is for them and their managers alone. `knows` tells of a
        staff number whether that officer's own findings are for the reader.
        """
        return self.audience is Audience.EVERYBODY or any(map(knows, officers))

    def weight_under(self, policy: Policy) -> int:
        """The weight that the policy gives the rule; 0 switches it off."""
        return policy.weights.get(self.key, self.weight)


def find_named_seats(requirement: Requirement) -> frozenset[Seat]:
    """All seats that are counted."""
    if isinstance(requirement, Limit):
        return frozenset(term.seat for term in requirement.terms)
    return frozenset(seat for occasion in requirement.occasions for seat in occasion)


def find_officers_named(requirement: Requirement) -> frozenset[str]:
    """The staff numbers of all whose seats are counted."""
    staff_nos = {seat.staff_no for seat in find_named_seats(requirement)}
    if isinstance(requirement, Limit) and requirement.staff_no is not None:
        staff_nos.add(requirement.staff_no)
    return frozenset(staff_nos)


def count_each_once(seats: Iterable[Seat]) -> tuple[Term, ...]:
    """Each seat counting once."""
    return tuple(Term(1, seat) for seat in seats)


def round_up_percent(percent: int, days: int) -> int:
    """The percentage of so many days in whole days, rounded up."""
    return -(-percent * days // 100)


def find_shared_occasions(
    problem: Problem, officers: tuple[Officer, Officer], days: Iterable[date], site: str
) -> tuple[tuple[Seat, ...], ...]:
    """Both officers' seats at the site on each of the days on which both may use it."""
    return tuple(
        tuple(Seat(officer.staff_no, day, site) for officer in officers)
        for day in days
        if all(problem.may_use(officer, day, site) for officer in officers)
    )
