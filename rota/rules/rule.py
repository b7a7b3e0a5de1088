"""What a rule is: its words, its level and its price, and what helps to count seats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from rota.domain import (
    HALVES,
    HALVES_A_DAY,
    WHOLE_DAY,
    HalfDay,
    Policy,
    Problem,
    Seat,
    list_halves,
    name_part,
)
from rota.rules.requirement import Limit, Requirement, Term

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
