"""Published seats of officers who do not work that day any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property

from rota.checker import Finding
from rota.domain import Away, Problem, Rota, Seat
from rota.effects import Effects


class VoidSeats:
    """The void seats of a problem, and the limits and gatherings that they were for.

    `without` is what is asked as it is, which is all there is to know where no seat is void.
    """

    def __init__(self, problem: Problem, rota: Rota, *, without: Effects) -> None:
        self._problem = problem
        self._rota = rota
        self._without = without
        self._seats = tuple(
            published.seat
            for published in problem.unit.published
            if (published.staff_no, published.date) not in problem.published
        )

    @cached_property
    def effects(self) -> Effects:
        """All that is asked, as it would be if those officers worked on those days."""
        if not self._seats:
            return self._without
        return Effects(_pretend_at_work(self._problem, self._seats), self._rota)

    def behind(self, finding: Finding, seats: Set[Seat]) -> tuple[Seat, ...]:
        """The void seats that would lessen the gap if they were taken beside these seats."""
        for place in self._counterparts.get(finding.subject, ()):
            gap = self._gap(place, seats)
            missed_seats = tuple(
                void for void in self._named[place] if self._gap(place, seats | {void}) < gap
            )
            if missed_seats and self._gap(place, seats | set(missed_seats)) < finding.gap:
                return missed_seats
        return ()

    def _gap(self, place: int, seats: Set[Seat]) -> int:
        return self.effects.finding(place, seats).gap

    @cached_property
    def _named(self) -> Mapping[int, Sequence[Seat]]:
        """The void seats by the places that name them."""
        seats_by_place: dict[int, list[Seat]] = defaultdict(list)
        for seat in self._seats:
            for place in self.effects.naming(seat):
                seats_by_place[place].append(seat)
        return seats_by_place

    @cached_property
    def _counterparts(self) -> Mapping[object, Sequence[int]]:
        """The places that name void seats, by what stands there."""
        places: dict[object, list[int]] = defaultdict(list)
        for place in self._named:
            places[self.effects.finding(place, frozenset()).subject].append(place)
        return places


def _pretend_at_work(problem: Problem, seats: Iterable[Seat]) -> Problem:
    """The problem as if officers worked on the days of these seats too, and on no more days."""
    days: dict[str, set[date]] = defaultdict(set)
    for seat in seats:
        days[seat.staff_no].add(seat.date)
    unit = problem.unit
    officers = (
        replace(o, working_days=frozenset(range(5)), leave_date=None) if o.staff_no in days else o
        for o in unit.officers
    )
    away = (
        Away(staff_no, day, day)
        for staff_no, void in days.items()
        for day in problem.dates
        if day not in void and day not in problem.working_days.get(staff_no, ())
    )
    others = (spell for spell in unit.away if spell.staff_no not in days)
    changed_unit = replace(unit, officers=tuple(officers), away=(*others, *away))
    return replace(problem, unit=changed_unit)
