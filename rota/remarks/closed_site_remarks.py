"""Sites without a desk, and of how many officers less is asked because of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rota.domain import HALVES, HalfDay, Officer, Problem
from rota.records import CLOSURES, SITES
from rota.remarks.causes import Cause
from rota.remarks.remark import Remark
from rota.remarks.workdays import say_dates
from rota.rules.office import (
    HOME_MAXIMUM,
    OFFICE_MINIMUM,
    find_office_percent,
    is_office,
)


class _Relief(NamedTuple):
    """What is not asked of an officer on a day on which their base has no desk."""

    office_days: bool
    home_days: bool

    def say(self, number: int) -> str:
        """How many officers have the relief, and which it is."""
        is_one = number == 1
        people = f"{number} officer{'' if is_one else 's'} for whom no other office is open"
        verb = "is" if is_one else "are"
        if not self.office_days:
            return f"{people} {verb} not held to home days then"
        more = ", nor held to home days" if self.home_days else ""
        return f"{people} {verb} asked for no office days then{more}"


_NONE = _Relief(office_days=False, home_days=False)


def find_closed_site_remarks(
    problem: Problem, sites: Collection[str] | None = None
) -> Iterator[Remark]:
    """A remark for each of the sites, or of all, and each span of days without a desk there."""
    reliefs: dict[tuple[str, date, date], Counter[_Relief]] = defaultdict(Counter)
    for officer in problem.unit.officers:
        if sites is None or officer.base in sites:
            for first, last, relief in _list_spans(problem, officer):
                reliefs[officer.base, first, last][relief] += 1
    for (site, first, last), numbers in sorted(reliefs.items()):
        about = "; ".join(relief.say(number) for relief, number in sorted(numbers.items())[::-1])
        cause = Cause(f"{site} has no desk {say_dates(first, last)}: {about}")
        yield Remark(SITES if problem.sites[site].desks == 0 else CLOSURES, cause, verdict=None)


def _list_spans(problem: Problem, officer: Officer) -> Iterator[tuple[date, date, _Relief]]:
    """Spans of planning days with one relief, on some of which the officer works."""
    worked = set(problem.working_days[officer.staff_no])
    halves = [HalfDay(day, half) for day in worked for half in HALVES]
    if all(problem.count_desks(officer.base, half) != 0 for half in halves):
        return
    for relief, span in groupby(problem.dates, key=lambda day: _find_relief(problem, officer, day)):
        days = tuple(span)
        if relief != _NONE and not worked.isdisjoint(days):
            yield days[0], days[-1], relief


def _find_relief(problem: Problem, officer: Officer, day: date) -> _Relief:
    policy = problem.policy
    has_minimum = OFFICE_MINIMUM.weight_under(policy) and find_office_percent(problem, officer)
    open_sites = {
        site for half in HALVES for site in problem.list_open_sites(officer, HalfDay(day, half))
    }
    has_office_open = any(is_office(problem, officer, site) for site in open_sites)
    return _Relief(
        office_days=bool(has_minimum) and not has_office_open,
        home_days=bool(HOME_MAXIMUM.weight_under(policy)) and not open_sites,
    )
