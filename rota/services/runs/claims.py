"""Runs as their workers see them: claimed, worked on, given back and ended."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from rota.checker import Judgement
from rota.domain import Period, Problem, PublishedSeat, Rota
from rota.errors import RotaError
from rota.moments import find_date_in_london
from rota.services.drafts import drafts as draft_services
from rota.services.drafts.merging import drafted_now
from rota.services.runs.run_queue import turns
from rota.services.runs.run_requests import refuse_overlap
from rota.services.units.lookup import unit_named
from rota.services.units.planning_problem import draft_problem, published_problem
from rota.store.databases.database import Database
from rota.store.rotas import drafts, versions
from rota.store.rotas.drafts import Draft
from rota.store.runs import queue, runs
from rota.store.runs.runs import DRAFT, FAILED, WAITING, Run
from rota.store.units.units import StoredUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A run that a worker has taken, with what it is to plan: a period, or those of a night.

    `revision` is the unit's, `bases` the versions in force, and `draft` the draft, as all of them
    were when the run was taken; `drafted` has the seats of the draft, but for those that were
    published anew and are not its own; `today` is the day that counted as today then.
    """

    run: Run
    claim: str
    today: date
    revision: int
    bases: tuple[int, ...]
    problems: tuple[Problem, ...]
    draft: Draft | None = None
    drafted: tuple[PublishedSeat, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A problem's rota as it was judged, and what is told of how it was found."""

    problem: Problem
    rota: Rota
    judgement: Judgement
    summary: Mapping[str, Any]


class Lost(RotaError):  # noqa: N818
    """The run is no longer this worker's: it was silent too long, and another took over."""

    def __init__(self, which: object) -> None:
        super().__init__(f"Run {which} was taken by another worker.")


def claim_next(
    database: Database, *, worker: str, now: datetime, lease: timedelta, attempts: int
) -> str | None:
    """Take the run whose turn it is. The claim, under which it is worked on; None if none waits.

    A run whose workers died too often is given up, which is told with it.
    """
    claim = f"{worker}/{secrets.token_hex(8)}"
    with database.writing() as connection:
        for run_id in turns(connection, now).takeable():
            if not queue.hold_free(connection, run_id, now):
                continue  # Another worker takes it at this moment.
            before = runs.find(connection, run_id)
            assert before is not None
            queue.claim(connection, run_id, claim=claim, by=worker, now=now, until=now + lease)
            if before.attempts < attempts:
                return claim
            _give_up(connection, before, claim, now)
    return None


def load_claimed(database: Database, *, claim: str, now: datetime) -> Claimed:
    """What the run under that claim is to plan. Raises Lost if another worker has it."""
    with database.reading() as connection:
        run = runs.of_claim(connection, claim)
        if run is None:
            raise Lost(f"of the claim {claim}")
        unit = unit_named(connection, run.unit)
        if run.kind == DRAFT:
            return _draft_claimed(connection, run, claim, unit, now)
        return _night_claimed(connection, run, claim, unit, now)


def report(
    database: Database,
    claimed: Claimed,
    *,
    progress: Mapping[str, Any],
    now: datetime,
    lease: timedelta,
) -> bool:
    """Keep how far the run is, and that its worker is alive. Whether it shall stop early."""
    run_id = claimed.run.id
    with database.writing() as connection:
        told = {"progress": dict(progress), "lease_until": now + lease}
        if not runs.change(connection, run_id, claim=claimed.claim, **told):
            raise Lost(run_id)
        run = runs.find(connection, run_id)
    return run is not None and run.stop_asked


def fail(database: Database, *, claim: str, error: str, now: datetime) -> None:
    """End the run under that claim without a rota, and say why."""
    with database.writing() as connection:
        run = runs.of_claim(connection, claim)
        if run is not None:
            runs.change(connection, run.id, claim=claim, state=FAILED, error=error, ended_at=now)


def give_back(database: Database, *, claim: str, is_counted: bool = False) -> None:
    """Let any worker take the run under that claim; nothing is known of it yet."""
    with database.writing() as connection:
        run = runs.of_claim(connection, claim)
        if run is not None:
            attempts = run.attempts if is_counted else run.attempts - 1
            runs.change(
                connection, run.id, claim=claim, state=WAITING, lease_until=None, attempts=attempts
            )


def _draft_claimed(
    connection: Connection, run: Run, claim: str, unit: StoredUnit, now: datetime
) -> Claimed:
    assert run.start is not None
    assert run.weeks is not None
    period = Period(run.start, run.weeks)
    refuse_overlap(connection, unit, period)
    draft = drafts.find(connection, unit.id, period.first)
    base = draft_services.base_of(connection, unit, period)
    today = find_date_in_london(now)
    drafted = drafted_now(connection, unit, draft, base) if draft else ()
    moved_by_hand = draft.moved_by_hand if draft and not run.afresh else ()
    return Claimed(
        run=run,
        claim=claim,
        today=today,
        revision=unit.revision,
        bases=(base,) if base else (),
        problems=(
            draft_problem(
                connection,
                unit,
                period,
                today,
                drafted if draft else None,
                moved_by_hand=moved_by_hand,
            ),
        ),
        draft=draft,
        drafted=drafted,
    )


def _night_claimed(
    connection: Connection, run: Run, claim: str, unit: StoredUnit, now: datetime
) -> Claimed:
    """What the night is to plan. A run that was left lying sees the unit from the day it is."""
    assert run.today is not None
    today = max(run.today, find_date_in_london(now))
    begun = [v for v in versions.in_force(connection, unit.id) if v.period.last > today]
    return Claimed(
        run=run,
        claim=claim,
        today=today,
        revision=unit.revision,
        bases=tuple(version.number for version in begun),
        problems=tuple(
            published_problem(connection, unit, version.period, today) for version in begun
        ),
    )


def _give_up(connection: Connection, run: Run, claim: str, now: datetime) -> None:
    says = (
        f"Planning stopped {_times(run.attempts)} because its worker died, the last time on "
        f"{_place_of(run.claimed_by or 'another machine')}. Nothing was lost; ask again."
    )
    runs.change(connection, run.id, claim=claim, state=FAILED, error=says, ended_at=now)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _place_of(worker: str) -> str:
    """Where a worker works, as its name tells: a machine and the number of a process."""
    machine, _, process = worker.partition("/")
    return f"{machine} (process {process})" if process else machine
