"""Whatever multipliers are tried, the bound is true and the box holds every good solution."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.engine_messages import LinearRow, Task
from solver.model_builder import build_model
from solver.relaxation import SCALE, Relaxation, build_relaxation
from tests.random_problems import every_rota, problems
from tests.solver.in_process import (
    broken_rows,
    count_units,
    holds,
    judged,
    least_costs,
    random_problems,
    stages,
    values_of,
)

DUALS = st.one_of(
    st.sampled_from((0.0, 0.5, 1.0, -1.0, 1 / 3, 1e-9, -1e9)),
    st.floats(-4, 4),
)


def task(prices: dict[int, int], lower: tuple[int, ...], upper: tuple[int, ...]) -> Task:
    return Task(tuple(prices.items()), (), lower, upper, seconds=1, seed=0)


@st.composite
def small_tasks(draw: st.DrawFn) -> Task:
    """A task of up to four variables, whose solutions can all be tried."""
    count = draw(st.integers(1, 4))
    each = {"min_size": count, "max_size": count}
    lower = draw(st.lists(st.integers(0, 1), **each))
    upper = [low + draw(st.integers(0, 2)) for low in lower]
    prices = dict(enumerate(draw(st.lists(st.integers(0, 4), **each))))
    factors = st.lists(st.integers(-2, 2), **each)
    side = st.one_of(st.none(), st.integers(-2, 4))
    rows = [
        LinearRow(tuple(enumerate(draw(factors))), draw(side), draw(side))
        for _ in range(draw(st.integers(0, 4)))
    ]
    asked = task(prices, tuple(lower), tuple(upper))
    return Task(asked.prices, tuple(rows), asked.lower, asked.upper, seconds=1, seed=0)


def solutions(task: Task) -> list[tuple[int, ...]]:
    ranges = (range(low, high + 1) for low, high in zip(task.lower, task.upper, strict=True))
    return [values for values in product(*ranges) if not broken_rows(task.rows, values)]


def is_within(box: tuple[tuple[int, ...], tuple[int, ...]], values: tuple[int, ...]) -> bool:
    return all(low <= x <= high for low, x, high in zip(box[0], values, box[1], strict=True))


@random_problems(100, soak=6000)
@given(st.data())
def test_any_multipliers_bound_every_solution_of_a_small_task(data):
    asked = data.draw(small_tasks())
    duals = data.draw(st.lists(DUALS, min_size=len(asked.rows), max_size=len(asked.rows)))
    relaxation = build_relaxation(asked, asked.rows, duals)
    costs = {values: asked.compute_cost(values) for values in solutions(asked)}
    assert [values for values, cost in costs.items() if cost < relaxation.floor] == []
    for target in range(12):
        box = relaxation.compute_box(target)
        good = [values for values, cost in costs.items() if cost <= target]
        assert [values for values in good if not is_within(box, values)] == []


@random_problems(15, soak=800)
@given(st.data())
def test_any_multipliers_bound_every_rota(data):
    problem = data.draw(problems(max_officers=2, max_weeks=1, max_rotas=24))
    model = build_model(problem)
    rotas = [(values_of(model, rota), judged(problem, rota)) for rota in every_rota(problem)]
    for rank, stage in enumerate(stages(model, least_costs(problem))):
        rows = (*model.rows, *stage.task.rows)
        duals = data.draw(st.lists(DUALS, min_size=len(rows), max_size=len(rows)))
        stage.relaxation = build_relaxation(stage.task, rows, duals)
        for values, costs in rotas:
            if holds(stage.task, values):
                cost = count_units(model, costs[rank]) - model.unavoidable[stage.level]
                assert stage.relaxation.floor <= cost
                assert holds(stage.build_narrowed_task(cost), values)


# Minimise 3x + y where x + y is at least 2 and both are 0 to 3. With the multiplier 1 of the row,
# y costs nothing more and x 2 more: the bound is 2, and so much above it x may be half as much.
TASK = task({0: 3, 1: 1}, (0, 0), (3, 3))
ROWS = (LinearRow(((0, 1), (1, 1)), 2, None),)


def test_the_bound_and_the_box_of_a_worked_example():
    relaxation = build_relaxation(TASK, ROWS, [1.0])
    assert relaxation.floor == 2
    assert relaxation.reduced == (2 * SCALE, 0)
    assert [relaxation.compute_box(target) for target in (2, 3, 4, 5, 6)] == [
        ((0, 0), (0, 3)),
        ((0, 0), (0, 3)),
        ((0, 0), (1, 3)),
        ((0, 0), (1, 3)),
        ((0, 0), (2, 3)),
    ]


def test_a_raised_bound_says_nothing_new_of_the_part_that_raised_it():
    # x has a part of its own, which was found to cost 2 more. Of solutions in which y leaves its
    # end that is known as well, of those in which x does it is not.
    relaxation = build_relaxation(TASK, ROWS, [0.5])
    assert relaxation.reduced == (5 * SCALE // 2, SCALE // 2)
    raised = relaxation.raise_bound(2 * SCALE, [True, False])
    assert (relaxation.floor, raised.floor) == (1, 3)
    for target in (3, 4, 5, 6, 9):
        _, (x_before, _) = relaxation.compute_box(target)
        _, (x_most, y_most) = raised.compute_box(target)
        assert x_most == x_before
        assert y_most == min(2 * (target - 3), 3)
    again = raised.raise_bound(SCALE, [False, True])
    assert again.floor == 4
    assert again.surplus == (2 * SCALE, SCALE)


def test_a_target_below_the_bound_leaves_no_more_than_the_bound_does():
    relaxation = build_relaxation(TASK, ROWS, [1.0])
    assert relaxation.compute_box(-5) == ((0, 0), (0, 3))


def test_a_variable_that_should_be_high_is_kept_high():
    # With the multiplier 2, x costs 1 more and y 1 less: 2 · 2 - 3 = 1, with y at its 3.
    relaxation = build_relaxation(TASK, ROWS, [2.0])
    assert relaxation.floor == 1
    assert relaxation.reduced == (SCALE, -SCALE)
    assert relaxation.compute_box(1) == ((0, 3), (0, 3))
    assert relaxation.compute_box(3) == ((0, 1), (2, 3))


def test_a_bound_between_two_costs_is_rounded_up():
    # Minimise x where 2x is at least 3: at least 1.5, so at least 2.
    relaxation = build_relaxation(task({0: 1}, (0,), (5,)), (LinearRow(((0, 2),), 3, None),), [0.5])
    assert relaxation.bound == 3 * SCALE // 2
    assert relaxation.floor == 2


def test_a_most_counts_with_a_negative_multiplier():
    # Minimise y where y + x is at least 2 and x at most 1: at least 1.
    rows = (LinearRow(((0, 1), (1, 1)), 2, None), LinearRow(((0, 1),), None, 1))
    relaxation = build_relaxation(task({1: 1}, (0, 0), (5, 5)), rows, [1.0, -1.0])
    assert relaxation.floor == 1


@pytest.mark.parametrize("dual", [-1.0, -0.25])
def test_a_multiplier_of_the_wrong_sign_is_left_out(dual):
    assert build_relaxation(TASK, ROWS, [dual]) == build_relaxation(TASK, ROWS, [0.0])


def test_without_multipliers_the_prices_bound():
    # Minimise x + 2y where x is 1 to 4 and y 2 to 4: at least 1 + 2 · 2 = 5.
    assert build_relaxation(task({0: 1, 1: 2}, (1, 2), (4, 4)), (), []) == Relaxation(
        task({0: 1, 1: 2}, (1, 2), (4, 4)), 5 * SCALE, (SCALE, 2 * SCALE)
    )


def test_a_little_error_in_the_multipliers_does_no_more_than_a_little_harm():
    relaxation = build_relaxation(TASK, ROWS, [1.0000004])
    assert relaxation.floor == 2
