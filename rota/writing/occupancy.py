"""How many are at each office on each day, and how many desks it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rota.domain import OFFICE, Problem, Rota, Seat, Site
from rota.rules import read_bounds
from rota.rules.desks import DESKS


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Officers at a site on a date; `desks` is None where no limit is asked."""

    officers: int
    desks: int | None

    @property
    def is_over(self) -> bool:
        return self.desks is not None and self.officers > self.desks

    @property
    def is_full(self) -> bool:
        return self.officers == self.desks and self.officers > 0


def count_occupancy(problem: Problem, rota: Rota) -> Mapping[str, Mapping[date, Occupancy]]:
    """The planning days of every office and of every other site with a number of desks."""
    numbers_taken = Counter((seat.site, seat.date) for seat in rota)
    desks = {(limit.about, limit.when): read_bounds(limit)[1] for limit in DESKS.asks(problem)}
    return {
        site.name: {
            day: Occupancy(numbers_taken[site.name, day], desks.get((site.name, day)))
            for day in problem.dates
        }
        for site in problem.unit.sites
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
            occupancy_of_site = after.get(seat.site, {}).get(seat.date)
            if occupancy_of_site is not None:
                after[seat.site][seat.date] = replace(
                    occupancy_of_site, officers=occupancy_of_site.officers + more
                )
    return after


def _has_desks(site: Site) -> bool:
    return site.kind == OFFICE or site.desks is not None
