"""The first rota is whole, at the costs that the checker counts, and no worse than it need be."""

from datetime import date

import pytest
from hypothesis import given

from rota.domain import Appointment, Duty, Request
from rota.reading import read_problem
from rota.rules import LEVELS
from solver.greedy import find_first_values
from solver.model_builder import build_model
from tests.random_problems import problems
from tests.rota_text import MON, TUE, problem, rota
from tests.solver.in_process import broken_rows, costs_of, in_order, judged, random_problems
from tests.solver.test_against_every_rota import (
    one_desk_for_two,
    one_desk_for_two_appointments,
    one_for_two_at_court,
    told_to_be_home_at_short_notice,
    told_to_be_home_long_before,
    told_to_be_home_with_an_appointment,
    too_few_desks,
)
from tests.usual_rules import FIXTURES


@random_problems(25, soak=1000)
@given(problems(max_officers=8, max_weeks=3))
def test_the_first_rota_is_whole_and_costs_what_it_claims(problem):
    model = build_model(problem)
    values = find_first_values(model)
    assert judged(problem, model.build_rota(values)) == costs_of(model, values)
    assert broken_rows(model.rows, values) == []
    assert model.complete(values) == values
    assert find_first_values(model) == values


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
    ],
)
def test_where_there_is_little_to_weigh_the_first_rota_is_the_best(make, costs):
    model = build_model(make())
    assert in_order(model.compute_costs(find_first_values(model))) == costs


def test_each_day_gets_the_seat_that_costs_least():
    # Ann is at home on the day she asked for, and at court where she is needed.
    chart = """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     C   H   O   O   O
        """
    asked = problem(
        chart, duties=[Duty(MON, "Crown Court", 1)], requests=[Request("ann", TUE, "home", 1)]
    )
    model = build_model(asked)
    assert model.build_rota(find_first_values(model)) == rota(chart)


def test_a_later_sweep_puts_right_what_an_earlier_one_could_not_see():
    # Ann's Monday is seated first, in the office, with a desk to spare; then Bob, whose
    # appointment is there, makes them one too many. In the next sweep Ann is at home.
    chart = """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     H   O   O   O   O
        Bob     O   O   O   O   O
        """
    asked = problem(
        chart,
        desks={"O": 2},
        appointments=[Appointment("bob", MON, "Leeds")],
    )
    model = build_model(asked)
    assert in_order(model.compute_costs(find_first_values(model)))[: len(LEVELS) - 1] == (
        0,
        0,
        0,
        0,
        0,
    )


def test_whoever_alone_can_do_something_is_seated_first():
    # Nobody but Ann can keep her appointment, for which there would be no desk after the others.
    chart = """
                4 Jan 2027
                Mon
        Bob     O
        Cat     H
        Ann     O
        """
    asked = problem(chart, desks={"O": 2}, appointments=[Appointment("ann", MON, "Leeds")])
    model = build_model(asked)
    assert model.build_rota(find_first_values(model)) == rota(chart)


def test_the_first_rota_begins_at_the_published_one():
    # Either may be at home, since there is one desk; published is that Ann is.
    chart = """
                4 Jan 2027
                Mon
        Ann     H
        Bob     O
        """
    asked = problem(chart, desks={"O": 1}, weights={"keep-published": 0}, published=chart)
    model = build_model(asked)
    for seats in (rota(chart), rota(chart.replace("H", "?").replace("O", "H").replace("?", "O"))):
        assert model.build_rota(find_first_values(model, seats.seats)) == seats


def test_the_first_rota_of_a_delivery_unit_keeps_every_desk():
    millbrook = read_problem(FIXTURES / "millbrook", today=date(2026, 12, 28)).problem
    model = build_model(millbrook)
    values = find_first_values(model)
    costs = judged(millbrook, model.build_rota(values))
    assert costs == in_order(model.compute_costs(values))
    assert costs[0] == 0
