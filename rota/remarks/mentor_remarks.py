"""New starters who have no day with their mentor, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rota.domain import Problem, Week
from rota.remarks.causes import Cause
from rota.remarks.officer_remarks import explain_never_together
from rota.remarks.remark import Remark
from rota.remarks.workdays import Workdays
from rota.rules.meetings import Meeting, find_attendances
from rota.rules.new_starters import MENTOR_DAYS, list_mentor_meetings

LOCKED_ELSEWHERE = "they are held at other sites"


def find_mentor_remarks(problem: Problem, days: Workdays) -> Iterator[Remark]:
    """A remark for each new starter and reason; of weeks, where it is not the whole period."""
    for officer in problem.officers.values():
        weeks = problem.working_weeks[officer.staff_no]
        lonely: dict[Cause, list[Week]] = {}
        for week, worked in weeks.items():
            policy = problem.policy_of(week)
            if not policy.mentor_days_per_week or not MENTOR_DAYS.weight_under(policy):
                continue
            meetings = list_mentor_meetings(problem, officer.staff_no, worked)
            if meetings and (cause := _explain_no_mentor_day(problem, meetings, days)):
                lonely.setdefault(cause, []).append(week)
        for cause, lonely_weeks in lonely.items():
            when = "" if len(lonely_weeks) == len(weeks) else _say_weeks(lonely_weeks)
            whole = Cause(f"{officer} has no day with a mentor{when}: {cause.says}")
            yield Remark("officers", whole, verdict=None, examples=(str(officer),))


def _explain_no_mentor_day(
    problem: Problem, meetings: Sequence[Meeting], days: Workdays
) -> Cause | None:
    """Why none of the days is an occasion for the rule of mentor days; None where one is."""
    by_day, _ = find_attendances(problem, meetings)
    if any(all(attendances) for of_day in by_day for attendances in of_day):
        return None
    officer, mentor = meetings[-1].officers
    dates = [meeting.date for meeting in meetings]
    return explain_never_together(officer, mentor, days, dates) or Cause(LOCKED_ELSEWHERE)


def _say_weeks(weeks: Sequence[Week]) -> str:
    """The weeks by their Mondays, as they stand in a sentence."""
    mondays = [f"{week.monday.day} {week.monday:%B %Y}" for week in weeks]
    if len(mondays) == 1:
        return f" in the week of {mondays[0]}"
    return f" in the weeks of {', '.join(mondays[:-1])} and {mondays[-1]}"
