"""People who work together meet."""

from collections.abc import Iterator

from rota.domain import Problem, Seat
from rota.rules.rule import Audience, Gathering, Rule, find_shared_occasions


def team_day(problem: Problem) -> Iterator[Gathering]:
    for team in problem.unit.teams:
        for week, days in problem.weeks.items():
            members = [
                officer
                for officer in problem.teams[team.name]
                if any(problem.may_use(officer, day, team.office) for day in days)
            ]
            if members:
                occasions = tuple(
                    tuple(Seat(member.staff_no, day, team.office) for member in members)
                    for day in days
                )
                yield Gathering(team.name, week, 1, occasions)


def links(problem: Problem) -> Iterator[Gathering]:
    for link in problem.unit.links:
        officers = problem.officers[link.staff_no], problem.officers[link.with_staff_no]
        for week, days in problem.weeks.items():
            occasions = find_shared_occasions(problem, officers, days, officers[0].base)
            if occasions:
                yield Gathering(f"{officers[0]} and {officers[1]}", week, 1, occasions)


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
