"""What is asked while anybody is at a site: as rows of a model, in first rotas, and at the best."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given

from rota.domain import Appointment, Presence, Problem, Request
from solver.greedy import find_first_values
from solver.model_builder import build_model
from solver.solving import solve
from solver.weeks import find_weeks
from tests.random_problems import problems
from tests.rota_text import MON, problem
from tests.solver.in_process import (
    ENGINES,
    MANY_SECONDS,
    costs_of,
    judged,
    least_costs,
    optimum,
    random_problems,
)

FIRST_AID = {"skills": frozenset({"first aid"})}
AT_LEEDS = [Presence("Leeds", "first aid")]
NOT_ALONE = {"O": {"may_be_alone": False}}
RULES = ("appointments", "presence", "nobody-alone", "requests")
THREE = """
            4 Jan 2027
            Mon
Ann         .
Bob         .
Cat         .
"""


def guard_everything(problem: Problem) -> Problem:
    """The problem in which every site asks for skills and for nobody to be alone."""
    sites = tuple(replace(site, may_be_alone=False) for site in problem.unit.sites)
    asked = (("trial", 1), ("youth", 2))
    presence = tuple(Presence(site.name, *each) for site, each in product(sites, asked))
    return replace(problem, unit=replace(problem.unit, sites=sites, presence=presence))


@random_problems(4, soak=200)
@given(problems(max_officers=3, max_rotas=200, has_draft=True).map(guard_everything))
def test_the_best_of_all_rotas_is_found_and_proven(problem):
    outcome = solve(problem, seconds=MANY_SECONDS, workers=1)
    least = least_costs(problem)
    assert tuple(outcome.levels.values()) == tuple((cost, cost) for cost in least)
    assert judged(problem, outcome.rota) == least
    assert outcome.remarks == ()


@pytest.mark.parametrize("engine", ENGINES)
@random_problems(8, soak=400)
@given(problem=problems(max_officers=3, max_rotas=100, has_draft=True).map(guard_everything))
def test_each_engine_finds_the_best_of_all_rotas(engine, problem):
    rota, costs = optimum(problem, ENGINES[engine])
    assert costs == least_costs(problem) == judged(problem, rota)


@random_problems(15, soak=800)
@given(problems(max_officers=8, max_weeks=3).map(guard_everything))
def test_the_first_rota_costs_what_it_claims(problem):
    model = build_model(problem)
    values = find_first_values(model)
    assert judged(problem, model.build_rota(values)) == costs_of(model, values)
    assert model.keeps_rows(values)


def test_whoever_has_the_skill_alone_asks_for_nothing():
    model = build_model(problem(THREE, presence=AT_LEEDS, officers={"Bob": FIRST_AID}, rules=RULES))
    (guard,) = model.guards
    assert {model.free[option].staff_no for option in guard.askers} == {"ann", "cat"}
    assert {model.free[option].staff_no for option in guard.helpers} == {"bob"}
    # Each of the three is in one place, two of them ask for a first aider, and there is one.
    assert len(model.rows) == 3 + 2 + 1


def test_where_everybody_has_the_skill_nothing_is_asked():
    officers = dict.fromkeys(("Ann", "Bob", "Cat"), FIRST_AID)
    assert build_model(problem(THREE, presence=AT_LEEDS, officers=officers)).guards == []


def test_only_one_can_be_missing_where_nobody_is_to_be_alone():
    model = build_model(problem(THREE, sites=NOT_ALONE, rules=RULES))
    (guard,) = model.guards
    assert model.upper[guard.gap] == 1
    assert len(guard.askers) == len(guard.helpers) == 3
    assert set(find_weeks(model).of_variables) == {next(iter(find_weeks(model).rows))}


def test_where_somebody_is_there_whatever_happens_it_is_a_limit():
    locked = """
            4 Jan 2027
            Mon
    Ann     O!
    """
    shared = {"presence": AT_LEEDS, "officers": {"Bob": FIRST_AID}, "rules": RULES}
    model = build_model(problem(THREE, published=locked, **shared))
    assert model.guards == []
    assert len(model.gaps) == 1


@pytest.mark.parametrize(
    ("details", "costs"),
    [
        # Bob, who would rather be at home, is in with Ann, who has to be.
        ({"presence": AT_LEEDS, "officers": {"Bob": FIRST_AID}}, (0, 0, 0, 0, 0, 1)),
        # One of the two keeps her company.
        ({"sites": NOT_ALONE}, (0, 0, 0, 0, 0, 1)),
    ],
)
def test_the_first_rota_looks_at_who_is_there(details, costs):
    chart = problem(
        THREE,
        appointments=[Appointment("ann", MON, "Leeds")],
        requests=[Request("bob", 0, "home"), Request("cat", 0, "home")],
        rules=RULES,
        **details,
    )
    model = build_model(chart)
    assert costs_of(model, find_first_values(model)) == costs == least_costs(chart)
