"""Whom a breach concerns: the officers' days at which a rota would have to change to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from rota.checker import Finding, Judgement
from rota.domain import OfficerDay, Seat
from rota.rules import STRICT_LEVELS, Limit, find_officers_named
from rota.writing.level_standings import sort_breaches


@dataclass(frozen=True)
class Concern:
    """A breach, the days of officers at which it shows, and all officers whom it is about.

    Where too many are at a place, those who are there; where one officer lacks a day that may be
    any of several, no day but the officer; where a place lacks somebody, nobody.
    """

    breach: Finding
    places: tuple[OfficerDay, ...]
    officers: tuple[str, ...]

    @cached_property
    def says(self) -> str:
        return self.breach.says

    @property
    def is_strict(self) -> bool:
        """Whether somebody has to answer for it who publishes the rota."""
        return self.breach.rule.level in STRICT_LEVELS


def concerns(
    judgement: Judgement, seats: Set[Seat], *, before: Iterable[Concern] = ()
) -> tuple[Concern, ...]:
    """Each breach of the rota with these seats, the weightiest first.

    Those of the rota before it are taken over where the finding is the very same, since none of the
    seats that it names has changed then.
    """
    known = {id(concern.breach): concern for concern in before}
    return tuple(
        known.get(id(breach)) or _concern(breach, seats) for breach in sort_breaches(judgement)
    )


def _concern(breach: Finding, seats: Set[Seat]) -> Concern:
    places = tuple(sorted(set(_places(breach, seats))))
    return Concern(breach, places, tuple(dict.fromkeys((*(p[0] for p in places), *_about(breach)))))


def _places(breach: Finding, seats: Set[Seat]) -> Iterator[OfficerDay]:
    asked = breach.asked
    if not isinstance(asked, Limit):
        return
    if asked.most is not None and breach.count > asked.most:
        for coefficient, seat in asked.terms:
            if coefficient > 0 and seat in seats:
                yield seat.staff_no, seat.date
    elif len(only := {(seat.staff_no, seat.date) for _, seat in asked.terms}) == 1:
        yield from only


def _about(breach: Finding) -> Iterator[str]:
    """The one officer of a limit, or all of a gathering."""
    asked = breach.asked
    if not isinstance(asked, Limit):
        yield from (seat.staff_no for occasion in asked.occasions for seat in occasion)
    elif len(only := find_officers_named(asked)) == 1:
        yield from only
