"""A search that meets on the way what it did not ask for."""

import time
from datetime import date

import pytest

from rota.domain import Request
from rota.reading import read_problem
from rota.rules import LEVELS
from solver.best_values import BestValues
from solver.engine_team import Engines, EngineTeam
from solver.greedy import find_first_values
from solver.improvement import NEAR
from solver.model_builder import build_model
from solver.search import Search
from solver.stage import Stage
from tests.rota_text import problem
from tests.solver.in_process import MANY_SECONDS, in_order
from tests.usual_rules import FIXTURES


@pytest.mark.parametrize("is_race", [False, True], ids=["in turns", "race"])
def test_a_level_that_was_given_up_may_be_bettered_on_the_way(is_race):
    """Then the stage at its former costs has no more to say, which is no error.

    Everybody sits where the first of the allowed sites is, which is dear on the first levels, and
    costs 20 on the last. Whoever looks for less there finds less on the first levels too.
    """
    overbooked = read_problem(FIXTURES / "overbooked", today=date(2026, 12, 28)).problem
    model = build_model(overbooked)
    firsts = {option[:2]: option for option in reversed(model.free)}
    values = model.complete([int(option in firsts.values()) for option in model.free])
    with Engines() as engines:
        standing = BestValues(model, values)
        before = in_order(standing.costs)
        team = EngineTeam(engines, model, standing)
        until = time.monotonic() + MANY_SECONDS
        search = Search(model, standing, team, deadline=until, seed=0, is_race=is_race, watch=None)
        earlier = {level: standing.costs[level] for level in LEVELS[:-1]}
        search._prove(Stage.of(model, LEVELS[-1], earlier, seed=0), until)
    assert in_order(standing.costs) < before
    assert time.monotonic() < until


class CountingTeam(EngineTeam):
    """A team that counts the relaxations it is asked for."""

    relaxations = 0

    def relax(self, task, until):
        self.relaxations += 1
        return super().relax(task, until)


@pytest.mark.parametrize(("office_percent", "relaxations"), [(50, 1), (100, 2)])
def test_one_relaxation_of_all_levels_is_enough_for_the_last(office_percent, relaxations):
    """Ann and Bob want to be at home each day. At first Ann always is, and Bob never.

    They share a desk, so that they can be in half of the time, and no more. If that is too little,
    the policy has a cost, and its bound takes a relaxation of its own.
    """
    chart = """
             4 Jan 2027
             Mon  Tue  Wed  Thu
        Ann  O    O    O    O
        Bob  O    O    O    O
    """
    its = problem(
        chart,
        desks={"O": 1},
        rules=["desks", "office-minimum", "requests"],
        office_percent=office_percent,
        requests=[Request(name, day, "home") for name in ("ann", "bob") for day in range(4)],
    )
    model = build_model(its)
    values = model.complete(
        [
            int(seat.site == ("home" if seat.staff_no == "ann" else "Leeds"))
            for option in model.free
            for seat in option.seats
        ]
    )
    with Engines() as engines:
        standing = BestValues(model, values)
        team = CountingTeam(engines, model, standing)
        until = time.monotonic() + MANY_SECONDS
        Search(model, standing, team, deadline=until, seed=0, is_race=False, watch=None).run()
    assert all(result.cost == result.bound for result in standing.levels.values())
    assert team.relaxations == relaxations


class RecordingTeam(EngineTeam):
    """A team that records which engine is set to what."""

    def __init__(self, *settings):
        super().__init__(*settings)
        self.record = []

    def set_to(self, engine, job, task, *, until):
        self.record.append((engine, job.target))
        super().set_to(engine, job, task, until=until)


def test_no_engine_rests_in_a_race_however_far_the_floor_is():
    overbooked = read_problem(FIXTURES / "overbooked", today=date(2026, 12, 28)).problem
    model = build_model(overbooked)
    with Engines() as engines:
        best_values = BestValues(model, find_first_values(model))
        team = RecordingTeam(engines, model, best_values)
        until = time.monotonic() + MANY_SECONDS
        search = Search(model, best_values, team, deadline=until, seed=0, is_race=True, watch=None)
        earlier = {level: best_values.costs[level] for level in LEVELS[:3]}
        stage = Stage.of(model, "policy", earlier, seed=0)
        below = best_values.compute_cost_on(stage) - 1
        assert below - stage.floor > NEAR
        search._prove(stage, until)
    assert team.record[:2] == [(team.cp_sat, below), (team.highs, below)]


class InVain(Search):
    """A search whose engines get nowhere on the policy."""

    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.turns = []

    def _relax_stage(self, stage, until):
        if stage.level != "policy":
            super()._relax_stage(stage, until)

    def _prove(self, stage, until):
        self.turns.append(stage.level)
        if stage.level != "policy":
            super()._prove(stage, until)
        elif self.turns.count("policy") == 2:
            self._deadline = time.monotonic()


def test_levels_behind_one_that_resists_have_their_turn_before_it_has_another():
    """Policy costs more than its floor and nobody gets further; stability and people follow."""
    overbooked = read_problem(FIXTURES / "overbooked", today=date(2026, 12, 28)).problem
    model = build_model(overbooked)
    with Engines() as engines:
        standing = BestValues(model, find_first_values(model))
        team = EngineTeam(engines, model, standing)
        until = time.monotonic() + MANY_SECONDS
        search = InVain(model, standing, team, deadline=until, seed=0, is_race=False, watch=None)
        search.run()
    assert search.turns[-4:] == ["policy", "stability", "people", "policy"]
    assert time.monotonic() < until
