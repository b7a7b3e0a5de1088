"""What an engine's answer to a job proves of the stage, and whether it is worth waiting for."""

import time
from datetime import date

import pytest

from rota.reading import read_problem
from rota.rules import LEVELS
from solver.best_values import BestValues
from solver.engine_team import Engines, EngineTeam, Job
from solver.greedy import find_first_values
from solver.model_builder import build_model
from solver.stage import Stage
from tests.solver.in_process import MANY_SECONDS
from tests.solver.test_against_every_rota import one_desk_for_two
from tests.usual_rules import FIXTURES


def job(target: int | None, *, effort: int | None = None, floor: int = 0) -> Job:
    stage = Stage.of(build_model(one_desk_for_two()), "limit", {}, seed=0)
    stage.raise_floor(floor)
    return Job(stage, target, effort)


@pytest.mark.parametrize(
    ("target", "floor", "holds"),
    [(None, 7, 7), (3, 2, 2), (3, 4, 4), (3, 5, 4), (3, 7, 4), (0, 7, 1)],
)
def test_a_floor_of_solutions_up_to_a_target_holds_no_higher_than_just_above_it(
    target, floor, holds
):
    assert job(target).compute_stage_floor(floor) == holds


def test_a_job_below_the_floor_or_a_stale_one_is_of_no_use():
    assert job(3, floor=3).is_useful
    assert job(None, floor=3).is_useful
    assert not job(2, floor=3).is_useful
    stale = job(3, floor=3)
    stale.is_stale = True
    assert not stale.is_useful


def test_only_what_was_tried_without_a_limit_of_effort_was_in_vain():
    assert job(3).was_in_vain(3)
    assert not job(3).was_in_vain(2)
    assert not job(3, effort=10).was_in_vain(3)


def test_what_an_engine_did_not_find_in_time_may_still_exist():
    """On the last level Millbrook's best costs 151; a moment is too short to find even 300."""
    millbrook = read_problem(FIXTURES / "millbrook", today=date(2026, 12, 28)).problem
    model = build_model(millbrook)
    before = dict(zip(LEVELS, (0, 0, 0, 8, 0), strict=False))
    stage = Stage.of(model, "people", before, seed=0)
    target = 300 - model.unavoidable["people"]
    with Engines() as engines:
        team = EngineTeam(engines, model, BestValues(model, find_first_values(model)))
        for engine in (team.highs, team.cp_sat):
            until = time.monotonic() + 0.2
            team.set_to(engine, stage, stage.build_capped_task(target), target=target, until=until)
            patience = time.monotonic() + MANY_SECONDS
            while engine.is_busy and time.monotonic() < patience:
                team.listen(patience)
            assert not engine.is_busy
    assert stage.floor + model.unavoidable["people"] <= 151
