"""New starters learn from experienced colleagues who are in the room."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rota.domain import OFFICE, Problem
from rota.rules.meetings import Meeting, gather_pair
from rota.rules.requirement import Gathering, Limit, Term
from rota.rules.rule import Audience, Rule, split_terms


def supervision(problem: Problem) -> Iterator[Limit]:
    weighed: dict[tuple[str, str, date], list[Term]] = defaultdict(list)
    for officer_day, seats in problem.seats_of.items():
        each = problem.policy_on(officer_day[1]).new_starters_per_experienced
        coefficient = problem.is_new(*officer_day) - each * problem.is_experienced(*officer_day)
        if coefficient:
            team = problem.officer_on(*officer_day).team
            for seat in seats:
                if problem.sites[seat.site].kind == OFFICE:
                    weighed[team, seat.site, seat.date].append(Term(coefficient, seat))
    for (team, office, day), terms in weighed.items():
        for when, balance in split_terms(day, terms):
            if any(term.coefficient > 0 for term in balance):
                yield Limit(f"{team} at {office}", when, balance, most=0)


def mentor_days(problem: Problem) -> Iterator[Gathering]:
    for staff_no in problem.officers:
        for week, days in problem.working_weeks[staff_no].items():
            meetings = list_mentor_meetings(problem, staff_no, days)
            if meetings:
                officer, mentor = meetings[-1].officers
                about = f"{officer} and mentor {mentor}"
                most = problem.policy_of(week).mentor_days_per_week
                yield from gather_pair(problem, meetings, about=about, week=week, times=most)


def list_mentor_meetings(
    problem: Problem, staff_no: str, days: Iterable[date]
) -> Sequence[Meeting]:
    """Where the officer and their mentor should meet, for each day on which they are new."""
    on_days = ((day, problem.officer_on(staff_no, day)) for day in days)
    return [
        Meeting(day, (officer, problem.officer_on(officer.mentor, day)), officer.base)
        for day, officer in on_days
        if officer.mentor is not None and problem.is_new(staff_no, day)
    ]


SUPERVISION = Rule(
    key="supervision",
    level="policy",
    weight=4,
    sentence=(
        "In each team, at each office and in each half of a day, there are at most "
        "`new_starters_per_experienced` new starters for each experienced officer of the team."
    ),
    finding="{gap:new starter} of {about} without experienced colleagues to turn to {when}.",
    audience=Audience.EVERYBODY,
    is_broken_by_leave=True,
    asks=supervision,
)

MENTOR_DAYS = Rule(
    key="mentor-days",
    level="policy",
    weight=2,
    sentence=(
        "A new starter and their mentor are both at the new starter's base on at least "
        "`mentor_days_per_week` days in each week, or on as many as both may use it; half-days "
        "count as halves."
    ),
    finding="{about} share {count:office day} {when}; at least {least} asked.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=mentor_days,
)
