"""Weeks planned one by one cost no more together than any whole rota, and often prove more."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given

from rota.domain import Week
from rota.rules import LEVELS
from solver.best_values import BestValues
from solver.engine_messages import Found, Programme
from solver.jobs import PlanningWeek
from solver.model import Model
from solver.model_builder import build_model
from solver.stage import Stage
from solver.weeks import build_week_task, find_weeks
from tests.random_problems import every_rota, problems
from tests.rota_text import MON, problem
from tests.solver.in_process import (
    ENGINES,
    MANY_SECONDS,
    count_units,
    holds,
    judged,
    least_costs,
    random_problems,
    relaxed,
    stages,
    told,
    values_of,
)

SEATS_TAKEN = """
                4 Jan 2027          11 Jan 2027
                Mon Tue Wed Thu Fri Mon Tue Wed Thu Fri
        Ann     .   .   .   .   .   .   .   .   .   .
        Bob     .   .   .   .   .   .   .   .   .   .
        """


def plan_weeks(model: Model, stage: Stage) -> Iterator[Found]:
    """Have HiGHS plan each week by itself, and take in what that proves of the stage."""
    programme = Programme(len(model.upper), tuple(model.rows))
    weeks, relaxation = find_weeks(model), stage.relaxation
    best_values = BestValues(model, model.complete([0] * len(model.free)))
    for week in weeks.rows:
        week_task = build_week_task(weeks, week, model.rows, relaxation)
        job = PlanningWeek(stage, weeks, week_task)
        question = replace(week_task.task, seconds=MANY_SECONDS)
        for answer in told(ENGINES["highs"], programme, question):
            if isinstance(answer, Found):
                yield answer
            job.hear(answer, best_values)


@random_problems(15, soak=800)
@given(problems(max_officers=2, max_weeks=2, max_rotas=24))
def test_weeks_by_themselves_bound_every_rota(problem):
    model = build_model(problem)
    rotas = [(values_of(model, rota), judged(problem, rota)) for rota in every_rota(problem)]
    *_, stage = stages(model, least_costs(problem))
    stage.relaxation = relaxed(model, stage.task)
    list(plan_weeks(model, stage))
    for values, costs in rotas:
        if holds(stage.task, values):
            cost = count_units(model, costs[-1]) - model.unavoidable[stage.level]
            assert stage.floor <= cost
            assert holds(stage.build_narrowed_task(cost), values)


def build_two_weeks(**policy: object) -> Model:
    return build_model(problem(SEATS_TAKEN, desks={"O": 1}, **policy))


def test_everything_but_the_period_is_of_a_week():
    """The minimum over the period and the home days at weekends look at both weeks."""
    model = build_two_weeks()
    weeks = find_weeks(model)
    first, second = Week.of(MON), Week(MON.replace(day=11))
    assert list(weeks.rows) == [first, second]
    seats = zip(model.free, weeks.of_variables, strict=False)
    assert [seat for seat, week in seats if week != Week.of(seat.date)] == []
    in_a_week = {number for numbers in weeks.rows.values() for number in numbers}
    shared = [row for number, row in enumerate(model.rows) if number not in in_a_week]
    assert len(shared) == 4  # Two rules for each of two officers.
    for week, numbers in weeks.rows.items():
        variables = {variable for number in numbers for variable, _ in model.rows[number].terms}
        assert {weeks.of_variables[variable] for variable in variables} == {week}


def test_a_week_has_nothing_of_another_in_it():
    model = build_two_weeks()
    weeks = find_weeks(model)
    stage = Stage.of(model, "people", dict.fromkeys(LEVELS[:-1], 0), seed=0)
    stage.relaxation = relaxed(model, Stage.of(model, "policy", {}, seed=0).task)
    for week in weeks.rows:
        task = build_week_task(weeks, week, model.rows, stage.relaxation).task
        sides = zip(weeks.of_variables, task.lower, task.upper, strict=True)
        assert {other for other, lower, upper in sides if lower < upper} == {week}


@pytest.mark.parametrize("percent", [0, 60])
def test_weeks_prove_what_the_relaxation_does_not(monkeypatch, percent):
    """A team of two with one desk misses one in each week, which costs 2 in a fortnight 4.

    The relaxation has a fifth of a team day on every day, unless it is told otherwise.
    """
    monkeypatch.setattr("solver.model_builder.tighten", lambda _: None)
    model = build_two_weeks(weights={"home-edges": 0}, office_percent=percent, home_days_per_week=5)
    policy = {0: 0, 60: 6}[percent]  # Each has five of six office days at a desk for two.
    earlier = {**dict.fromkeys(LEVELS[:-1], 0), "policy": policy}
    stage = Stage.of(model, "people", earlier, seed=0)
    stage.learn(relaxed(model, stage.task))
    assert stage.floor < 4
    assert len(list(plan_weeks(model, stage))) == 2
    assert stage.floor == 4
