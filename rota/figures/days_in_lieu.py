"""Days in lieu: those owed for extra days worked, and those taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rota.domain import (
    LIEU,
    Away,
    HalfDay,
    Officer,
    PublishedSeat,
    common_part,
    count_days,
    list_halves,
)
from rota.rules.finding_sentences import Count


@dataclass(frozen=True, slots=True)
class DaysInLieu:
    """An officer's extra days and days in lieu, in days; half-days are halves of one.

    `earned` are the extra days up to today on which they had a seat, `planned` the later ones, and
    `used` the working days that are recorded as days in lieu, those to come included.
    """

    officer: Officer
    earned: float
    planned: float
    used: float

    @property
    def owed(self) -> float:
        """Days in lieu that the officer may still take; less than 0 if too many were taken."""
        return self.earned - self.used

    @property
    def says(self) -> str:
        """What is owed, in words."""
        if self.owed > 0:
            return f"{Count(self.owed):day} in lieu owed"
        if self.owed < 0:
            return f"{Count(-self.owed):day} in lieu taken too many"
        return "No days in lieu owed"

    @property
    def is_any(self) -> bool:
        """Whether there is anything to tell."""
        return any((self.earned, self.planned, self.used))


def count_days_in_lieu(
    officers: Iterable[Officer],
    seats: Iterable[PublishedSeat],
    away: Iterable[Away],
    *,
    officer_on: Callable[[str, date], Officer],
    is_planning_day: Callable[[date], bool],
    today: date,
) -> tuple[DaysInLieu, ...]:
    """The days in lieu of each officer, in their order, from seats on extra days and absences.

    `officer_on` gives an officer on the terms of a day.
    """
    seats = tuple(seats)
    earned = _group_halves(seat for seat in seats if seat.date <= today)
    planned = _group_halves(seat for seat in seats if seat.date > today)
    spells: Mapping[str, list[Away]] = defaultdict(list)
    for spell in away:
        if spell.kind == LIEU:
            spells[spell.staff_no].append(spell)

    def count_of(officer: Officer) -> DaysInLieu:
        staff_no = officer.staff_no
        used = {
            half
            for spell in spells[staff_no]
            for half in _list_halves_taken(officer_on, spell)
            if is_planning_day(half.date)
        }
        numbers = (earned[staff_no], planned[staff_no], used)
        return DaysInLieu(officer, *(count_days(len(halves)) for halves in numbers))

    return tuple(map(count_of, officers))


def _group_halves(seats: Iterable[PublishedSeat]) -> dict[str, set[HalfDay]]:
    """The halves in which each officer has a seat."""
    halves: dict[str, set[HalfDay]] = defaultdict(set)
    for seat in seats:
        halves[seat.staff_no].update(HalfDay(seat.date, half) for half in list_halves(seat.part))
    return halves


def _list_halves_taken(
    officer_on: Callable[[str, date], Officer], spell: Away
) -> Iterator[HalfDay]:
    """The halves of an absence that the officer would work by their pattern."""
    for n in range((spell.last - spell.first).days + 1):
        day = spell.first + timedelta(days=n)
        officer = officer_on(spell.staff_no, day)
        worked = officer.find_part_worked(day) if officer.is_employed(day) else None
        part = None if worked is None else common_part(worked, spell.part)
        if part is not None:
            yield from (HalfDay(day, half) for half in list_halves(part))
