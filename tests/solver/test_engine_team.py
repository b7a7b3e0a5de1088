"""Engines that are given too little time."""

import time
from datetime import date

from rota.reading import read_problem
from rota.rules import LEVELS
from solver.best_values import BestValues
from solver.engine_team import Engines, EngineTeam
from solver.greedy import find_first_values
from solver.jobs import Proving
from solver.model_builder import build_model
from solver.stage import Stage
from tests.solver.in_process import MANY_SECONDS
from tests.usual_rules import FIXTURES


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
            team.set_to(
                engine, Proving(stage, target), stage.build_capped_task(target), until=until
            )
            patience = time.monotonic() + MANY_SECONDS
            while engine.is_busy and time.monotonic() < patience:
                team.listen(patience)
            assert not engine.is_busy
    assert stage.floor + model.unavoidable["people"] <= 151
