"""Dates on which officers may meet, as gatherings have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rota.domain import (
    HALVES,
    HALVES_A_DAY,
    Officer,
    Problem,
    Week,
)
from rota.rules.requirement import Attendances, Gathering


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
