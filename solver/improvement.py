"""Better values, found where most of what is hard is settled beforehand.

Engines take long where gatherings compete for desks. But the relaxation nearly always says on which
days people gather best; once these are settled, all the rest is planned in a moment. What is left
is to try other days, week by week.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rota.domain import Week
from rota.rules import LEVELS
from solver.best_values import BestValues
from solver.engine_messages import Task
from solver.jobs import Improving, Job, PlanningWeek, Proving
from solver.model import Choice, Model
from solver.neighbourhoods import keep_occasions, keep_whole_weeks
from solver.relaxation import Relaxation
from solver.stage import Stage
from solver.weeks import Weeks, build_week_task

_NEAR_ENOUGH = 2.0
"""So far from their bound first values may be, since more is found sooner with other days."""

_FIRST_EFFORT = 20
"""The effort for first values."""

_WEEK_EFFORT = 10
"""The effort for planning one week by itself."""

NEAR = 2
"""A distance between cost and floor so small that the floor itself is tried."""

_FLOOR_EFFORT = 5
"""The effort for values at a near floor."""

_OTHER_DAYS_EFFORTS = (2, 8, 32)
"""The efforts for other days of a week, each when the one before was not enough."""

Question = tuple[Job, Task]


def find_low_target(model: Model, stage: Stage) -> int:
    """The highest cost less than a day above the stage's floor.

    That is the floor itself, or where half-days cost something the half above it: to try both at
    once takes hardly longer than one of them.
    """
    return stage.floor + int(model.from_days(1)) - 1


def ask_for_first_values(model: Model, relaxation: Relaxation) -> Iterator[Question]:
    """Questions for HiGHS about values near a relaxation's, in which people gather as it likes.

    At first, who has whole seats in a week of the relaxation keeps them; then anything may differ.
    """
    values = relaxation.values
    task = replace(
        keep_occasions(relaxation.task, values, _find_gatherings(model)),
        effort=_FIRST_EFFORT,
        tolerance=model.from_days(_NEAR_ENOUGH),
    )
    yield Improving(), keep_whole_weeks(task, values, model)
    yield Improving(), task


def ask_about_weeks(
    model: Model, weeks: Weeks, best_values: BestValues, stage: Stage, relaxation: Relaxation
) -> Iterator[Question]:
    """Questions for HiGHS that raise the last level's floor and then better its cost.

    First all gatherings are kept, and each week is planned by itself. Then the gatherings of all
    weeks but one are kept, until nothing is better so or takes too much effort. Whether anything
    costs as little as the floor is asked when that is near. Each question waits for the answer to
    the one before.
    """
    yield from _ask_at_near_floor(model, best_values, stage)
    task = _keep_other_weeks(model, weeks, stage, best_values.values, None)
    if not task.is_empty:
        yield Improving(), replace(task, effort=_OTHER_DAYS_EFFORTS[0])
    for week in weeks.rows:
        week_task = build_week_task(weeks, week, model.rows, relaxation)
        yield PlanningWeek(stage, weeks, week_task), replace(week_task.task, effort=_WEEK_EFFORT)
    yield from _ask_at_near_floor(model, best_values, stage)
    near: Sequence[int] = ()
    waiting: deque[tuple[Week | None, int]] = deque()
    while True:
        if near is not best_values.values:
            near = best_values.values
            waiting = deque((week, 0) for week in (None, *weeks.rows))
        if not waiting or best_values.compute_cost_on(stage) is None:
            return
        other, attempt = waiting.popleft()
        task = _keep_other_weeks(model, weeks, stage, near, other)
        if task.is_empty:
            continue
        job = Improving()
        yield job, replace(task, effort=_OTHER_DAYS_EFFORTS[attempt])
        if not job.is_complete and attempt + 1 < len(_OTHER_DAYS_EFFORTS):
            waiting.append((other, attempt + 1))


def _ask_at_near_floor(model: Model, best_values: BestValues, stage: Stage) -> Iterator[Question]:
    """Questions for values at the stage's floor, which rises when there are none."""
    while True:
        cost = best_values.compute_cost_on(stage)
        if cost is None or not 0 < cost - stage.floor <= model.from_days(NEAR):
            return
        target = min(cost - 1, find_low_target(model, stage))
        job = Proving(stage, target, _FLOOR_EFFORT)
        yield job, replace(stage.build_capped_task(target), effort=_FLOOR_EFFORT)
        if not job.is_complete:
            return


def _keep_other_weeks(
    model: Model, weeks: Weeks, stage: Stage, values: Sequence[int], week: Week | None
) -> Task:
    """The task in which all costs less than the values, and people gather as in them.

    But for one week, if one is given.
    """
    settled = [
        choice
        for choice in _find_gatherings(model)
        if week is None or weeks.of_variables[choice.occasions[0].variable] != week
    ]
    most = stage.task.compute_cost(values) - 1
    return keep_occasions(stage.build_capped_task(most), values, settled)


def _find_gatherings(model: Model) -> list[Choice]:
    return [choice for choice in model.choices if choice.level == LEVELS[-1]]
