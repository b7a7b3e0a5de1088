"""In how many weeks whole teams met."""

from __future__ import annotations

from dataclasses import dataclass

from rota.checker import count
from rota.domain import Problem, Rota
from rota.figures.figure import Figure, Row, as_days, compute_percent
from rota.rules.together import team_day
from rota.writing.charts import Bar, Bars


@dataclass(slots=True)
class _TeamDaysOfTeam:
    """A team's weeks, those in which it met, and who was missing on the fullest days of others."""

    name: str
    weeks: int = 0
    weeks_met: int = 0
    missing: float = 0

    @property
    def share(self) -> int:
        return compute_percent(self.weeks_met, self.weeks)


def build_team_days(problem: Problem, rota: Rota) -> Figure:
    """The team days that were held, by team."""
    teams = _count_teams(problem, rota)
    title = "Team days held"
    summary = "; ".join(f"{team.name} {team.weeks_met} of {team.weeks} weeks" for team in teams)
    return Figure(
        key="team-days",
        title=title,
        says=(
            "Weeks in which on at least one date every member of the team was in the team's "
            "office; members who do not work or may not use that office in the week do not count. "
            "For the other weeks, the members missing on the team's fullest day are counted; "
            "who is missing for half of it counts as half of one."
        ),
        columns=("Team", "Weeks", "Weeks with a team day", "Share (%)", "Members missing"),
        rows=tuple(map(_build_row, teams)),
        charts=(Bars(title, f"{summary}.", tuple(map(_build_bar, teams)), 100),) if teams else (),
        nothing="No team has members who could meet in these weeks.",
    )


def _count_teams(problem: Problem, rota: Rota) -> tuple[_TeamDaysOfTeam, ...]:
    teams: dict[str, _TeamDaysOfTeam] = {}
    for gathering in team_day(problem):
        team = teams.setdefault(gathering.about, _TeamDaysOfTeam(gathering.about))
        _, gap = count(gathering, rota.seats)
        team.weeks += 1
        team.weeks_met += gap == 0
        team.missing += gap
    return tuple(teams.values())


def _build_row(team: _TeamDaysOfTeam) -> Row:
    return team.name, team.weeks, team.weeks_met, team.share, as_days(team.missing)


def _build_bar(team: _TeamDaysOfTeam) -> Bar:
    text = f"{team.weeks_met} of {team.weeks} weeks"
    return Bar(team.name, team.share, text, is_short=team.weeks_met < team.weeks)
