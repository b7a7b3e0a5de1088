"""A stored run, worked on from its claim to its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import TypeVar

import structlog

from rota.domain import Problem
from rota.errors import RotaError
from rota.moments import now
from rota.planning.plan import Plan, plan
from rota.planning.run_reporter import Reporter
from rota.services.access.act import NIGHT, Act
from rota.services.runs import claimed_run, claims, night, run_result
from rota.services.runs.claimed_run import ClaimedRun, LostClaim
from rota.services.runs.run_result import SolvedProblem
from rota.store.databases.database import Database, Unreachable
from rota.store.runs.runs import NIGHT as NIGHT_KIND
from solver.engine_team import Engines

PATIENCE = 600.0
"""Seconds for which a result is kept in hand while the database does not answer."""

Result = TypeVar("Result")


class _Warm(threading.local):
    """Engines that stay warm from one run to the next, and end with this process.

    Each thread has its own, since a Dask worker may solve in several.
    """

    def __init__(self) -> None:
        self.engines = Engines()


_warm = _Warm()

_log = structlog.get_logger()


def plan_claimed_run(url: str, claim: str, *, lease: float, workers: int) -> None:
    """Plan the run under the claim and keep what comes of it, in the database of that address.

    `lease` is in seconds. It may be called twice for one claim, at the same time or after a
    sudden end: only the first result is kept. What is wrong with the run is kept with it.
    """
    database = Database(url)
    try:
        _plan_and_save(database, claim, timedelta(seconds=lease), workers)
    except LostClaim as lost:
        _log.warning("run lost", claim=claim, why=str(lost))
    except Unreachable:
        raise  # Nothing can be kept; the run is free again when its lease has ended.
    except RotaError as error:
        why = str(error)
        _log.error("run failed", claim=claim, why=why)
        _retry(lambda: claims.fail(database, claim=claim, error=why, now=now()))
    finally:
        database.close()


def _plan_and_save(database: Database, claim: str, lease: timedelta, workers: int) -> None:
    with ExitStack() as stack:
        _warm.engines.get_ready()
        claimed = _retry(lambda: claimed_run.load_claimed_run(database, claim=claim, now=now()))
        run = claimed.run
        log = _log.bind(run=run.id, unit=run.unit, kind=run.kind)
        log.info("run begins", attempt=run.attempts, periods=len(claimed.problems))
        reporter = stack.enter_context(Reporter(database, claimed, lease))
        solved = [_solve(claimed, problem, reporter, workers) for problem in claimed.problems]
        reporter.report()
        reporter.raise_if_lost()
        is_kept = _retry(lambda: _save(database, claimed, solved))
        log.info("run ends" if is_kept else "run waits again, since its unit changed")


def _solve(
    claimed: ClaimedRun, problem: Problem, reporter: Reporter, workers: int
) -> SolvedProblem:
    began = time.monotonic()
    reporter.begin()
    result = plan(
        problem,
        seconds=claimed.run.seconds,
        seed=claimed.run.seed,
        workers=workers,
        watch=reporter.watch,
        engines=_warm.engines,
    )
    reporter.end(result.outcome)
    summary = {
        **result.summary(time.monotonic() - began),
        "period": str(problem.period),
        "proven_after": _compute_proof_times(result, reporter),
        "remarks": list(result.remarks),
    }
    return SolvedProblem(
        problem=problem, rota=result.rota, judgement=result.judgement, summary=summary
    )


def _compute_proof_times(result: Plan, reporter: Reporter) -> dict[str, float]:
    """Seconds of search after which each level was proven, of those that were."""
    outcome = result.outcome
    proven = (name for name, level in outcome.levels.items() if level.is_proven)
    solved = round(outcome.solve_seconds, 2)
    return {name: reporter.proven_after.get(name, solved) for name in proven}


def _save(database: Database, claimed: ClaimedRun, solved: list[SolvedProblem]) -> bool:
    run = claimed.run
    place = run.claimed_by or "a worker"
    if run.kind == NIGHT_KIND:
        return night.save_night(database, Act(NIGHT, place, now()), claimed, solved)
    run_result.save_draft(database, Act(run.asked_by, place, now()), claimed, solved[0])
    return True


def _retry(attempt: Callable[[], Result]) -> Result:
    """What the attempt gives, made again while the database does not answer."""
    until = time.monotonic() + PATIENCE
    pause = 0.5
    while True:
        try:
            return attempt()
        except Unreachable as error:
            if time.monotonic() > until:
                raise
            _log.warning("the database does not answer", why=str(error), again_in_seconds=pause)
            time.sleep(pause)
            pause = min(2 * pause, 10.0)
