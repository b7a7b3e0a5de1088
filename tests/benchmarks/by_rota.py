"""A unit planned by Rota."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from rota.planning import SearchProgress, plan
from rota.reading import read_problem
from tests.benchmarks.instances import TODAY
from tests.benchmarks.run import Moment, Run

WORKERS = 2


def run_rota(path: Path, seconds: float, today: date = TODAY) -> Run:
    """Plan the unit as `rota plan` does."""
    problem = read_problem(path, today=today).problem
    moments: list[Moment] = []
    began = time.monotonic()

    def watch(progress: SearchProgress) -> bool:
        costs = {name: level.cost for name, level in progress.levels.items()}
        moments.append(Moment(time.monotonic() - began, costs))
        return True

    outcome = plan(problem, seconds=seconds, seed=0, workers=WORKERS, watch=watch).outcome
    total = outcome.build_seconds + outcome.solve_seconds
    costs = {name: level.cost for name, level in outcome.levels.items()}
    return Run(
        first=outcome.build_seconds,
        moments=(*moments, Moment(total, costs)),
        levels=dict(outcome.levels),
        seconds=total,
    )
