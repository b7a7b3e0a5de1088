"""How many are at each office on each day, and how many desks it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rota.domain import (
    AM,
    HALVES,
    OFFICE,
    PM,
    HalfDay,
    Problem,
    Rota,
    Seat,
    Site,
    list_halves,
)
from rota.rules.desks import desks as limit_desks


@dataclass(frozen=True, slots=True)
class DesksOfHalf:
    """Officers at a site in half a day, and its desks then; `desks` is None without a limit."""

    officers: int
    desks: int | None

    @property
    def is_over(self) -> bool:
        return self.desks is not None and self.officers > self.desks

    @property
    def is_full(self) -> bool:
        return self.officers == self.desks and self.officers > 0

    @property
    def rank(self) -> tuple[int, bool, int]:
        """The greater, the fuller the site is: by how many it is over, whether full, how many."""
        over = self.officers - self.desks if self.desks is not None else 0
        return max(over, 0), self.is_full, self.officers


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Officers at a site on a date, half by half; the day is as its fuller half."""

    morning: DesksOfHalf
    afternoon: DesksOfHalf

    @classmethod
    def of_day(cls, officers: int, desks: int | None) -> Occupancy:
        """That of a day whose halves are alike."""
        half = DesksOfHalf(officers, desks)
        return cls(half, half)

    @property
    def halves(self) -> tuple[DesksOfHalf, DesksOfHalf]:
        return self.morning, self.afternoon

    @property
    def officers(self) -> int:
        return self._fuller.officers

    @property
    def desks(self) -> int | None:
        return self._fuller.desks

    @property
    def is_over(self) -> bool:
        return self._fuller.is_over

    @property
    def is_full(self) -> bool:
        return self._fuller.is_full

    @property
    def average(self) -> float:
        """Officers all day long; one who is there for half a day is half of one."""
        return sum(half.officers for half in self.halves) / len(self.halves)

    @property
    def _fuller(self) -> DesksOfHalf:
        return max(self.halves, key=lambda half: half.rank)


def count_occupancy(problem: Problem, rota: Rota) -> Mapping[str, Mapping[date, Occupancy]]:
    """The planning days of every office and of every other site with a number of desks.

    Extra days on which somebody may be there are among them.
    """
    numbers_taken = Counter(
        (seat.site, HalfDay(seat.date, half)) for seat in rota for half in list_halves(seat.part)
    )
    desks = {(limit.about, limit.when): limit.most for limit in limit_desks(problem)}

    def count(site: str, day: date, half: str) -> DesksOfHalf:
        half_day = HalfDay(day, half)
        most = desks.get((site, half_day), desks.get((site, day)))
        return DesksOfHalf(numbers_taken[site, half_day], most)

    return {
        site.name: {
            day: Occupancy(count(site.name, day, AM), count(site.name, day, PM))
            for day in (*problem.dates, *problem.extra_days)
            if day not in problem.extra_days or (site.name, day) in problem.seats_at
        }
        for site in problem.sites.values()
        if _has_desks(site)
    }


def count_occupancy_after(
    before: Mapping[str, Mapping[date, Occupancy]],
    *,
    seats_taken: Iterable[Seat],
    seats_given_up: Iterable[Seat],
) -> Mapping[str, Mapping[date, Occupancy]]:
    """The same once these seats are taken and those given up."""
    after = {site: dict(days) for site, days in before.items()}
    for seats, more in ((seats_taken, 1), (seats_given_up, -1)):
        for seat in seats:
            occupancy = after.get(seat.site, {}).get(seat.date)
            if occupancy is not None:
                after[seat.site][seat.date] = Occupancy(
                    *(
                        replace(state, officers=state.officers + more * seat.has_half(half))
                        for half, state in zip(HALVES, occupancy.halves, strict=True)
                    )
                )
    return after


def _has_desks(site: Site) -> bool:
    return site.kind == OFFICE or site.desks is not None
