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
    for officer in problem.officers.values():
        for first, last, (base, relief) in _list_spans(problem, officer):
            if sites is None or base in sites:
                reliefs[base, first, last][relief] += 1
    for (site, first, last), numbers in sorted(reliefs.items()):
        about = "; ".join(relief.say(number) for relief, number in sorted(numbers.items())[::-1])
        cause = Cause(f"{site} has no desk {say_dates(first, last)}: {about}")
        yield Remark(
            SITES if problem.site_on(site, first).desks == 0 else CLOSURES, cause, verdict=None
        )


def _list_spans(
    problem: Problem, officer: Officer
) -> Iterator[tuple[date, date, tuple[str, _Relief]]]:
    """Spans of planning days with one base and relief, on some of which the officer works."""
    worked = set(problem.working_days[officer.staff_no])

    def find_base_and_relief(day: date) -> tuple[str, _Relief]:
        return problem.officer_on(officer.staff_no, day).base, _find_relief(problem, officer, day)

    for (base, relief), span in groupby(problem.dates, key=find_base_and_relief):
        days = tuple(span)
        if relief != _NONE and not worked.isdisjoint(days):
            yield days[0], days[-1], (base, relief)


def _find_relief(problem: Problem, officer: Officer, day: date) -> _Relief:
    officer = problem.officer_on(officer.staff_no, day)
    if all(problem.count_desks(officer.base, HalfDay(day, half)) != 0 for half in HALVES):
        return _NONE
    policy = problem.policy_on(day)
    has_minimum = OFFICE_MINIMUM.weight_under(policy) and find_office_percent(problem, officer, day)
    open_sites = {
        site for half in HALVES for site in problem.list_open_sites(officer, HalfDay(day, half))
    }
    has_office_open = any(is_office(problem, officer, day, site) for site in open_sites)
    return _Relief(
        office_days=bool(has_minimum) and not has_office_open,
        home_days=bool(HOME_MAXIMUM.weight_under(policy)) and not open_sites,
    )
