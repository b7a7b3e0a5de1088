"""What is kept of what engines find, and what may be claimed of it."""

from hypothesis import given
from hypothesis import strategies as st

from solver.best_values import BestValues
from solver.model_builder import build_model
from solver.search_results import LevelResult
from solver.stage import Stage, list_earlier_levels
from tests.random_problems import problems, rotas
from tests.rota_text import rota
from tests.solver.in_process import costs_of, in_order, judged, random_problems, stages, values_of
from tests.solver.test_against_every_rota import one_desk_for_two

BOTH_HOME = """
            4 Jan 2027
            Mon
    Ann     H
    Bob     H
    """
ANN_IN = """
            4 Jan 2027
            Mon
    Ann     O
    Bob     H
    """
BOTH_IN = """
            4 Jan 2027
            Mon
    Ann     O
    Bob     O
    """


def standing_at(chart: str) -> BestValues:
    """One desk for two. Both at home cost 2 · 3 of policy and 2 · 2 of people, one in 3 and 2."""
    model = build_model(one_desk_for_two())
    return BestValues(model, values_of(model, rota(chart)))


def offer(standing: BestValues, chart: str) -> bool:
    model = build_model(one_desk_for_two())
    return standing.offer(values_of(model, rota(chart)))


def stage_of(level: str, **earlier: int) -> Stage:
    model = build_model(one_desk_for_two())
    every = {other: earlier.get(other, 0) for other in list_earlier_levels(level)}
    return Stage.of(model, level, every, seed=0)


@random_problems(30, soak=1200)
@given(st.data())
def test_of_all_rotas_offered_the_first_of_the_best_is_kept(data):
    problem = data.draw(problems())
    model = build_model(problem)
    offered = [data.draw(rotas(problem)) for _ in range(6)]
    standing = BestValues(model, values_of(model, offered[0]))
    best = judged(problem, offered[0])
    for one in offered[1:]:
        costs = judged(problem, one)
        assert standing.offer(values_of(model, one)) == (costs < best)
        best = min(best, costs)
        assert costs_of(model, standing.values) == best
    assert standing.rota == next(one for one in offered if judged(problem, one) == best)


def test_what_is_offered_is_completed():
    standing = standing_at(BOTH_HOME)
    model = build_model(one_desk_for_two())
    values = values_of(model, rota(ANN_IN))
    dear = [*values[: len(model.free)], *model.upper[len(model.free) :]]
    assert standing.offer(dear)
    assert standing.values == tuple(values)


def test_an_earlier_level_decides():
    standing = standing_at(BOTH_IN)
    assert in_order(standing.costs) == (1, 0, 0, 0, 0, 0)
    assert offer(standing, BOTH_HOME)
    assert in_order(standing.costs) == (0, 0, 0, 6, 0, 4)
    assert not offer(standing, BOTH_IN)
    assert offer(standing, ANN_IN)
    assert in_order(standing.costs) == (0, 0, 0, 3, 0, 2)
    assert not offer(standing, ANN_IN)


def test_a_floor_is_learnt_once_the_levels_before_are_settled():
    standing = standing_at(BOTH_HOME)
    people = stage_of("people", policy=6)
    people.raise_floor(4)
    standing.learn(people)
    assert standing.levels["people"] == LevelResult(4, 0)

    policy = stage_of("policy")
    policy.raise_floor(3)
    standing.learn(policy)
    assert standing.levels["policy"] == LevelResult(6, 3)
    standing.learn(people)
    assert standing.levels["people"] == LevelResult(4, 0)

    offer(standing, ANN_IN)
    assert standing.is_settled("policy")
    standing.learn(people)
    assert standing.levels["people"] == LevelResult(2, 0)

    settled = stage_of("people", policy=3)
    settled.raise_floor(2)
    standing.learn(settled)
    assert standing.levels["people"] == LevelResult(2, 2)
    assert standing.levels["people"].is_proven


def test_a_floor_never_falls():
    standing = standing_at(ANN_IN)
    policy = stage_of("policy")
    policy.raise_floor(2)
    policy.raise_floor(1)
    assert policy.floor == 2
    standing.learn(policy)
    standing.learn(stage_of("policy"))
    assert standing.levels["policy"] == LevelResult(3, 2)


def test_a_stage_at_other_costs_has_nothing_to_say_of_the_best():
    standing = standing_at(ANN_IN)
    bet = stage_of("people", policy=0)
    assert standing.compute_cost_on(bet) is None
    assert not standing.is_done(bet)
    bet.raise_floor(2)
    standing.learn(bet)
    assert standing.levels["people"] == LevelResult(2, 0)
    assert standing.compute_cost_on(stage_of("people", policy=3)) == 2


def test_a_stage_is_done_when_its_floor_meets_the_best():
    standing = standing_at(ANN_IN)
    policy = stage_of("policy")
    policy.raise_floor(2)
    assert not standing.is_done(policy)
    policy.raise_floor(3)
    assert standing.is_done(policy)


@random_problems(15, soak=600)
@given(st.data())
def test_at_first_no_more_is_claimed_than_is_unavoidable(data):
    problem = data.draw(problems())
    model = build_model(problem)
    standing = BestValues(model, values_of(model, data.draw(rotas(problem))))
    bounds = [level.bound for level in standing.levels.values()]
    assert bounds == [model.to_days(cost) for cost in in_order(model.unavoidable)]
    for stage in stages(model, costs_of(model, standing.values)):
        cost = standing.costs[stage.level] - model.unavoidable[stage.level]
        assert standing.compute_cost_on(stage) == cost
