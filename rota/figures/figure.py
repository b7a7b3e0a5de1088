"""What a figure is: counts in a table, pictures of them, and what they count in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rota.domain import drop_point
from rota.rules.finding_sentences import Count
from rota.writing.charts import Chart
from rota.writing.spreadsheet import format_csv

Value = str | int | float | date | None
"""A cell of a figure's table; None where there is nothing to tell."""

Row = tuple[Value, ...]

ROUNDED = "Shares are rounded down to whole percents, so that 100% means all."


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Counts of one kind. The key names it for ever; `nothing` is said where there are no rows.

    `line` tells what the line in the pictures stands for, where they have one.
    """

    key: str
    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    charts: tuple[Chart, ...]
    nothing: str
    line: str = ""


def compute_percent(part: float, whole: float) -> int:
    """The share in whole percents, rounded down; all of nothing."""
    return int(100 * part // whole) if whole else 100


def as_days(number: float) -> int | Count:
    """Days, or people for so many days: pages write them as 2½, files as 2.5."""
    days = drop_point(number)
    return days if isinstance(days, int) else Count(days)


def format_figure_csv(figure: Figure) -> str:
    """The figure's table for a spreadsheet."""
    return format_csv(figure.columns, [_format_cells(row) for row in figure.rows])


def _format_cells(row: Row) -> Sequence[str | int | float | None]:
    return [_format_cell(value) for value in row]


def _format_cell(value: Value) -> str | int | float | None:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Count) else value
