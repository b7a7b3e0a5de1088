"""Workers show that they are alive, take runs, report on them and give them back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from rota.services.runs.claimed_run import ClaimedRun, LostClaim
from rota.services.runs.run_queue import load_turns
from rota.store.databases.database import Database
from rota.store.runs import queue, runs, workers
from rota.store.runs.runs import FAILED, WAITING, Run


def mark_alive(database: Database, worker: str, *, at: datetime) -> None:
    """Save that the worker is alive."""
    with database.writing() as connection:
        workers.mark_alive(connection, worker, at=at)


def list_alive(database: Database, *, at: datetime, lease: timedelta) -> tuple[str, ...]:
    """The workers that were heard of lately."""
    with database.reading() as connection:
        return workers.find_alive(workers.load_signs_of_life(connection), at=at, lease=lease)


def remove_worker(database: Database, worker: str) -> None:
    """Forget the worker, which ends."""
    with database.writing() as connection:
        workers.remove(connection, worker)


def claim_next(
    database: Database, *, worker: str, now: datetime, lease: timedelta, attempts: int
) -> str | None:
    """Take the run whose turn it is. The claim under which it is worked on; None if none waits.

    A run whose workers died too often ends as failed instead, with the reason.
    """
    claim = f"{worker}/{secrets.token_hex(8)}"
    with database.writing() as connection:
        for run_id in load_turns(connection, now).list_takeable():
            if not queue.hold_free(connection, run_id, now):
                continue  # Another worker takes it at this moment.
            before = runs.find(connection, run_id)
            assert before is not None
            queue.claim(connection, run_id, claim=claim, by=worker, now=now, until=now + lease)
            if before.attempts < attempts:
                return claim
            _give_up(connection, before, claim, now)
    return None


def report_progress(
    database: Database,
    claimed: ClaimedRun,
    *,
    progress: Mapping[str, Any],
    now: datetime,
    lease: timedelta,
) -> bool:
    """Save how far the run is, and that its worker is alive. Whether it is to stop early.

    Raises LostClaim if another worker took the run.
    """
    run_id = claimed.run.id
    with database.writing() as connection:
        columns = {"progress": dict(progress), "lease_until": now + lease}
        if not runs.change(connection, run_id, claim=claimed.claim, **columns):
            raise LostClaim(run_id)
        run = runs.find(connection, run_id)
    return run is not None and run.stop_asked


def fail(database: Database, *, claim: str, error: str, now: datetime) -> None:
    """End the run under that claim without a rota, and say why."""
    with database.writing() as connection:
        run = runs.find_claimed(connection, claim)
        if run is not None:
            runs.change(connection, run.id, claim=claim, state=FAILED, error=error, ended_at=now)


def give_back(database: Database, *, claim: str, is_counted: bool = False) -> None:
    """Let any worker take the run under that claim again.

    It counts as an attempt only if `is_counted`.
    """
    with database.writing() as connection:
        run = runs.find_claimed(connection, claim)
        if run is not None:
            attempts = run.attempts if is_counted else run.attempts - 1
            runs.change(
                connection, run.id, claim=claim, state=WAITING, lease_until=None, attempts=attempts
            )


def _give_up(connection: Connection, run: Run, claim: str, now: datetime) -> None:
    error = (
        f"Planning stopped {_count_in_words(run.attempts)} because its worker died, the last time "
        f"on {_describe_worker(run.claimed_by or 'another machine')}. Nothing was lost; ask again."
    )
    runs.change(connection, run.id, claim=claim, state=FAILED, error=error, ended_at=now)


def _count_in_words(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _describe_worker(worker: str) -> str:
    """The worker by the machine and the process that its name holds."""
    machine, _, process = worker.partition("/")
    return f"{machine} (process {process})" if process else machine
