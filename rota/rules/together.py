"""People who work together meet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, product

from rota.domain import HALVES_A_DAY, Officer, Problem
from rota.rules.meetings import Meeting, find_attendances, gather_pair
from rota.rules.requirement import Gathering
from rota.rules.rule import Audience, Rule


def team_day(problem: Problem) -> Iterator[Gathering]:
    members = _list_members(problem)
    for team in problem.teams:
        for week, days in problem.weeks.items():
            meetings = _list_team_meetings(problem, team, members, days)
            if any(meeting.officers for meeting in meetings):
                by_day, by_half = find_attendances(problem, meetings)
                occasions = tuple(tuple(chain.from_iterable(of_day)) for of_day in by_day)
                halves = 1 if by_half else HALVES_A_DAY
                yield Gathering(team, week, 1, occasions, halves)


def _list_members(problem: Problem) -> Mapping[tuple[str, date], Sequence[Officer]]:
    """The members of each team on each planning day."""
    members: dict[tuple[str, date], list[Officer]] = defaultdict(list)
    for staff_no, day in product(problem.officers, problem.dates):
        if problem.is_here(staff_no, day):
            officer = problem.officer_on(staff_no, day)
            members[officer.team, day].append(officer)
    return members


def _list_team_meetings(
    problem: Problem,
    team: str,
    members: Mapping[tuple[str, date], Sequence[Officer]],
    days: Sequence[date],
) -> Sequence[Meeting]:
    """The team's office on each of the days, and who of its members may use it on any of them."""
    offices = {day: problem.team_on(team, day).office for day in days}
    able = {
        officer.staff_no
        for day in days
        for officer in members.get((team, day), ())
        if problem.may_use(officer, day, offices[day])
    }
    return [
        Meeting(
            day,
            [officer for officer in members.get((team, day), ()) if officer.staff_no in able],
            offices[day],
        )
        for day in days
    ]


def links(problem: Problem) -> Iterator[Gathering]:
    for link in problem.unit.links:
        pair = problem.officers[link.staff_no], problem.officers[link.with_staff_no]
        about = f"{pair[0]} and {pair[1]}"
        for week, days in problem.weeks.items():
            meetings = [
                Meeting(day, pair, problem.officer_on(link.staff_no, day).base) for day in days
            ]
            yield from gather_pair(problem, meetings, about=about, week=week, times=1)


TEAM_DAY = Rule(
    key="team-day",
    level="people",
    weight=2,
    sentence=(
        "Once a week, on any one date, all members of a team who work and may use the team's "
        "office at all that week are in it."
    ),
    finding="{about} lacks {gap:member} on its fullest day {when}.",
    audience=Audience.EVERYBODY,
    is_broken_by_leave=False,
    asks=team_day,
)

LINKS = Rule(
    key="links",
    level="people",
    weight=2,
    sentence=(
        "Once a week two officers with linked cases are both at the base of the first, where "
        "there is a date on which both may use it."
    ),
    finding="{about} share {count:day} at the base {when}; at least {least} asked.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=links,
)
