"""Remarks on a whole problem, as when its files are read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from rota.domain import Problem
from rota.remarks.about import FINDERS
from rota.remarks.causes import Cause
from rota.remarks.mentors import mentors
from rota.remarks.of_officers import LONG_AGO, seats
from rota.remarks.remark import Remark, summed
from rota.remarks.workdays import Workdays

MOST_ALIKE = 5
"""Remarks on new starters that are told one by one; the others are named in one."""


def remarks_on(problem: Problem) -> tuple[Remark, ...]:
    """What is to be known of the records from the first day of the period on.

    What is over by then was once of effect. Of what is long over it is told that there is no need
    to keep it.
    """
    unit, days = problem.unit, Workdays(problem.unit)
    span = problem.period.first, problem.period.last
    found = [*_first_of(tuple(mentors(problem, days)))]
    for table, finder in FINDERS.items():
        rows = tuple(row for row in getattr(unit, table) if _matters(row, span[0]))
        found.extend(summed(finder(rows, unit, days, span)))
    later = tuple(seat for seat in unit.published if seat.date > problem.fixed_until)
    return (*found, *summed(seats(later, days)))


def _first_of(alike: tuple[Remark, ...]) -> Iterator[Remark]:
    """The first of the remarks on new starters, and one that names the others."""
    yield from alike[:MOST_ALIKE]
    if others := [name for remark in alike[MOST_ALIKE:] for name in remark.examples]:
        names = "; ".join(dict.fromkeys(others))
        more = Cause(f"others too have no day with a mentor, or none in some weeks: {names}")
        yield Remark(alike[0].table, more, verdict=None)


def _matters(row: Any, first: date) -> bool:
    """Whether the row speaks of days from the first on, of no day at all, or of days long over."""
    last = getattr(row, "last", None) or getattr(row, "date", None) or getattr(row, "when", None)
    if not isinstance(last, date):
        return True
    return last >= first or (hasattr(row, "last") and last < first - LONG_AGO)
