"""On which weekdays people work at home."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rota.domain import FRIDAY, HOME, MONDAY, Problem, Rota, count_days
from rota.figures.figure import Figure, Row, as_days, compute_percent
from rota.rules.finding_sentences import Count
from rota.writing.charts import Bar, Bars

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(slots=True)
class _HomeDaysOfTeam:
    """A team's half-days in all and at home, by weekday."""

    name: str
    worked: Counter[int] = field(default_factory=Counter)
    home: Counter[int] = field(default_factory=Counter)

    def compute_share(self, weekday: int) -> int | None:
        """The share at home in whole percents; None where nobody works on that weekday."""
        worked = self.worked[weekday]
        return compute_percent(self.home[weekday], worked) if worked else None


def build_home_days(problem: Problem, rota: Rota) -> Figure:
    """The shares of days at home, by weekday and team."""
    teams = _count_teams(problem, rota)
    return Figure(
        key="home-days",
        title="Home days",
        says=(
            "Days at home as a share of all days worked, for each weekday; in the picture for the "
            "whole unit."
        ),
        columns=("Team", "Days", "Home days", *(f"{name[:3]} (%)" for name in _WEEKDAYS)),
        rows=tuple(map(_build_row, teams)),
        charts=(_build_chart(teams[0]),) if teams else (),
        nothing="Nobody works in these weeks.",
    )


def _count_teams(problem: Problem, rota: Rota) -> tuple[_HomeDaysOfTeam, ...]:
    whole = _HomeDaysOfTeam("Whole unit")
    teams = {team: _HomeDaysOfTeam(team) for team in problem.teams}
    for seat in rota.seats:
        if seat.date in problem.extra_days:
            continue
        weekday = seat.date.weekday()
        for group in (whole, teams[problem.officer_on(*seat.officer_day).team]):
            group.worked[weekday] += seat.halves
            group.home[weekday] += seat.halves * (seat.site == HOME.name)
    return tuple(group for group in (whole, *teams.values()) if group.worked)


def _build_row(team: _HomeDaysOfTeam) -> Row:
    shares = (team.compute_share(weekday) for weekday in range(MONDAY, FRIDAY + 1))
    return team.name, _count_days(team.worked.total()), _count_days(team.home.total()), *shares


def _build_chart(whole: _HomeDaysOfTeam) -> Bars:
    bars = tuple(
        Bar(
            name,
            whole.compute_share(n) or 0,
            f"{_count_days(whole.home[n])} of {_count_days(whole.worked[n])} days",
        )
        for n, name in enumerate(_WEEKDAYS)
    )
    summary = "; ".join(f"{bar.label} {bar.says}" for bar in bars)
    return Bars("Home days of the whole unit", f"{summary}.", bars, 100)


def _count_days(halves: int) -> int | Count:
    return as_days(count_days(halves))
