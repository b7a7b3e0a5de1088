"""Whether new starters have experienced colleagues around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rota.checker import count
from rota.domain import Problem, Rota, Seat, count_days
from rota.figures.figure import Figure, Row, as_days, compute_percent
from rota.rules import Limit
from rota.rules.new_starters import supervision
from rota.writing.charts import Bar, Bars


@dataclass(slots=True)
class _NewStartersOfTeam:
    """A team's new starters at offices: their days, those that were too many, and by whom."""

    name: str
    days: float = 0
    alone: float = 0
    people: set[str] = field(default_factory=set)
    ever_alone: set[str] = field(default_factory=set)

    @property
    def in_company(self) -> float:
        return self.days - self.alone

    @property
    def share(self) -> int:
        return compute_percent(self.in_company, self.days)

    @property
    def never_alone(self) -> int:
        return len(self.people - self.ever_alone)

    def add(self, new: Sequence[Seat], days: float, gap: float) -> None:
        """Count so many days at an office, of which so many were those of too many."""
        people = {seat.staff_no for seat in new}
        self.days += days
        self.alone += gap
        self.people |= people
        self.ever_alone |= people if gap else set()


def build_new_starters(problem: Problem, rota: Rota) -> Figure:
    """The days of new starters at offices, by team, and how many were in company."""
    teams = _count_teams(problem, rota)
    title = "New starters in company"
    summary = "; ".join(f"{team.name} {_say_days(team)}" for team in teams)
    return Figure(
        key="new-starters",
        title=title,
        says=_explain_figure(problem),
        columns=(
            "Team",
            "New starters",
            "Their days at an office",
            "Days in company",
            "Share (%)",
            "New starters never alone",
        ),
        rows=tuple(map(_build_row, teams)),
        charts=(Bars(title, f"{summary}.", tuple(map(_build_bar, teams)), 100),) if teams else (),
        nothing="No new starter is at an office in these weeks.",
    )


def _explain_figure(problem: Problem) -> str:
    policy = problem.policy
    return (
        "Days that new starters of a team are at an office, and on how many of them enough "
        "experienced colleagues of the team are there too: at least one for every "
        f"{policy.new_starters_per_experienced} new starters. A new starter was never alone if "
        "that is so on each of their days at an office. New starters have fewer than "
        f"{policy.new_starter_months} months of service on the first day shown; experienced "
        f"officers have at least {policy.experienced_months} and are not trainees."
    )


def _count_teams(problem: Problem, rota: Rota) -> tuple[_NewStartersOfTeam, ...]:
    teams: dict[str, _NewStartersOfTeam] = {
        team: _NewStartersOfTeam(team) for team in problem.teams
    }
    for limit in supervision(problem):
        new = _find_new_starters_seats(limit, rota)
        if new:
            _, gap = count(limit, rota.seats)
            days = count_days(limit.halves * len(new))
            teams[problem.officer_on(*new[0].officer_day).team].add(new, days, gap)
    return tuple(team for team in teams.values() if team.days)


def _find_new_starters_seats(limit: Limit, rota: Rota) -> Sequence[Seat]:
    """The seats of new starters that are taken at the office then."""
    return [term.seat for term in limit.terms if term.coefficient > 0 and term.seat in rota.seats]


def _build_row(team: _NewStartersOfTeam) -> Row:
    days, in_company = as_days(team.days), as_days(team.in_company)
    return team.name, len(team.people), days, in_company, team.share, team.never_alone


def _build_bar(team: _NewStartersOfTeam) -> Bar:
    return Bar(team.name, team.share, _say_days(team), is_short=bool(team.alone))


def _say_days(team: _NewStartersOfTeam) -> str:
    return f"{as_days(team.in_company)} of {as_days(team.days)} days"
