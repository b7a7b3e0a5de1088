"""Promises about the solver that hold on problems too large to try every rota."""

from hypothesis import given
from hypothesis import strategies as st

from solver.model_builder import build_model
from solver.solving import solve
from tests.random_problems import problems, rotas
from tests.solver.in_process import (
    ENGINES,
    judged,
    optimum,
    random_problems,
    relaxed,
    solved,
    stages,
    values_of,
)


@random_problems(2, soak=80)
@given(problem=problems(max_officers=8, max_weeks=3), workers=st.sampled_from((1, 2)))
def test_the_outcome_is_a_whole_rota_at_the_costs_it_claims(problem, workers):
    outcome = solve(problem, seconds=3, workers=workers)
    costs = tuple(level.cost for level in outcome.levels.values())
    bounds = tuple(level.bound for level in outcome.levels.values())
    assert judged(problem, outcome.rota) == costs
    assert tuple(map(min, bounds, costs)) == bounds
    assert outcome.remarks == ()
    if outcome.is_optimal:
        assert optimum(problem, ENGINES["cp_sat"])[1] == costs


@random_problems(4, soak=240)
@given(problems(max_officers=6, max_weeks=2))
def test_both_engines_find_the_same_best_costs(problem):
    rota, costs = optimum(problem, ENGINES["highs"])
    other_rota, other_costs = optimum(problem, ENGINES["cp_sat"])
    assert costs == other_costs
    assert judged(problem, rota) == judged(problem, other_rota) == costs


@random_problems(4, soak=240)
@given(st.data())
def test_every_relaxation_bounds_the_best_and_its_box_holds_it(data):
    """At costs of the earlier levels that some rota has, not only the best ones."""
    problem = data.draw(problems(max_officers=5, max_weeks=2))
    model = build_model(problem)
    at = judged(problem, data.draw(rotas(problem)))
    for stage in stages(model, at) if model.upper else ():  # Of nothing there is nothing to tell.
        best = solved(ENGINES["cp_sat"], model, stage.task)
        stage.relaxation = relaxed(model, stage.task)
        assert best is not None
        assert stage.relaxation.floor <= best.cost
        narrowed = solved(ENGINES["highs"], model, stage.build_narrowed_task(best.cost))
        assert narrowed is not None
        assert narrowed.cost == best.cost
        assert solved(ENGINES["cp_sat"], model, stage.build_capped_task(best.cost - 1)) is None


@random_problems(15, soak=600)
@given(st.data())
def test_values_and_rotas_tell_the_same(data):
    problem = data.draw(problems(max_officers=8, max_weeks=3))
    model = build_model(problem)
    rota = data.draw(rotas(problem))
    values = values_of(model, rota)
    assert model.build_rota(values) == rota
    assert model.complete(values) == values
