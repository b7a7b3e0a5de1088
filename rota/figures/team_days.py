"""In how many weeks whole teams met."""

from __future__ import annotations

from dataclasses import dataclass

from rota.checker import count
from rota.domain import Problem, Rota
from rota.figures.figure import Figure, Row, percent
from rota.rules.together import team_day
from rota.writing.charts import Bar, Bars


@dataclass(slots=True)
class _TeamDaysOfTeam:
    """A team's weeks, those in which it met, and who was missing on the fullest days of others."""

    name: str
    weeks: int = 0
    held: int = 0
    missing: int = 0

    @property
    def share(self) -> int:
        return percent(self.held, self.weeks)


def team_days(problem: Problem, rota: Rota) -> Figure:
    """The team days that were held, by team."""
    teams = _teams(problem, rota)
    title = "Team days held"
    summary = "; ".join(f"{its.name} {its.held} of {its.weeks} weeks" for its in teams)
    return Figure(
        key="team-days",
        title=title,
        says=(
            "Weeks in which on at least one date every member of the team was in the team's "
            "office; members who do not work or may not use that office in the week do not count. "
            "For the other weeks, the members missing on the team's fullest day are counted."
        ),
        columns=("Team", "Weeks", "Weeks with a team day", "Share (%)", "Members missing"),
        rows=tuple(map(_row, teams)),
        charts=(Bars(title, f"{summary}.", tuple(map(_bar, teams)), 100),) if teams else (),
        nothing="No team has members who could meet in these weeks.",
    )


def _teams(problem: Problem, rota: Rota) -> tuple[_TeamDaysOfTeam, ...]:
    teams: dict[str, _TeamDaysOfTeam] = {}
    for gathering in team_day(problem):
        its = teams.setdefault(gathering.about, _TeamDaysOfTeam(gathering.about))
        _, gap = count(gathering, rota.seats)
        its.weeks += 1
        its.held += gap == 0
        its.missing += gap
    return tuple(teams.values())


def _row(its: _TeamDaysOfTeam) -> Row:
    return its.name, its.weeks, its.held, its.share, its.missing


def _bar(its: _TeamDaysOfTeam) -> Bar:
    told = f"{its.held} of {its.weeks} weeks"
    return Bar(its.name, its.share, told, is_short=its.held < its.weeks)
