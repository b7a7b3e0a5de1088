"""New starters who have no day with their mentor, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rota.domain import Officer, Problem, Week
from rota.remarks.causes import Cause
from rota.remarks.officer_remarks import explain_never_together
from rota.remarks.remark import Remark
from rota.remarks.workdays import Workdays
from rota.rules.new_starters import MENTOR_DAYS
from rota.rules.rule import find_presences

LOCKED_ELSEWHERE = "they are held at other sites"


def find_mentor_remarks(problem: Problem, days: Workdays) -> Iterator[Remark]:
    """A remark for each new starter and reason; of weeks, where it is not the whole period."""
    if not problem.policy.mentor_days_per_week or not MENTOR_DAYS.weight_under(problem.policy):
        return
    for officer in problem.unit.officers:
        if officer.mentor is None or officer.staff_no not in problem.new_starters:
            continue
        weeks = problem.working_weeks[officer.staff_no]
        lonely: dict[Cause, list[Week]] = {}
        for week, worked in weeks.items():
            if cause := _explain_no_mentor_day(problem, officer, worked, days):
                lonely.setdefault(cause, []).append(week)
        for cause, lonely_weeks in lonely.items():
            when = "" if len(lonely_weeks) == len(weeks) else _say_weeks(lonely_weeks)
            whole = Cause(f"{officer} has no day with a mentor{when}: {cause.says}")
            yield Remark("officers", whole, verdict=None, examples=(str(officer),))


def _explain_no_mentor_day(
    problem: Problem, officer: Officer, worked: Sequence[date], days: Workdays
) -> Cause | None:
    """Why none of the days is an occasion for the rule of mentor days; None where one is."""
    mentor = problem.officers[officer.mentor or ""]
    by_day, _ = find_presences(problem, (officer, mentor), worked, officer.base)
    if any(all(presences) for of_day in by_day for presences in of_day):
        return None
    return explain_never_together(officer, mentor, days, worked) or Cause(LOCKED_ELSEWHERE)


def _say_weeks(weeks: Sequence[Week]) -> str:
    """The weeks by their Mondays, as they stand in a sentence."""
    mondays = [f"{week.monday.day} {week.monday:%B %Y}" for week in weeks]
    if len(mondays) == 1:
        return f" in the week of {mondays[0]}"
    return f" in the weeks of {', '.join(mondays[:-1])} and {mondays[-1]}"
