"""The days that nobody has planned yet, which no other figure counts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from rota.domain import Problem
from rota.figures.figure import Figure


def build_not_planned(problem: Problem) -> Figure:
    """The working days without a seat, by team."""
    days: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for staff_no, day in problem.not_planned:
        days[problem.officers[staff_no].team].append((staff_no, day))
    return Figure(
        key="not-planned",
        title="Not planned",
        says=(
            "Working days on which somebody has no seat, such as those of a joiner before the next "
            "rota. No other figure counts them: they are neither at the office nor missing there."
        ),
        columns=("Team", "Officers", "Days", "First day"),
        rows=tuple(
            (
                team,
                len({staff_no for staff_no, _ in places}),
                len(places),
                min(day for _, day in places),
            )
            for team, places in sorted(days.items())
        ),
        charts=(),
        nothing="Everybody has a seat on every working day of these weeks.",
    )
