"""Published seats of officers who do not work that day any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property

from rota.checker import Finding
from rota.domain import FULL_TIME, Away, Problem, Rota, Seat
from rota.effects import Effects


class VoidSeats:
    """The void seats of a problem, and the limits and gatherings that they were for.

    `actual_effects` is what is asked as it is, which is all there is to know where no seat is void.
    """

    def __init__(self, problem: Problem, rota: Rota, *, actual_effects: Effects) -> None:
        self._problem = problem
        self._rota = rota
        self._actual_effects = actual_effects
        self._seats = tuple(
            published.seat
            for published in problem.unit.published
            if (published.staff_no, published.date) not in problem.published
        )

    @cached_property
    def effects(self) -> Effects:
        """All that is asked, as it would be if those officers worked on those days."""
        if not self._seats:
            return self._actual_effects
        return Effects(_pretend_at_work(self._problem, self._seats), self._rota)

    def find_behind(self, finding: Finding, seats: Set[Seat]) -> tuple[Seat, ...]:
        """The void seats that would lessen the gap if they were taken beside these seats."""
        for index in self._counterparts.get(finding.subject, ()):
            gap = self._compute_gap(index, seats)
            missed_seats = tuple(
                void
                for void in self._seats_by_index[index]
                if self._compute_gap(index, seats | {void}) < gap
            )
            if missed_seats and self._compute_gap(index, seats | set(missed_seats)) < finding.gap:
                return missed_seats
        return ()

    def _compute_gap(self, index: int, seats: Set[Seat]) -> float:
        return self.effects.compute_finding(index, seats).gap

    @cached_property
    def _seats_by_index(self) -> Mapping[int, Sequence[Seat]]:
        """The void seats by the indexes that name them."""
        seats_by_index: dict[int, list[Seat]] = defaultdict(list)
        for seat in self._seats:
            for index in self.effects.list_indexes_naming(seat):
                seats_by_index[index].append(seat)
        return seats_by_index

    @cached_property
    def _counterparts(self) -> Mapping[object, Sequence[int]]:
        """The indexes that name void seats, by what stands there."""
        indexes: dict[object, list[int]] = defaultdict(list)
        for index in self._seats_by_index:
            indexes[self.effects.compute_finding(index, frozenset()).subject].append(index)
        return indexes


def _pretend_at_work(problem: Problem, seats: Iterable[Seat]) -> Problem:
    """The problem as if officers worked on the days of these seats too, and on no more days."""
    days: dict[str, set[date]] = defaultdict(set)
    for seat in seats:
        days[seat.staff_no].add(seat.date)
    unit = problem.unit
    officers = (
        replace(o, working_days=FULL_TIME, leave_date=None) if o.staff_no in days else o
        for o in unit.officers
    )
    away = (
        Away(staff_no, day, day, part=free)
        for staff_no, void in days.items()
        for day in problem.dates
        if day not in void and (free := problem.find_free_part(staff_no, day)) is not None
    )
    others = (spell for spell in unit.away if spell.staff_no not in days)
    changed_unit = replace(unit, officers=tuple(officers), away=(*others, *away))
    return replace(problem, unit=changed_unit)
