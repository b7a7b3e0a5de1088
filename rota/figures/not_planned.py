"""The days that nobody has planned yet, which no other figure counts."""

from __future__ import annotations

from collections import defaultdict

from rota.domain import OfficerPart, Problem, count_days, count_halves
from rota.figures.figure import Figure, as_days


def build_not_planned(problem: Problem) -> Figure:
    """The working days without a seat, by team."""
    parts: dict[str, list[OfficerPart]] = defaultdict(list)
    for officer_part in problem.not_planned:
        parts[problem.officer_on(*officer_part[:2]).team].append(officer_part)
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
                len({staff_no for staff_no, _, _ in of_team}),
                as_days(count_days(sum(count_halves(part) for _, _, part in of_team))),
                min(day for _, day, _ in of_team),
            )
            for team, of_team in sorted(parts.items())
        ),
        charts=(),
        nothing="Everybody has a seat on every working day of these weeks.",
    )
