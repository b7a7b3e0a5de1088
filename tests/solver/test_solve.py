"""A search that is cut short, interrupted or robbed of its engines still ends with a whole rota."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from rota.domain import Problem
from rota.reading import read_problem
from rota.rules import LEVELS
from solver.greedy import find_first_values
from solver.model_builder import build_model
from solver.search import Watch
from solver.search_results import Outcome, SearchProgress
from solver.solving import solve
from tests.solver.in_process import MANY_SECONDS, Costs, in_order, judged
from tests.solver.processes import (
    engine_of,
    engines_of,
    hold_engines,
    needs_proc,
    wait_until_gone,
)
from tests.usual_rules import FIXTURES

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 12, 28)
MILLBROOK_COSTS = (0, 0, 0, 8, 0, 151)
OVERBOOKED_COSTS = (34, 24, 0, 131, 2, 29)


@pytest.fixture(scope="module")
def millbrook() -> Problem:
    return read_problem(FIXTURES / "millbrook", today=TODAY).problem


@pytest.fixture(scope="module")
def overbooked() -> Problem:
    return read_problem(FIXTURES / "overbooked", today=TODAY).problem


def costs_of(outcome: Outcome) -> Costs:
    return tuple(level.cost for level in outcome.levels.values())


def assert_honest(problem: Problem, outcome: Outcome, best: Costs) -> None:
    """The rota is whole, at the costs claimed, and no bound exceeds the best there is."""
    costs = costs_of(outcome)
    bounds = tuple(level.bound for level in outcome.levels.values())
    assert tuple(outcome.levels) == LEVELS
    assert judged(problem, outcome.rota) == costs
    assert costs >= best
    assert tuple(map(min, bounds, costs, best)) == bounds
    assert outcome.is_optimal == (costs == bounds)


def killing(*modules: str) -> Watch:
    """A watch that kills engines whenever there are some, until the search starts no more."""

    def watch(_: SearchProgress) -> bool:
        for module in modules:
            if process := engine_of(os.getpid(), module):
                os.kill(process, signal.SIGKILL)
        return True

    return watch


@pytest.mark.parametrize("workers", [1, 2])
def test_out_of_time_is_a_result(millbrook, workers):
    outcome = solve(millbrook, seconds=0.01, workers=workers)
    model = build_model(millbrook)
    assert costs_of(outcome) == in_order(model.compute_costs(find_first_values(model)))
    assert not outcome.is_optimal
    assert not outcome.is_interrupted
    assert outcome.remarks == ()
    assert_honest(millbrook, outcome, MILLBROOK_COSTS)


@needs_proc
@pytest.mark.parametrize("workers", [1, 2])
def test_a_search_ends_when_its_time_is_over_whatever_its_engines_do(millbrook, workers):
    """They are held for ever, once the search has begun. One worker begins with one engine."""

    def hold(_: SearchProgress) -> bool:
        hold_engines(os.getpid(), count=workers)
        return True

    outcome = solve(millbrook, seconds=2, workers=workers, watch=hold)
    assert not outcome.is_optimal
    assert not outcome.is_interrupted
    assert outcome.remarks == ()
    assert_honest(millbrook, outcome, MILLBROOK_COSTS)
    assert engines_of(os.getpid()) == {}


@pytest.mark.parametrize("seed", [2**31 - 1])
def test_with_one_worker_the_same_seed_gives_the_same_rota(overbooked, seed):
    first, second = (
        solve(overbooked, seconds=MANY_SECONDS, seed=seed, workers=1) for _ in range(2)
    )
    assert first.rota == second.rota
    assert first.levels == second.levels
    assert costs_of(first) == OVERBOOKED_COSTS
    assert first.is_optimal


def test_progress_never_goes_back(overbooked):
    seen: list[SearchProgress] = []

    def watch(progress: SearchProgress) -> bool:
        seen.append(progress)
        return True

    outcome = solve(overbooked, seconds=MANY_SECONDS, workers=2, watch=watch)
    costs = [tuple(level.cost for level in each.levels.values()) for each in seen]
    assert costs == sorted(costs, reverse=True)
    assert [each.seconds for each in seen] == sorted(each.seconds for each in seen)
    assert {each.working_on for each in seen} <= set(LEVELS)
    for level in LEVELS:
        bounds = [*(each.levels[level].bound for each in seen), outcome.levels[level].bound]
        assert bounds == sorted(bounds)


def test_seconds_are_told(overbooked):
    began = time.monotonic()
    outcome = solve(overbooked, seconds=MANY_SECONDS)
    total = time.monotonic() - began
    assert outcome.build_seconds > 0
    assert outcome.solve_seconds > 0
    assert outcome.build_seconds + outcome.solve_seconds <= total


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("is_ctrl_c", [False, True], ids=["the watch says no", "Ctrl-C"])
def test_a_search_that_is_ended_early_keeps_the_best_so_far(millbrook, workers, is_ctrl_c):
    seen: list[SearchProgress] = []

    def watch(progress: SearchProgress) -> bool:
        seen.append(progress)
        if is_ctrl_c:
            raise KeyboardInterrupt
        return False

    outcome = solve(millbrook, seconds=MANY_SECONDS, workers=workers, watch=watch)
    assert outcome.is_interrupted
    assert outcome.levels == seen[-1].levels
    assert len(seen) == 1
    assert_honest(millbrook, outcome, MILLBROOK_COSTS)


@needs_proc
def test_no_process_is_left_behind(millbrook, overbooked):
    def end(_: SearchProgress) -> bool:
        assert len(engines_of(os.getpid())) == 2
        return False

    def interrupt(_: SearchProgress) -> bool:
        assert len(engines_of(os.getpid())) == 2
        raise KeyboardInterrupt

    def stumble(_: SearchProgress) -> bool:
        raise ZeroDivisionError

    assert solve(overbooked, seconds=MANY_SECONDS).is_optimal
    assert engines_of(os.getpid()) == {}
    for watch in (end, interrupt):
        assert solve(millbrook, seconds=MANY_SECONDS, watch=watch).is_interrupted
        assert engines_of(os.getpid()) == {}
    with pytest.raises(ZeroDivisionError):
        solve(millbrook, seconds=MANY_SECONDS, watch=stumble)
    assert engines_of(os.getpid()) == {}


@needs_proc
@pytest.mark.parametrize(
    ("engine", "workers"), [("solver.highs", 1), ("solver.highs", 2), ("solver.cp_sat", 2)]
)
def test_when_an_engine_is_killed_the_other_goes_on(overbooked, engine, workers):
    """With one worker CP-SAT is not there before its turn, to which it need not come."""
    outcome = solve(overbooked, seconds=MANY_SECONDS, workers=workers, watch=killing(engine))
    assert outcome.remarks == ("An engine's process has ended.",)
    assert costs_of(outcome) == OVERBOOKED_COSTS
    assert_honest(overbooked, outcome, OVERBOOKED_COSTS)
    assert engines_of(os.getpid()) == {}


@needs_proc
@pytest.mark.parametrize("workers", [1, 2])
def test_when_both_engines_are_killed_what_was_found_so_far_is_kept(millbrook, workers):
    watch = killing("solver.highs", "solver.cp_sat")
    outcome = solve(millbrook, seconds=MANY_SECONDS, workers=workers, watch=watch)
    assert outcome.solve_seconds < MANY_SECONDS
    assert outcome.remarks == ("An engine's process has ended.",) * 2
    assert not outcome.is_optimal
    assert not outcome.is_interrupted
    assert_honest(millbrook, outcome, MILLBROOK_COSTS)


SOLVE_MILLBROOK = f"""
import time
from datetime import date
from pathlib import Path
from rota.reading import read_problem
from solver.solving import solve
unit = Path({str(FIXTURES / "millbrook")!r})
problem = read_problem(unit, today=date(2026, 12, 28)).problem

def wait(progress):
    print("under way", flush=True)
    time.sleep(1000)

solve(problem, seconds=1000, watch=wait)
"""


@needs_proc
def test_engines_end_with_a_parent_that_is_killed():
    command = [sys.executable, "-c", SOLVE_MILLBROOK]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "under way\n"
        engines = list(engines_of(parent.pid))
        parent.kill()
    assert len(engines) == 2
    assert wait_until_gone(engines) == []
