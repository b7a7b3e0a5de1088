"""Tasks in which most stays as it is, so that better values near good ones are found fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rota.domain import Week
from solver.engine_messages import Task
from solver.model import Choice, Model

_FUZZ = 1e-3
"""An engine's value may be so far from a whole number that it stands for."""


def keep_occasions(task: Task, values: Sequence[float], choices: Iterable[Choice]) -> Task:
    """The task in which these gatherings are on the occasions that have most in the values.

    Whoever would gather on another occasion misses nothing there.
    """
    fixed_values: list[tuple[int, int]] = []
    for choice in choices:
        by_value = sorted(choice.occasions, key=lambda occasion: -values[occasion.variable])
        for place, occasion in enumerate(by_value):
            is_chosen = place < choice.times
            fixed_values.append((occasion.variable, int(is_chosen)))
            if not is_chosen:
                fixed_values.extend((miss.variable, 0) for miss in occasion.misses)
    return _fix(task, fixed_values)


def keep_whole_weeks(task: Task, values: Sequence[float], model: Model) -> Task:
    """The task in which officers keep the seats of each week that the values leave no doubt of."""
    weeks: dict[tuple[str, Week], list[int]] = defaultdict(list)
    for variable, option in enumerate(model.free):
        weeks[option.staff_no, Week.of(option.date)].append(variable)
    return _fix(
        task,
        (
            (variable, round(values[variable]))
            for variables in weeks.values()
            if all(_is_whole(values[variable]) for variable in variables)
            for variable in variables
        ),
    )


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < _FUZZ


def _fix(task: Task, fixed_values: Iterable[tuple[int, int]]) -> Task:
    """The task with variables fixed; a value outside its bounds leaves the task no solution."""
    lower, upper = list(task.lower), list(task.upper)
    for variable, value in fixed_values:
        lower[variable] = max(lower[variable], value)
        upper[variable] = min(upper[variable], value)
    return replace(task, lower=tuple(lower), upper=tuple(upper))
