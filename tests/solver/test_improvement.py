"""Questions that make poor values good ones, and come to an end."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from rota.reading import read_problem
from rota.rules import LEVELS
from solver.best_values import BestValues
from solver.engine_messages import Ended, Programme
from solver.folding import fold_levels
from solver.greedy import find_first_values
from solver.improvement import (
    NEAR,
    Question,
    ask_about_weeks,
    ask_for_first_values,
)
from solver.jobs import Improving, PlanningWeek, Proving
from solver.model import Model
from solver.model_builder import build_model
from solver.stage import Stage
from solver.weeks import find_weeks
from tests.solver.in_process import ENGINES, MANY_SECONDS, in_order, optimum, relaxed, told
from tests.usual_rules import FIXTURES

BEST = dict(zip(LEVELS, (34, 24, 0, 131, 2, 29), strict=True))
"""The least that the unit costs."""

EARLIER = {level: BEST[level] for level in LEVELS[:-1]}


@pytest.fixture(scope="module")
def model() -> Model:
    return build_model(read_problem(FIXTURES / "overbooked", today=date(2026, 12, 28)).problem)


def answer(model: Model, best_values: BestValues, questions: Iterable[Question]) -> list[type]:
    """Have HiGHS answer the questions; the kinds of their jobs."""
    programme = Programme(len(model.upper), tuple(model.rows))
    kinds = []
    for job, task in questions:
        kinds.append(type(job))
        for each in told(ENGINES["highs"], programme, replace(task, seconds=MANY_SECONDS)):
            job.hear(each, best_values)
    return kinds


def test_first_values_are_near_the_best_on_all_levels(model):
    best_values = BestValues(model, find_first_values(model))
    assert in_order(best_values.costs) > in_order(BEST)
    task = fold_levels(Stage.of(model, "limit", {}, seed=0).task, model, LEVELS)
    questions = ask_for_first_values(model, relaxed(model, task))
    assert answer(model, best_values, questions) == [Improving, Improving]
    assert {level: best_values.costs[level] for level in EARLIER} == EARLIER
    assert best_values.costs["people"] <= BEST["people"] + 2


def test_weeks_better_a_poor_rota_and_raise_the_floor():
    """The first two weeks of Millbrook, in a rota of which only the policy was thought of."""
    problem = read_problem(FIXTURES / "millbrook", today=date(2026, 12, 28), weeks=2).problem
    _, best = optimum(problem, ENGINES["highs"])
    model = build_model(problem)
    best_values = BestValues(model, find_first_values(model))
    before = dict(zip(LEVELS[:3], best[:3], strict=True))
    answer(model, best_values, [(Improving(), Stage.of(model, "policy", before, seed=0).task)])
    poor = in_order(best_values.costs)
    assert poor[:-1] == best[:-1]

    stage = Stage.of(model, "people", dict(zip(LEVELS[:-1], best[:-1], strict=True)), seed=0)
    stage.learn(relaxed(model, stage.task))
    weeks = find_weeks(model)
    kinds = answer(
        model, best_values, ask_about_weeks(model, weeks, best_values, stage, stage.relaxation)
    )
    assert kinds[:3] == [Improving, PlanningWeek, PlanningWeek]
    assert set(kinds[3:]) == {Improving}
    good = in_order(best_values.costs)
    assert good[:-1] == best[:-1]
    assert best[-1] <= good[-1] <= best[-1] + 1 < poor[-1]
    assert stage.floor + model.unavoidable["people"] <= best[-1]


@pytest.mark.parametrize("distance", [1, NEAR, NEAR + 1])
@pytest.mark.parametrize("is_complete", [True, False], ids=["proven", "too much effort"])
def test_a_floor_that_is_near_is_tried_first(model, distance, is_complete):
    """An engine finds nothing there. Where it has proven that, the floor rises to the cost."""
    stage = Stage.of(model, "people", EARLIER, seed=0)
    stage.learn(relaxed(model, stage.task))
    best_values = BestValues(model, find_first_values(model))
    best_values.costs = {
        **EARLIER,
        "people": stage.floor + model.unavoidable["people"] + distance,
    }
    targets = []
    for job, _ in ask_about_weeks(model, find_weeks(model), best_values, stage, stage.relaxation):
        if not isinstance(job, Proving):
            break
        targets.append(job.target)
        job.hear(Ended(is_complete), best_values)
    first = stage.relaxation.floor
    if distance > NEAR:
        assert targets == []
    else:
        assert targets == [first + step for step in range(distance if is_complete else 1)]
        assert best_values.is_done(stage) == is_complete


def test_what_takes_too_much_effort_is_tried_harder_and_then_left(model):
    """An engine that never gets anywhere is asked no more than so often."""
    stage = Stage.of(model, "people", EARLIER, seed=0)
    stage.learn(relaxed(model, stage.task))
    best_values = BestValues(model, find_first_values(model))
    best_values.costs = {**EARLIER, "people": 9 * BEST["people"]}
    weeks = find_weeks(model)
    efforts = []
    for job, task in ask_about_weeks(model, weeks, best_values, stage, stage.relaxation):
        efforts.append(task.effort)
        job.hear(Ended(complete=False), best_values)
    planned = len(weeks.rows)
    assert efforts[:planned] == [10] * planned  # Nothing is better with all gatherings kept.
    others = efforts[planned:]
    assert others == sorted(others)
    assert len({others.count(effort) for effort in (2, 8, 32)}) == 1
    assert set(others) == {2, 8, 32}
