"""Where officers were before the period, as far as a seat is known and its time was worked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING

from rota.domain.parts import HALVES, list_halves
from rota.domain.seats import OfficerDay
from rota.domain.working_time import find_parts_worked, list_halves_shown_worked

if TYPE_CHECKING:
    from rota.domain.problem import Problem

SiteByHalf = Mapping[str, str]
"""The sites of an officer on a date: one for each half of which a seat is known."""


def find_sites_before(problem: Problem) -> Mapping[OfficerDay, SiteByHalf]:
    """The sites of officers on the days of the span that are before the period.

    Seats of those who did not work then, on the terms of that day, are void and left out. A row of
    history shows that its time was worked, whatever the pattern; what was published holds before
    it.
    """
    days = problem.dates_before
    if not days:
        return {}
    published = tuple(chain(problem.unit.published_before, problem.unit.published))
    shown_worked = list_halves_shown_worked(problem, published)
    sites: dict[OfficerDay, dict[str, str]] = defaultdict(dict)
    for seat in published:
        for half in list_halves(seat.part):
            sites[seat.officer_day][half] = seat.site
    for past_seat in problem.unit.history:
        for half in list_halves(past_seat.part):
            if half not in sites[past_seat.officer_day]:
                sites[past_seat.officer_day][half] = past_seat.site
                shown_worked[past_seat.officer_day].add(half)
    worked = find_parts_worked(problem, days, shown_worked)
    return {
        officer_day: site_by_half
        for officer_day, part in worked.items()
        if (site_by_half := _keep_worked(sites.get(officer_day, {}), part))
    }


def _keep_worked(sites: SiteByHalf, part: str) -> SiteByHalf:
    worked = list_halves(part)
    return {half: sites[half] for half in HALVES if half in worked and half in sites}
