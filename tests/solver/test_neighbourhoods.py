"""What is kept of some values, and that a smaller task has no solution that the whole one lacks."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from solver.engine_messages import LinearRow
from solver.model import Choice, Miss, Occasion
from solver.model_builder import build_model
from solver.neighbourhoods import keep_occasions, keep_whole_weeks
from solver.stage import Stage
from tests.random_problems import problems, rotas
from tests.rota_text import problem
from tests.solver.in_process import holds, random_problems, values_of


@random_problems(12, soak=600)
@given(st.data())
def test_values_are_near_themselves(data):
    problem = data.draw(problems(max_officers=4))
    model = build_model(problem)
    values = values_of(model, data.draw(rotas(problem)))
    task = Stage.of(model, "limit", {}, seed=0).task
    near = keep_whole_weeks(keep_occasions(task, values, model.choices), values, model)
    assert holds(near, values)
    seats = slice(len(model.free))
    assert near.lower[seats] == near.upper[seats] == tuple(values[seats])


# On the first occasion one may miss (2), on the second another (3).
OCCASIONS = (Occasion(0, 0, (Miss((4,), 2),)), Occasion(1, 0, (Miss((5,), 3),)))
GATHERING = Choice("people", 1, OCCASIONS)


def test_people_gather_on_the_occasion_that_has_most():
    model = build_model(problem("4 Jan 2027\nMon\nAnn ."))
    task = replace(
        Stage.of(model, "limit", {}, seed=0).task,
        rows=(LinearRow(((0, 1), (1, 1)), 1, 1),),
        lower=(0,) * 6,
        upper=(1,) * 6,
    )
    near = keep_occasions(task, (0.4, 0.6, 0.4, 0, 0.3, 0.3), [GATHERING])
    assert near.lower == (0, 1, 0, 0, 0, 0)
    assert near.upper == (0, 1, 0, 1, 1, 1)


def test_a_week_in_doubt_is_free_and_another_is_kept():
    """Ann's first week is half at the office and half at home on one day; her second is whole."""
    model = build_model(problem("4 Jan 2027 11 Jan 2027\nMon Tue Mon\nAnn . . ."))
    monday, tuesday, later = (
        [variable for variable, seat in enumerate(model.free) if seat.date == day]
        for day in sorted({seat.date for seat in model.free})
    )
    values = [0.0] * len(model.upper)
    values[monday[0]] = values[tuesday[0]] = values[tuesday[1]] = 0.5
    values[monday[0]] = 1.0
    values[later[0]] = 0.99999
    task = Stage.of(model, "limit", {}, seed=0).task
    near = keep_whole_weeks(task, values, model)
    assert [near.lower[x] for x in (*monday, *tuesday)] == [0] * len(monday + tuesday)
    assert [near.upper[x] for x in (*monday, *tuesday)] == [1] * len(monday + tuesday)
    assert [near.lower[x] for x in later] == [1] + [0] * (len(later) - 1)
    assert [near.upper[x] for x in later] == [1] + [0] * (len(later) - 1)


def test_what_is_outside_the_bounds_leaves_no_solution():
    model = build_model(problem("4 Jan 2027\nMon\nAnn ."))
    task = Stage.of(model, "limit", {}, seed=0).task
    values = [1.0] + [0.0] * (len(model.upper) - 1)
    narrowed = replace(task, upper=(0, *task.upper[1:]))
    near = keep_whole_weeks(narrowed, values, model)
    assert near.lower[0] > near.upper[0]
