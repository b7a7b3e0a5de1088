"""People who work together meet."""

from collections.abc import Iterator
from itertools import chain

from rota.domain import HALVES_A_DAY, Problem
from rota.rules.rule import Audience, Gathering, Rule, find_presences, gather_pair


def team_day(problem: Problem) -> Iterator[Gathering]:
    for team in problem.unit.teams:
        for week, days in problem.weeks.items():
            members = [
                officer
                for officer in problem.teams[team.name]
                if any(problem.may_use(officer, day, team.office) for day in days)
            ]
            if members:
                by_day, by_half = find_presences(problem, members, days, team.office)
                occasions = tuple(tuple(chain.from_iterable(of_day)) for of_day in by_day)
                halves = 1 if by_half else HALVES_A_DAY
                yield Gathering(team.name, week, 1, occasions, halves)


def links(problem: Problem) -> Iterator[Gathering]:
    for link in problem.unit.links:
        first, second = problem.officers[link.staff_no], problem.officers[link.with_staff_no]
        about = f"{first} and {second}"
        for week, days in problem.weeks.items():
            yield from gather_pair(
                problem, (first, second), days, first.base, about=about, week=week, times=1
            )


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
