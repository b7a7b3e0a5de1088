"""What a rule is: what it asks of seats, as plain data, with its words and its price."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from rota.domain import (
    HALVES,
    HALVES_A_DAY,
    WHOLE_DAY,
    HalfDay,
    Officer,
    Policy,
    Problem,
    Seat,
    Week,
    When,
    list_halves,
    name_part,
)

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


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, told once.

    `sentence` states the rule and names the settings and columns it reads. `finding` is the
    template of the sentence about one requirement; `rota.rules.finding_sentences` has its
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


def count_each_once(seats: Iterable[Seat]) -> tuple[Term, ...]:
    """Each seat counting once."""
    return tuple(Term(1, seat) for seat in seats)


def count_half_days(seats: Iterable[Seat], part: str = WHOLE_DAY) -> tuple[Term, ...]:
    """Each seat counting the half-days that it takes of that part of its day, if any."""
    terms = (Term(sum(map(seat.has_half, list_halves(part))), seat) for seat in seats)
    return tuple(term for term in terms if term.coefficient)


def limit_to_site(problem: Problem, about: str, seat: Seat) -> Limit:
    """That the seat's officer is at its site for all of its time."""
    seats = problem.find_seats(problem.officers[seat.staff_no], seat.date, seat.site)
    return Limit(
        about,
        name_part(seat.date, seat.part),
        count_half_days(seats, seat.part),
        least=seat.halves,
        counts_half_days=True,
        staff_no=seat.staff_no,
    )


def split_terms(
    day: date, terms: Sequence[Term], *, always: bool = False
) -> Iterator[tuple[date | HalfDay, tuple[Term, ...]]]:
    """What is counted of the people at a site on a date: all day long, or in each half.

    It is told by half where some are there for half a day, or `always`; a half with nobody too.
    """
    if not always and not any(term.seat.part for term in terms):
        yield day, tuple(terms)
        return
    for half in HALVES:
        yield HalfDay(day, half), tuple(term for term in terms if term.seat.has_half(half))


def share_of_halves(percents: Iterable[int], *, is_split: bool) -> int:
    """The share of half-days, in half-days, from the percent asked of each day, for each half.

    Their sum is rounded up, to half-days if days are split, and to whole days otherwise.
    """
    step = 1 if is_split else HALVES_A_DAY
    return -(-sum(percents) // (100 * step)) * step


class Meeting(NamedTuple):
    """A date on which officers may meet at a site, as they and it are on that date."""

    date: date
    officers: Sequence[Officer]
    site: str


def find_attendances(
    problem: Problem, meetings: Iterable[Meeting]
) -> tuple[Sequence[Sequence[Attendances]], bool]:
    """For each date when its officers may be at the site; and whether that is told by half.

    A date has one occasion, or one for each half if anybody may be there for half a day alone. In
    each every officer has one attendance, which is empty if no seat can bring it about.
    """
    there = [
        [problem.find_seats(officer, day, site) for officer in officers]
        for day, officers, site in meetings
    ]
    if not any(seat.part for of_day in there for seats in of_day for seat in seats):
        return [[tuple(of_day)] for of_day in there], False
    by_half = [
        [
            tuple(tuple(seat for seat in seats if seat.has_half(half)) for seats in of_day)
            for half in HALVES
        ]
        for of_day in there
    ]
    return by_half, True


def gather_pair(
    problem: Problem, meetings: Iterable[Meeting], *, about: str, week: Week, times: int
) -> Iterator[Gathering]:
    """That two meet on so many days, or on as many as both may be there."""
    by_day, by_half = find_attendances(problem, meetings)
    occasions = tuple(occasion for of_day in by_day for occasion in of_day if all(occasion))
    halves = 1 if by_half else HALVES_A_DAY
    times = min(times * HALVES_A_DAY // halves, len(occasions))
    if times:
        yield Gathering(about, week, times, occasions, halves, halves_of_occasion=halves)
