"""Whom a breach concerns: the officers' days at which a rota would have to change to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from rota.checker import Finding, Judgement
from rota.domain import OfficerDay, Seat
from rota.rules import STRICT_LEVELS, Gathering, Limit, Safeguard, find_officers_named
from rota.writing.level_standings import sort_breaches


@dataclass(frozen=True)
class Concern:
    """A breach, the days of officers at which it shows, and all officers whom it is about.

    Where too many are at a site, it is about those who are there; where one officer lacks a day
    that may be any of several, about the officer and no day; where one person is at a site that
    lacks somebody, about that person; where more are or nobody is, about nobody.
    """

    breach: Finding
    officer_days: tuple[OfficerDay, ...]
    officers: tuple[str, ...]

    @cached_property
    def says(self) -> str:
        return self.breach.says

    @property
    def is_strict(self) -> bool:
        """Whether somebody has to answer for it who publishes the rota."""
        return self.breach.rule.level in STRICT_LEVELS


def find_concerns(
    judgement: Judgement, seats: Set[Seat], *, before: Iterable[Concern] = ()
) -> tuple[Concern, ...]:
    """Each breach of the rota with these seats, the weightiest first.

    Concerns of the rota before it are taken over where the finding is the very same, since none of
    the seats that it names has changed then.
    """
    by_breach = {id(concern.breach): concern for concern in before}
    return tuple(
        by_breach.get(id(breach)) or _build_concern(breach, seats)
        for breach in sort_breaches(judgement)
    )


def _build_concern(breach: Finding, seats: Set[Seat]) -> Concern:
    officer_days = tuple(sorted(set(_find_officer_days(breach, seats))))
    officers = (*(staff_no for staff_no, _ in officer_days), *_find_about(breach))
    return Concern(breach, officer_days, tuple(dict.fromkeys(officers)))


def _find_officer_days(breach: Finding, seats: Set[Seat]) -> Iterator[OfficerDay]:
    requirement = breach.requirement
    if isinstance(requirement, Safeguard):
        there = [seat.officer_day for seat in requirement.there if seat in seats]
        yield from there if len(there) == 1 else ()
    if not isinstance(requirement, Limit):
        return
    if breach.most is not None and breach.count > breach.most:
        for coefficient, seat in requirement.terms:
            if coefficient > 0 and seat in seats:
                yield seat.staff_no, seat.date
    elif len(only := {(seat.staff_no, seat.date) for _, seat in requirement.terms}) == 1:
        yield from only


def _find_about(breach: Finding) -> Iterator[str]:
    """The one officer of a limit, or all of a gathering."""
    requirement = breach.requirement
    if isinstance(requirement, Gathering):
        for attendances in requirement.occasions:
            yield from (seat.staff_no for attendance in attendances for seat in attendance)
    elif isinstance(requirement, Limit) and len(only := find_officers_named(requirement)) == 1:
        yield from only
