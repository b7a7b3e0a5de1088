"""Finds remarks table by table: on a whole problem, or about records that were just made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from rota.domain import Away, Closure, Policy, Problem, Unit, Week
from rota.reading import list_bank_holidays_around
from rota.records import CLOSURES
from rota.records.row_dates import find_first_and_last
from rota.remarks import officer_remarks, site_remarks
from rota.remarks.causes import Cause
from rota.remarks.closed_site_remarks import find_closed_site_remarks
from rota.remarks.day_off_remarks import find_day_off_remarks
from rota.remarks.history_remarks import find_history_remarks
from rota.remarks.mentor_remarks import find_mentor_remarks
from rota.remarks.remark import Remark, sum_up_remarks
from rota.remarks.workdays import AHEAD, Span, Workdays

MOST_ALIKE = 5
"""Remarks on new starters that are told one by one; the others are named in one."""

_Finder = Callable[[tuple[Any, ...], Unit, Workdays, Span], Iterator[Remark]]

_FINDERS: Mapping[str, _Finder] = {
    "away": lambda rows, _, days, span: officer_remarks.find_absence_remarks(rows, days, span),
    "duties": site_remarks.find_duty_remarks,
    "appointments": lambda rows, _, days, span: officer_remarks.find_appointment_remarks(
        rows, days, span
    ),
    "presence": lambda rows, unit, days, _: site_remarks.find_presence_remarks(rows, unit, days),
    "requests": officer_remarks.find_request_remarks,
    "links": lambda rows, _, days, span: officer_remarks.find_link_remarks(rows, days, span),
    "closures": lambda rows, unit, days, _: site_remarks.find_closure_remarks(rows, unit, days),
}
"""How remarks are found, for each table that has any."""


def find_remarks_on_problem(problem: Problem) -> tuple[Remark, ...]:
    """What is to be known of the records from the first day of the period on.

    What is over by then was once of effect. Of what is long over it is told that there is no need
    to keep it.
    """
    unit, days = problem.unit, Workdays(problem.unit, problem.policy.days_off)
    span = problem.period.first, problem.period.last
    remarks = [*_shorten_remarks(tuple(find_mentor_remarks(problem, days)))]
    for table, finder in _FINDERS.items():
        rows = tuple(row for row in getattr(unit, table) if _is_relevant(row, span[0]))
        remarks.extend(sum_up_remarks(finder(rows, unit, days, span)))
    remarks.extend(sum_up_remarks(site_remarks.find_unasked_remarks(problem)))
    remarks.extend(find_closed_site_remarks(problem))
    remarks.extend(find_day_off_remarks(problem.policy, Workdays(unit)))
    later = tuple(seat for seat in unit.published if seat.date > problem.today)
    remarks.extend(sum_up_remarks(officer_remarks.find_seat_remarks(later, days)))
    return (*remarks, *sum_up_remarks(find_history_remarks(problem)))


def find_remarks_on_rows(
    table: str, rows: Iterable[Any], *, unit: Unit, policy: Policy, today: date
) -> tuple[Remark, ...]:
    """What is to be known of the rows of the table, which are among the unit's."""
    if table not in _FINDERS:
        return ()
    span, rows = (today, today + AHEAD), tuple(rows)
    days = Workdays(unit, policy.days_off)
    remarks = sum_up_remarks(_FINDERS[table](rows, unit, days, span))
    if table != CLOSURES:
        return tuple(remarks)
    closed = (_find_remarks_on_closure(row, unit, policy, today) for row in rows if not row.desks)
    return tuple(dict.fromkeys((*remarks, *chain.from_iterable(closed))))


def _find_remarks_on_closure(
    row: Closure, unit: Unit, policy: Policy, today: date
) -> Iterator[Remark]:
    """What follows for officers, from today on and not for ever."""
    first, last = max(row.first, today), min(row.last, max(row.first, today) + AHEAD)
    if first <= last:
        start = Week.of(first).monday
        weeks = (last - start).days // 7 + 1
        policy = replace(policy, start=start, weeks=weeks)
        holidays = list_bank_holidays_around(policy, today)
        problem = Problem(unit=unit, policy=policy, today=today, bank_holidays=holidays)
        yield from find_closed_site_remarks(problem, {row.site})


def _shorten_remarks(alike: tuple[Remark, ...]) -> Iterator[Remark]:
    """The first of the remarks on new starters, and one that names the others."""
    yield from alike[:MOST_ALIKE]
    if others := [name for remark in alike[MOST_ALIKE:] for name in remark.examples]:
        names = "; ".join(dict.fromkeys(others))
        more = Cause(f"others too have no day with a mentor, or none in some weeks: {names}")
        yield Remark(alike[0].table, more, verdict=None)


def _is_relevant(row: Any, first: date) -> bool:
    """Whether the row speaks of days from the first on, of no day at all, or of days long over."""
    _, last = find_first_and_last(row)
    if last is None or last >= first:
        return True
    return isinstance(row, Away) and last < first - officer_remarks.LONG_AGO
