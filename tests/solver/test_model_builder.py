"""A model says of every rota what the checker says of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.checker import judge
from rota.domain import Appointment, Duty, Problem, Request, Rota
from rota.rules import LEVELS
from solver.model import Model
from solver.model_builder import build_model
from tests.random_problems import every_rota, problems, rotas
from tests.rota.rules.example import Example
from tests.rota.rules.test_every_rule_has_examples import EXAMPLES
from tests.rota_text import MON, problem, rota
from tests.solver.in_process import (
    broken_rows,
    costs_of,
    in_order,
    random_problems,
    stages,
    values_of,
)


def assert_says_what_the_checker_says(model: Model, problem: Problem, rota: Rota) -> None:
    values = values_of(model, rota)
    assert model.build_rota(values) == rota
    assert costs_of(model, values) == in_order(judge(problem, rota).costs)
    assert broken_rows(model.rows, values) == []
    assert [x for x, upper in zip(values, model.upper, strict=True) if not 0 <= x <= upper] == []


@random_problems(25, soak=1200)
@given(problems(max_officers=3, max_rotas=48, has_draft=True))
def test_the_model_says_of_every_rota_what_the_checker_says(problem):
    model = build_model(problem)
    for each in every_rota(problem):
        assert_says_what_the_checker_says(model, problem, each)


@random_problems(25, soak=1200)
@given(st.data())
def test_the_model_says_of_larger_rotas_what_the_checker_says(data):
    problem = data.draw(problems(max_officers=8, max_weeks=3))
    model = build_model(problem)
    for _ in range(3):
        assert_says_what_the_checker_says(model, problem, data.draw(rotas(problem)))


@pytest.mark.parametrize("shown", EXAMPLES, ids=str)
def test_the_model_says_of_the_examples_of_every_rule_what_the_checker_says(shown: Example):
    assert_says_what_the_checker_says(build_model(shown.problem), shown.problem, shown.rota)


@random_problems(12, soak=600)
@given(problems(max_officers=8, max_weeks=3))
def test_prices_are_positive_and_whole(problem):
    model = build_model(problem)
    prices = [price for level in LEVELS for price in model.prices[level].values()]
    assert [price for price in prices if price <= 0 or not isinstance(price, int)] == []


@random_problems(12, soak=600)
@given(st.data())
def test_what_is_unavoidable_is_in_every_rota(data):
    problem = data.draw(problems())
    model = build_model(problem)
    unavoidable = [model.to_days(cost) for cost in in_order(model.unavoidable)]
    costs = in_order(judge(problem, data.draw(rotas(problem))).costs)
    assert [max(pair) for pair in zip(unavoidable, costs, strict=True)] == list(costs)


def test_what_no_rota_can_avoid_is_unavoidable_to_the_last_unit():
    asked = problem(
        """
                4 Jan 2027
                Mon
        Ann     .
        Bob     .
        """,
        officers={"Ann": {"has_home_office": False}, "Bob": {"has_home_office": False}},
        desks={"O": 1},
        duties=[Duty(MON, "Crown Court", 5)],
        requests=[Request("ann", MON, "prison", 3)],
    )
    # Both may be in the office or at court: a desk is enough for one, the other goes to court.
    # Of the five for court at least three are missing; for prison there is no seat: 3.
    assert in_order(build_model(asked).unavoidable) == (0, 3, 0, 0, 0, 3)


def test_days_with_one_site_leave_nothing_to_decide():
    chart = """
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """
    asked = problem(chart, officers={"Ann": {"has_home_office": False}})
    model = build_model(asked)
    assert model.free == ()
    assert model.build_rota([]) == rota(chart)
    assert in_order(model.compute_costs(model.complete([]))) == (0, 0, 0, 0, 0, 0)


def test_a_problem_of_nobody_at_work_has_the_empty_rota():
    asked = problem(
        """
                4 Jan 2027
                Mon
        Ann     *
        """
    )
    model = build_model(asked)
    assert model.build_rota(model.complete([])) == Rota.of([])
    assert [stage.task.prices for stage in stages(model, (0,) * len(LEVELS))] == [()] * len(LEVELS)


@pytest.mark.parametrize("locked", ["ann", "bob", "dan"])
def test_whoever_is_settled_counts_for_and_among_new_starters(locked):
    """Two are new and two experienced, one of whom has a locked seat, and each is enough for one.

    With Bob settled, Ann alone needs nobody else: nor may a tightening row say that she does.
    """
    chart = """
                4 Jan 2027
                Mon
        Ann     .
        Bob     .
        Cat     .
        Dan     .
        """
    settled = f"""
                4 Jan 2027
                Mon
        {locked}     O!
        """
    new = {"start_date": MON.replace(year=2026)}
    asked = problem(
        chart,
        published=settled,
        officers={"Ann": new, "Dan": new},
        new_starters_per_experienced=1,
    )
    model = build_model(asked)
    assert len(model.free) == 6
    for each in every_rota(asked):
        assert_says_what_the_checker_says(model, asked, each)


@pytest.mark.parametrize(("part", "units"), [("", 3), ("am", 6)])
def test_costs_are_counted_in_halves_only_where_a_day_has_some(part, units):
    chart = """
                4 Jan 2027
                Mon
        Ann     .
        """
    model = build_model(problem(chart, appointments=[Appointment("ann", MON, "Leeds", part)]))
    assert model.from_days(3) == units
    assert model.to_days(units) == 3
