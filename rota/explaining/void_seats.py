"""Published seats of officers who do not work that day any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property

from rota.checker import Finding
from rota.domain import FULL_TIME, Away, Problem, Rota, Seat, list_halves, without_halves
from rota.effects import Effects


class VoidSeats:
    """The void seats of a problem, and the limits and gatherings that they were for.

    `actual_effects` is what is asked as it is, which is all there is to know where no seat is void.
    """

    def __init__(self, problem: Problem, rota: Rota, *, actual_effects: Effects) -> None:
        self._problem = problem
        self._rota = rota
        self._actual_effects = actual_effects
        self._seats = {_find_stand_in(problem, void): void for void in _find_void_seats(problem)}

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
                return tuple(self._seats[seat] for seat in missed_seats)
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


def _find_void_seats(problem: Problem) -> Iterator[Seat]:
    """The published seats, or halves of them, in time that the officer does not work."""
    for published in problem.unit.published:
        worked = problem.parts_planned.get(published.officer_day)
        void = without_halves(published.part, () if worked is None else list_halves(worked))
        if void is not None:
            yield published.seat._replace(part=void)


def _find_stand_in(problem: Problem, void: Seat) -> Seat:
    """The seat of whom one pretends to be at work.

    It is the officer, or where they work the other half of the day, somebody just like them.
    """
    if void.officer_day not in problem.parts_planned:
        return void
    return void._replace(staff_no=name_stand_in(void.staff_no, void.part))


def name_stand_in(staff_no: str, part: str) -> str:
    """What somebody is called who stands in for the officer in half of a day."""
    return f"{staff_no} {part}"


def _pretend_at_work(problem: Problem, seats: Mapping[Seat, Seat]) -> Problem:
    """The problem as if the stand-ins worked in the time of their seats too, and no more."""
    times: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for seat in seats:
        times[seat.staff_no][seat.date].update(list_halves(seat.part))
    originals = {seat.staff_no: void.staff_no for seat, void in seats.items()}
    unit = problem.unit
    officers = problem.officers
    stand_ins = (
        replace(
            officers[original],
            staff_no=staff_no,
            working_days=FULL_TIME,
            leave_date=None,
            takes_extra_days=True,
        )
        for staff_no, original in originals.items()
        if original in officers
    )
    away = (
        Away(staff_no, day, day, part=free)
        for staff_no, of_officer in times.items()
        for day in (*problem.dates, *problem.extra_days)
        if (part := problem.find_free_part(staff_no, day)) is not None
        and (free := without_halves(part, of_officer.get(day, ()))) is not None
    )
    changed_unit = replace(
        unit,
        officers=(*(o for o in unit.officers if o.staff_no not in times), *stand_ins),
        away=(*(spell for spell in unit.away if spell.staff_no not in times), *away),
    )
    return replace(problem, unit=changed_unit)
