"""All levels in one objective, and what its relaxation says of the last level."""

from datetime import date

import pytest

from rota.reading import read_problem
from rota.rules import LEVELS
from solver.folding import FOLD, FoldedRelaxation, fold_levels
from solver.model import Model
from solver.model_builder import build_model
from solver.stage import Stage
from tests.rota_text import problem
from tests.solver.in_process import count_units, least_costs, relaxed
from tests.usual_rules import FIXTURES

CHART = """
            4 Jan 2027
            Mon Tue
    Ann     .   .
    Bob     .   .
    Cat     .   .
    """


@pytest.fixture(scope="module")
def overbooked() -> Model:
    return build_model(read_problem(FIXTURES / "overbooked", today=date(2026, 12, 28)).problem)


def test_levels_are_folded_each_a_fraction_of_the_one_before(overbooked):
    task = Stage.of(overbooked, "limit", {}, seed=0).task
    prices = dict(fold_levels(task, overbooked, ("policy", "stability", "people")).prices)
    policy, people = overbooked.prices["policy"], overbooked.prices["people"]
    assert prices.keys() == policy.keys() | overbooked.prices["stability"].keys() | people.keys()
    assert {prices[variable] for variable in people} == set(people.values())
    assert {prices[variable] for variable in policy} == {
        price * FOLD**2 for price in policy.values()
    }


@pytest.fixture(scope="module")
def crowded():
    """Three officers, who owe the office four of their six days, and one desk in it.

    So each lacks a day of the two that they owe.
    """
    return problem(CHART, desks={"O": 1}, home_days_per_week=5)


def fold(model: Model) -> FoldedRelaxation:
    task = fold_levels(Stage.of(model, "limit", {}, seed=0).task, model, LEVELS)
    return FoldedRelaxation(model, LEVELS, {}, relaxed(model, task))


def test_at_the_same_costs_it_proves_of_the_last_level_what_a_relaxation_of_its_own_does(crowded):
    model, costs = build_model(crowded), least_costs(crowded)
    assert costs[LEVELS.index("policy")] > 0
    earlier = {x: count_units(model, cost) for x, cost in zip(LEVELS[:-1], costs, strict=False)}
    stage = Stage.of(model, "people", earlier, seed=0)
    carried = fold(model).carry_over(stage)
    assert carried.floor == relaxed(model, stage.task).floor > 0
    assert carried.floor <= costs[-1] - model.unavoidable["people"]


@pytest.mark.parametrize(
    ("level", "more"), [("people", {"policy": 1}), ("people", {"cover": 1}), ("policy", {})]
)
def test_of_other_costs_and_levels_it_says_nothing(crowded, level, more):
    model, costs = build_model(crowded), least_costs(crowded)
    least = dict(zip(LEVELS, costs, strict=True))
    earlier = {
        other: count_units(model, least[other] + more.get(other, 0))
        for other in LEVELS[: LEVELS.index(level)]
    }
    assert fold(model).carry_over(Stage.of(model, level, earlier, seed=0)) is None


def test_it_says_nothing_where_a_settled_level_between_those_folded_costs_something(crowded):
    """As when what is published is kept less, so that a level before it can be better."""
    model, costs = build_model(crowded), least_costs(crowded)
    earlier = {x: count_units(model, cost) for x, cost in zip(LEVELS[:-1], costs, strict=False)}
    before = {level: earlier[level] for level in ("limit", "cover", "notice")}
    first = Stage.of(model, "policy", before, seed=0)
    levels = ("policy", "people")
    relaxation = relaxed(model, fold_levels(first.task, model, levels))
    folded = FoldedRelaxation(model, levels, before, relaxation)
    stage = Stage.of(model, "people", earlier, seed=0)
    assert folded.carry_over(stage).floor == relaxed(model, stage.task).floor
    for level in ("notice", "stability"):
        dearer = {**earlier, level: earlier[level] + count_units(model, 1)}
        assert folded.carry_over(Stage.of(model, "people", dearer, seed=0)) is None
