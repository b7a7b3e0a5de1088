"""Figures of a unit's rota: how the policy is met, team by team and office by office.

What a rule asks is counted by its own function, as the checker counts it.
"""

from rota.domain import Problem, Rota
from rota.figures.desk_use import build_desk_use
from rota.figures.duties_covered import build_duties_covered
from rota.figures.figure import ROUNDED, Figure, Row, Value, compute_percent, format_figure_csv
from rota.figures.home_days import build_home_days
from rota.figures.new_starters import build_new_starters
from rota.figures.night_changes import NIGHTS, NightChanges, build_night_changes
from rota.figures.not_planned import build_not_planned
from rota.figures.office_share import build_office_shares
from rota.figures.team_days import build_team_days
from rota.figures.unit_shares import UnitLine, build_unit_shares


def build_figures(problem: Problem, rota: Rota) -> tuple[Figure, ...]:
    """All figures of the problem's weeks."""
    return (
        *build_office_shares(problem, rota),
        build_desk_use(problem, rota),
        build_new_starters(problem, rota),
        build_team_days(problem, rota),
        build_duties_covered(problem, rota),
        build_home_days(problem, rota),
        build_not_planned(problem),
    )


__all__ = [
    "NIGHTS",
    "ROUNDED",
    "Figure",
    "NightChanges",
    "Row",
    "UnitLine",
    "Value",
    "build_figures",
    "build_night_changes",
    "build_unit_shares",
    "compute_percent",
    "format_figure_csv",
]
