"""The rows about half-days are there where they help, and they cut off no rota."""

import pytest

from rota.domain import Duty, Request
from rota.rules import LEVELS
from solver.model_builder import build_model
from solver.stage import Stage
from tests.random_problems import every_rota
from tests.rota_text import FRI, MON, THU, TUE, WED, problem
from tests.solver.in_process import broken_rows, least_costs, relaxed, values_of

NEW = {"start_date": MON.replace(year=2026), "mentor": "bob"}
YOUTH = {"skills": frozenset({"youth"})}
ONLY_REQUESTS = {"team-day": 0, "home-edges": 0, "links": 0, "supervision": 0}
NO_MINIMUM = {"office_percent": 0}


def rounded_up():
    """Ann may be at home for two half-days. Her wishes are for Monday and Wednesday morning.

    She has one of the two, and misses at best the wish of strength 3 for the morning: 3 · ½. With
    the morning and half of Monday she would miss half of a wish of strength 2.
    """
    chart = """
                4 Jan 2027
                Mon Wed
        Ann     .   ./-
        """
    return problem(
        chart,
        requests=[Request("ann", MON, "home", 2), Request("ann", WED, "home", 3)],
        weights=ONLY_REQUESTS,
        home_days_per_week=1,
        **NO_MINIMUM,
    )


def rounded_down():
    """Ann owes 80 % of 2½ days, four half-days, so that Wednesday morning is of no use to her.

    With it and Monday half of Tuesday would be enough, and half of her wish for it would be met.
    """
    chart = """
                4 Jan 2027
                Mon Tue Wed
        Ann     .   .   ./-
        """
    return problem(
        chart,
        requests=[Request("ann", TUE, "home", 2)],
        weights=ONLY_REQUESTS,
        home_days_per_week=5,
        office_percent=80,
    )


def one_half_alone(**tables):
    """Ann is to meet Bob on four of five half-days, of which Wednesday morning stands alone.

    So they meet on Thursday and Friday; Ann's wish for Friday at home is missed. With Wednesday
    morning and Thursday half of Friday would be enough, and half of the wish would be met.
    """
    chart = """
                4 Jan 2027
                Wed Thu Fri
        Ann     ./- .   .
        Bob     .   .   .
        """
    return problem(
        chart,
        officers={"Ann": NEW, "Bob": YOUTH},
        requests=[Request("ann", FRI, "home", 3)],
        weights=ONLY_REQUESTS,
        mentor_days_per_week=2,
        home_days_per_week=5,
        **tables,
        **NO_MINIMUM,
    )


def one_half_of_a_day():
    """On Thursday Bob may go to court for the afternoon: then Ann meets him in the morning."""
    return one_half_alone(duties=[Duty(THU, "Crown Court", 0, "youth", "pm")])


def either_half_of_a_day():
    """On Friday Bob may be at court in the morning, or in the afternoon."""
    return one_half_alone(
        duties=[Duty(FRI, "Crown Court", 0, "youth", part) for part in ("am", "pm")]
    )


def all_halves_there_are():
    """Four half-days would be asked of Ann and Bob, but there are only three."""
    chart = """
                4 Jan 2027
                Wed Thu
        Ann     ./- .
        Bob     .   .
        """
    return problem(chart, officers={"Ann": NEW}, mentor_days_per_week=2)


PROBLEMS = (
    (rounded_up, 1.5),
    (rounded_down, 2),
    (one_half_alone, 3),
    (one_half_of_a_day, 3),
    (either_half_of_a_day, 3),
)


@pytest.mark.parametrize(("make", "cost"), PROBLEMS)
def test_the_relaxation_alone_proves_the_best_cost(make, cost):
    asked = make()
    model = build_model(asked)
    stage = Stage.of(model, "people", dict.fromkeys(LEVELS[:-1], 0), seed=0)
    assert least_costs(asked) == (0, 0, 0, 0, 0, cost)
    assert model.to_days(relaxed(model, stage.task).floor + model.unavoidable["people"]) == cost


@pytest.mark.parametrize("make", [*(make for make, _ in PROBLEMS), all_halves_there_are])
def test_the_rows_hold_for_every_rota(make):
    asked = make()
    model = build_model(asked)
    for rota in every_rota(asked):
        assert broken_rows(model.rows, values_of(model, rota)) == []
