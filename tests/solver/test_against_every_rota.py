"""The solver against the checker's judgement of every rota there is."""

from collections.abc import Callable
from datetime import date
from operator import le

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.domain import Appointment, Duty, Problem, Request
from solver.model_builder import build_model
from solver.solving import solve
from tests.random_problems import every_rota, problems
from tests.rota_text import MON, TUE, WED, problem
from tests.solver.in_process import (
    ENGINES,
    MANY_SECONDS,
    count_units,
    holds,
    judged,
    least_costs,
    optimum,
    random_problems,
    solved,
    stages,
    values_of,
)


@random_problems(4, soak=200)
@given(problems(max_officers=3, max_rotas=200, has_draft=True), st.sampled_from((1, 2)))
def test_the_solver_finds_and_proves_the_best_of_all_rotas(problem, workers):
    outcome = solve(problem, seconds=MANY_SECONDS, workers=workers)
    least = least_costs(problem)
    assert tuple(outcome.levels.values()) == tuple((cost, cost) for cost in least)
    assert judged(problem, outcome.rota) == least
    assert outcome.is_optimal
    assert outcome.remarks == ()


@pytest.mark.parametrize("engine", ENGINES)
@random_problems(10, soak=600)
@given(problem=problems(max_officers=3, max_rotas=100, has_draft=True))
def test_each_engine_finds_the_best_of_all_rotas(engine, problem):
    rota, costs = optimum(problem, ENGINES[engine])
    assert costs == least_costs(problem)
    assert judged(problem, rota) == costs


@random_problems(10, soak=600)
@given(st.data())
def test_a_task_holds_the_rotas_of_its_stage_and_no_others(data):
    """Also the capped task and the one narrowed to a target."""
    problem = data.draw(problems(max_officers=3, max_rotas=48, has_draft=True))
    model = build_model(problem)
    those = {rota: judged(problem, rota) for rota in every_rota(problem)}
    at = data.draw(st.sampled_from(sorted(set(those.values()))))
    for rank, stage in enumerate(stages(model, at)):
        base = model.unavoidable[stage.level]
        capped = stage.build_capped_task(count_units(model, at[rank]) - base)
        for rota, costs in those.items():
            values = values_of(model, rota)
            is_within = all(map(le, costs[:rank], at[:rank]))
            assert holds(stage.task, values) == is_within
            assert stage.task.compute_cost(tuple(values)) == count_units(model, costs[rank]) - base
            assert holds(capped, values) == (is_within and costs[rank] <= at[rank])


@pytest.mark.parametrize("engine", ENGINES)
@random_problems(4, soak=200)
@given(problem=problems(max_officers=3, max_rotas=100, has_draft=True))
def test_below_the_best_an_engine_finds_nothing(engine, problem):
    least = least_costs(problem)
    model = build_model(problem)
    for stage, cost in zip(stages(model, least), least, strict=True):
        below = stage.build_capped_task(
            count_units(model, cost) - model.unavoidable[stage.level] - 1
        )
        assert solved(ENGINES[engine], model, below) is None


SUNDAY = date(2027, 1, 3)
NO_HOME = {"has_home_office": False}


def too_few_desks() -> Problem:
    """Two without a home office for one desk: 2 - 1 = 1."""
    chart = """
                4 Jan 2027
                Mon
        Ann     .
        Bob     .
        """
    return problem(chart, desks={"O": 1}, officers={"Ann": NO_HOME, "Bob": NO_HOME})


def one_for_two_at_court() -> Problem:
    """Ann is one of the two at court, so that her one office day is missed (3), and her team (2).

    Both could be had by missing one more at court.
    """
    chart = """
                4 Jan 2027
                Mon
        Ann     .
        """
    return problem(chart, duties=[Duty(MON, "Crown Court", 2)])


def told_to_be_home_with_an_appointment() -> Problem:
    """The appointment comes before the notice: 1."""
    chart = """
                4 Jan 2027
                Mon
        Ann     H
        """
    appointments = [Appointment("ann", MON, "Leeds")]
    return problem(chart, published=chart, today=SUNDAY, appointments=appointments)


def told_to_be_home_at_short_notice() -> Problem:
    """The notice comes before the office day (3) and the team day (2)."""
    chart = """
                4 Jan 2027
                Mon
        Ann     H
        """
    return problem(chart, published=chart, today=SUNDAY)


def told_to_be_home_long_before() -> Problem:
    """The office day comes before the published seat: 1."""
    chart = """
                4 Jan 2027
                Mon
        Ann     H
        """
    return problem(chart, published=chart)


def one_desk_for_two() -> Problem:
    """One is at home, and misses the office day (3) and the team day (2)."""
    chart = """
                4 Jan 2027
                Mon
        Ann     .
        Bob     .
        """
    return problem(chart, desks={"O": 1})


def one_desk_for_two_appointments() -> Problem:
    """The desk comes before the appointment: 1, and 3 and 2 as before."""
    chart = """
                4 Jan 2027
                Mon
        Ann     .
        Bob     .
        """
    appointments = [Appointment("ann", MON, "Leeds"), Appointment("bob", MON, "Leeds")]
    return problem(chart, desks={"O": 1}, appointments=appointments)


def asks_for_home_on_every_day() -> Problem:
    """Two office days of three are due, so that the two weaker wishes are missed: 1 + 2."""
    chart = """
                4 Jan 2027
                Mon Tue Wed
        Ann     .   .   .
        """
    strengths = {MON: 1, TUE: 3, WED: 2}
    requests = [Request("ann", day, "home", strength) for day, strength in strengths.items()]
    return problem(chart, requests=requests)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("make", "costs"),
    [
        (too_few_desks, (1, 0, 0, 0, 0, 0)),
        (one_for_two_at_court, (0, 1, 0, 3, 0, 2)),
        (told_to_be_home_with_an_appointment, (0, 0, 1, 0, 0, 0)),
        (told_to_be_home_at_short_notice, (0, 0, 0, 3, 0, 2)),
        (told_to_be_home_long_before, (0, 0, 0, 0, 1, 0)),
        (one_desk_for_two, (0, 0, 0, 3, 0, 2)),
        (one_desk_for_two_appointments, (0, 1, 0, 3, 0, 2)),
        (asks_for_home_on_every_day, (0, 0, 0, 0, 0, 3)),
    ],
)
def test_every_level_gives_way_to_those_before_it(
    make: Callable[[], Problem], costs: tuple[int, ...], workers: int
) -> None:
    asked = make()
    assert least_costs(asked) == costs
    outcome = solve(asked, seconds=MANY_SECONDS, workers=workers)
    assert tuple(outcome.levels.values()) == tuple((cost, cost) for cost in costs)
    assert judged(asked, outcome.rota) == costs
