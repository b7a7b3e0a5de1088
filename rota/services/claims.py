"""Runs as their workers see them: claimed, worked on, given back and ended."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from rota.checker import Judgement
from rota.domain import Period, Problem, Rota, Seat
from rota.errors import RotaError
from rota.explaining import changes_between
from rota.moments import date_in_london
from rota.services import drafts as draft_services
from rota.services.acting import Act
from rota.services.problems import (
    draft_problem,
    published_problem,
    unit_held,
    unit_named,
    with_locks,
)
from rota.services.run_periods import refuse_overlap
from rota.services.turns import turns
from rota.store import audit, drafts, queue, runs, versions
from rota.store.database import Database
from rota.store.drafts import Draft
from rota.store.runs import DONE, DRAFT, FAILED, WAITING, Run
from rota.store.units import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A run that a worker has taken, with what it is to plan: a period, or those of a night.

    `revision` is the unit's, `bases` the versions in force, and `draft` the draft, as all of them
    were when the run was taken; `today` is the day that counted as today then.
    """

    run: Run
    claim: str
    today: date
    revision: int
    bases: tuple[int, ...]
    problems: tuple[Problem, ...]
    draft: Draft | None = None


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


def save_draft(database: Database, act: Act, claimed: Claimed, solved: Solved) -> None:
    """Keep the rota as the draft of its period and end the run, in one.

    Raises Lost if another worker took the run. If somebody changed the draft meanwhile, it stays
    as they left it, and the run fails and says so.
    """
    run = claimed.run
    with database.writing() as connection:
        unit = unit_held(connection, run.unit)
        ended = {
            "state": DONE,
            "result": dict(solved.summary),
            "planned_revision": claimed.revision,
            "ended_at": act.at,
        }
        if not _keep_draft(connection, act, unit, claimed, solved):
            says = "Somebody changed the draft while it was planned; it stays as they left it."
            ended |= {"state": FAILED, "error": says}
        if not runs.change(connection, run.id, claim=claimed.claim, **ended):
            raise Lost(run.id)


def _keep_draft(
    connection: Connection, act: Act, unit: Stored, claimed: Claimed, solved: Solved
) -> bool:
    """Keep the draft unless it is not as it was. Whether it was kept."""
    period = solved.problem.period
    now = drafts.find(connection, unit.id, period.first)
    if now != claimed.draft:
        return False
    told: dict[str, Any] = {
        "base": claimed.bases[0] if claimed.bases else 0,
        "planned_revision": claimed.revision,
        "costs": solved.judgement.costs,
        "at": act.at,
        "by": claimed.run.asked_by,
        "seats": tuple(with_locks(solved.problem, solved.rota)),
    }
    if now is not None:
        drafts.change(connection, now, **told, replaced=_replaced(now, solved.rota))
    else:
        drafts.add(connection, unit.id, period=period, **told)
    after = {"draft": str(period), "run": claimed.run.id, "costs": dict(solved.judgement.costs)}
    audit.add(connection, unit.id, act.entry("planned a draft", after=after))
    return True


def _replaced(draft: Draft, rota: Rota) -> tuple[Seat, ...]:
    """The seats that the draft had where the rota has others, without a site where it had none."""
    return tuple(
        Seat(change.staff_no, change.date, change.before or "")
        for change in changes_between((seat.seat for seat in draft.seats), rota)
    )


def _draft_claimed(
    connection: Connection, run: Run, claim: str, unit: Stored, now: datetime
) -> Claimed:
    assert run.start is not None
    assert run.weeks is not None
    period = Period(run.start, run.weeks)
    refuse_overlap(connection, unit, period)
    draft = drafts.find(connection, unit.id, period.first)
    base = draft_services.base_of(connection, unit, period)
    today = date_in_london(now)
    return Claimed(
        run=run,
        claim=claim,
        today=today,
        revision=unit.revision,
        bases=(base,) if base else (),
        problems=(draft_problem(connection, unit, period, today, draft),),
        draft=draft,
    )


def _night_claimed(
    connection: Connection, run: Run, claim: str, unit: Stored, now: datetime
) -> Claimed:
    """What the night is to plan. A run that was left lying sees the unit from the day it is."""
    assert run.today is not None
    today = max(run.today, date_in_london(now))
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
