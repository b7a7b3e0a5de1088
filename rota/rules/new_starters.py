"""New starters learn from experienced colleagues who are in the room."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from rota.domain import OFFICE, Problem
from rota.rules.rule import Audience, Gathering, Limit, Rule, Term, gather_pair, split_terms


def supervision(problem: Problem) -> Iterator[Limit]:
    each = problem.policy.new_starters_per_experienced
    weighed: dict[tuple[str, str, date], list[Term]] = defaultdict(list)
    for seat in problem.seats:
        if problem.sites[seat.site].kind != OFFICE:
            continue
        is_new = seat.staff_no in problem.new_starters
        coefficient = is_new - each * (seat.staff_no in problem.experienced)
        if coefficient:
            team = problem.officers[seat.staff_no].team
            weighed[team, seat.site, seat.date].append(Term(coefficient, seat))
    for (team, office, day), terms in weighed.items():
        for when, balance in split_terms(day, terms):
            if any(term.coefficient > 0 for term in balance):
                yield Limit(f"{team} at {office}", when, balance, most=0)


def mentor_days(problem: Problem) -> Iterator[Gathering]:
    for officer in problem.unit.officers:
        if officer.mentor is None or officer.staff_no not in problem.new_starters:
            continue
        mentor = problem.officers[officer.mentor]
        about = f"{officer} and mentor {mentor}"
        most = problem.policy.mentor_days_per_week
        for week, days in problem.working_weeks[officer.staff_no].items():
            yield from gather_pair(
                problem, (officer, mentor), days, officer.base, about=about, week=week, times=most
            )


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
