"""The weeks of a model, which hardly any rule ties together.

On the reference units one row in thirty looks beyond a week: the office minimum over a period and
the home days next to its weekends. Where those have a price, each week can be planned by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rota.domain import Week
from solver.engine_messages import LinearRow, Task
from solver.model import Model
from solver.relaxation import SCALE, Relaxation

_TOLERANCE = 0.05
"""A week that costs so little more than its bound is planned well enough."""


@dataclass(frozen=True)
class Weeks:
    """The week of each variable, None where it belongs to several, and the rows of each week.

    A row that ties weeks together is in none of them.
    """

    of_variables: tuple[Week | None, ...]
    rows: Mapping[Week, tuple[int, ...]]


@dataclass(frozen=True)
class WeekTask:
    """One week by itself, with what it takes of all that is shared in its prices.

    `bound` is what the relaxation proves of it, in 1/`SCALE` of a cost.
    """

    week: Week
    task: Task
    bound: int


def find_weeks(model: Model) -> Weeks:
    """The weeks of a complete model, in order."""
    of_variables: list[Week | None] = [None] * len(model.upper)

    def find_only_week(variables: Iterable[int]) -> Week | None:
        weeks = {of_variables[variable] for variable in variables}
        return weeks.pop() if len(weeks) == 1 else None

    for variable, option in enumerate(model.free):
        of_variables[variable] = Week.of(option.date)
    for choice in model.choices:
        misses = [miss for occasion in choice.occasions for miss in occasion.misses]
        week = find_only_week(option for miss in misses for option in miss.options)
        for occasion in choice.occasions:
            of_variables[occasion.variable] = week
        for day in choice.days:
            if day.both is not None:
                of_variables[day.both] = week
        for miss in misses:
            of_variables[miss.variable] = week
    for guard in model.guards:
        of_variables[guard.variable] = of_variables[guard.gap] = find_only_week(guard.askers)
    for gap in model.gaps:
        of_variables[gap.variable] = find_only_week(variable for variable, _ in gap.terms)

    rows: dict[Week, list[int]] = {
        week: [] for week in sorted({Week.of(option.date) for option in model.free})
    }
    for number, row in enumerate(model.rows):
        week = find_only_week(variable for variable, _ in row.terms)
        if week:
            rows[week].append(number)
    return Weeks(tuple(of_variables), {week: tuple(numbers) for week, numbers in rows.items()})


def build_week_task(
    weeks: Weeks, week: Week, rows: Sequence[LinearRow], relaxation: Relaxation
) -> WeekTask:
    """The task of one week, in which shared rows count by their multipliers.

    The best of every week together cost no more than any solution of the relaxation's task.
    """
    task, reduced = relaxation.task, relaxation.reduced
    is_inside = [other == week for other in weeks.of_variables]
    prices = {variable: reduced[variable] for variable, inside in enumerate(is_inside) if inside}
    bound = 0
    for number in weeks.rows[week]:
        multiplier = relaxation.multipliers[number]
        if not multiplier:
            continue
        side = rows[number].least if multiplier > 0 else rows[number].most
        assert side is not None, "a row counts only by a side that it has"
        bound += multiplier * side
        for variable, factor in rows[number].terms:
            prices[variable] += factor * multiplier
    bound += sum(
        reduced[variable]
        * (task.lower[variable] if reduced[variable] > 0 else task.upper[variable])
        for variable in prices
    )
    outside = (0, 0)
    sides = [
        (lower, upper) if inside else outside
        for lower, upper, inside in zip(task.lower, task.upper, is_inside, strict=True)
    ]
    week_task = replace(
        task,
        prices=tuple((variable, price) for variable, price in prices.items() if price),
        rows=(),
        programme_rows=weeks.rows[week],
        lower=tuple(lower for lower, _ in sides),
        upper=tuple(upper for _, upper in sides),
        scale=SCALE,
        tolerance=_TOLERANCE,
    )
    return WeekTask(week, week_task, bound)
