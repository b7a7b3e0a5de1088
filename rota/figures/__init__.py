"""Figures of a unit's rota: how the policy is met, team by team and office by office.

What a rule asks is counted by its own function, as the checker counts it.
"""

from rota.domain import Problem, Rota
from rota.figures.desk_use import desk_use
from rota.figures.duties_covered import duties_covered
from rota.figures.figure import ROUNDED, Figure, Row, Value, csv_of, percent
from rota.figures.home_days import home_days
from rota.figures.new_starters import new_starters
from rota.figures.night_changes import NIGHTS, NightChanges, night_changes
from rota.figures.not_planned import not_planned
from rota.figures.office_share import office_share
from rota.figures.team_days import team_days
from rota.figures.units import UnitLine, unit_shares


def figures_of(problem: Problem, rota: Rota) -> tuple[Figure, ...]:
    """All figures of the problem's weeks."""
    return (
        *office_share(problem, rota),
        desk_use(problem, rota),
        new_starters(problem, rota),
        team_days(problem, rota),
        duties_covered(problem, rota),
        home_days(problem, rota),
        not_planned(problem),
    )


__all__ = [
    "NIGHTS",
    "ROUNDED",
    "Figure",
    "NightChanges",
    "Row",
    "UnitLine",
    "Value",
    "csv_of",
    "figures_of",
    "night_changes",
    "percent",
    "unit_shares",
]
