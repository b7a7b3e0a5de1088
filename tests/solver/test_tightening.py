"""The tightening rows are there where they help; that they cut off no rota is told in posting."""

import pytest

from rota.domain import Appointment, Request
from rota.rules import LEVELS
from solver.model_builder import build_model
from solver.stage import Stage
from tests.rota_text import MON, problem
from tests.solver.in_process import ENGINES, least_costs, optimum, relaxed

NEW = {"start_date": MON.replace(year=2026), "mentor": None}
ONLY_REQUESTS = {"team-day": 0, "home-edges": 0, "links": 0}
NO_MINIMUM = {"office_percent": 0, "home_days_per_week": 5}


def supervised():
    """Ann is new and has to be in; Bob, experienced, asks to be at home.

    As two new starters are allowed for each experienced one, half of Bob would be enough for Ann:
    half of the wish of strength 3 would be missed, 1.5. But Bob comes in whole or not at all: 3.
    """
    chart = """
                4 Jan 2027
                Mon
        Ann     .
        Bob     .
        """
    return problem(
        chart,
        officers={"Ann": NEW},
        appointments=[Appointment("ann", MON, "Leeds")],
        requests=[Request("bob", MON, "home", 3)],
        weights=ONLY_REQUESTS,
        **NO_MINIMUM,
    )


def gathered():
    """A team of two with one desk: on its fullest day one is missing, at a weight of 2.

    A fifth of a team day on every day of the week would need only a fifth of two desks.
    """
    chart = """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     .   .   .   .   .
        Bob     .   .   .   .   .
        """
    return problem(chart, desks={"O": 1}, weights={"home-edges": 0}, **NO_MINIMUM)


def gathered_in_threes():
    """A team of three with one desk: two are missing, at a weight of 2 each."""
    chart = """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     .   .   .   .   .
        Bob     .   .   .   .   .
        Cat     .   .   .   .   .
        """
    return problem(chart, desks={"O": 1}, weights={"home-edges": 0}, **NO_MINIMUM)


@pytest.mark.parametrize(
    ("make", "cost"), [(supervised, 3), (gathered, 2), (gathered_in_threes, 4)]
)
def test_the_relaxation_alone_proves_the_best_cost(make, cost):
    asked = make()
    model = build_model(asked)
    stage = Stage.of(model, "people", dict.fromkeys(LEVELS[:-1], 0), seed=0)
    bound = relaxed(model, stage.task).floor + model.unavoidable["people"]
    assert optimum(asked, ENGINES["cp_sat"])[1] == (0, 0, 0, 0, 0, cost)
    assert bound == cost


def test_the_supervised_example_is_what_it_says():
    assert least_costs(supervised()) == (0, 0, 0, 0, 0, 3)
