"""Runs as people ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.domain import Period
from rota.errors import Conflict, RotaError
from rota.services.access.act import Act
from rota.services.publishing.publish import list_overlapping
from rota.services.runs.run_status import find
from rota.services.units.lookup import hold_unit
from rota.store.databases.database import Database
from rota.store.rotas import draft_heads, versions
from rota.store.runs import queue, runs
from rota.store.runs.queue import FreeRun
from rota.store.runs.runs import DRAFT, FAILED, NIGHT, Run, RunRequest
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit

SEED = 1
"""The seed of runs that name none."""

MOST_SECONDS = 3600
"""No run searches for longer, so that nobody waits for longer until a worker is free."""

MOST_WAITING = 12
"""So many runs that people asked for may wait in a unit, so that no unit fills the queue."""

NEW, CHANGED, SAME = "new", "changed", "same"
"""Which run does what was asked for: a new one, or one that waits already, changed or not."""


def find_requested_period(
    connection: Connection, unit: StoredUnit, start: date | None, weeks: int | None
) -> Period:
    """The period that somebody asks to plan; without a start, the one after what is published."""
    if start is None:
        ends = [version.period.last for version in versions.list_in_force(connection, unit.id)]
        start = max(ends) + timedelta(days=1) if ends else unit.policy.start
    try:
        return Period(start, weeks or _find_weeks(connection, unit, start))
    except ValueError as error:
        sentence = str(error)
        raise RotaError(f"{sentence[0].upper()}{sentence[1:]}.") from None


def _find_weeks(connection: Connection, unit: StoredUnit, start: date) -> int:
    """How many weeks the period has that starts then, published, drafted or new."""
    published = [version.period for version in versions.list_in_force(connection, unit.id)]
    periods = (*draft_heads.list_periods(connection, unit.id), *published)
    return {period.first: period.weeks for period in periods}.get(start, unit.policy.weeks)


def refuse_past(period: Period, today: date) -> None:
    """Raise RotaError if nothing of the period can be planned any more."""
    if period.last <= today:
        raise RotaError(f"The period {period} is over; today is {today}.")


def refuse_overlap(connection: Connection, unit: StoredUnit, period: Period) -> None:
    """Raise RotaError if the period shares days with another that is published or drafted."""
    of_start = [p for p in draft_heads.list_periods(connection, unit.id) if p.first == period.first]
    other_drafts = [p for p in of_start if p != period]
    for other in (*list_overlapping(connection, unit, period), *other_drafts):
        raise RotaError(
            f"The period {period} shares days with {other}, which is published or drafted already."
        )


@dataclass(frozen=True, slots=True)
class RequestedRun:
    """The run that does what was asked for; `standing` says whether it is a new one."""

    run: Run
    standing: str

    @property
    def is_new(self) -> bool:
        return self.standing == NEW

    @property
    def says(self) -> str:
        """What to tell the person who asked if the run is not a new one; empty if it is."""
        run = self.run
        if self.standing == SAME:
            return (
                f"The same is asked for already: run {run.id} still waits, so there is no second."
            )
        if self.standing == CHANGED:
            return (
                f"Run {run.id} still waits to plan these weeks, so there is no second. It now "
                f"searches for at most {run.seconds:g} seconds, with the seed {run.seed}"
                f"{', and starts afresh' if run.afresh else ''}."
            )
        return ""


def request_run(
    database: Database,
    act: Act,
    *,
    unit: str,
    seconds: float,
    start: date | None = None,
    weeks: int | None = None,
    seed: int = SEED,
    afresh: bool = False,
) -> RequestedRun:
    """Ask for a draft of a period; without a start, of the one after what is published.

    Without weeks it is the published or drafted period that starts then, or one of the policy's
    length. Seats of its draft that were moved by hand are kept where possible, unless it starts
    afresh. A run that still waits to plan the same weeks does it instead of a further one, whose
    draft would only take the place of the other's: it takes over the seconds, the seed, and whether
    it starts afresh.
    """
    act.rights.must_manage(unit)
    _refuse_seconds(seconds)
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        period = find_requested_period(connection, stored_unit, start, weeks)
        refuse_past(period, act.today)
        refuse_overlap(connection, stored_unit, period)
        request = RunRequest(
            unit_id=stored_unit.id,
            kind=DRAFT,
            seconds=seconds,
            seed=seed,
            start=period.first,
            weeks=period.weeks,
            afresh=afresh,
        )
        waiting = queue.find_like(connection, request)
        if waiting is not None and (reused := _reuse(connection, act, waiting, request)):
            return reused
        _refuse_many(connection, stored_unit)
        return _add_new(connection, act, request)


def retry_run(database: Database, act: Act, run_id: int) -> RequestedRun:
    """Ask again for what a failed run was asked for. Raises Conflict if it did not fail.

    For a draft there is a new run, unless one waits to plan the same weeks; the run of a night is
    put back into the queue itself.
    """
    run = find(database, act, run_id)
    act.rights.must_manage(run.unit)
    if run.state != FAILED:
        raise Conflict(f"Run {run_id} did not fail, so there is nothing to try again.")
    if run.kind == DRAFT:
        return request_run(
            database,
            act,
            unit=run.unit,
            start=run.start,
            weeks=run.weeks,
            seconds=run.seconds,
            seed=run.seed,
            afresh=run.afresh,
        )
    return _retry_night(database, act, run)


def add_run(connection: Connection, act: Act, request: RunRequest) -> int | None:
    """Add a run that waits. Its number; None if there is one with that key that did not fail."""
    run_id = runs.add(connection, request, at=act.at, by=act.actor)
    if run_id is not None:
        record_request(connection, act, run_id, request)
    return run_id


def record_request(
    connection: Connection, act: Act, run_id: int, request: RunRequest, *, before: object = None
) -> None:
    """Write to the audit that a night, or somebody, asked for the run."""
    after: dict[str, object] = {"run": run_id}
    if request.kind == NIGHT or request.key:
        after |= {"kind": request.kind, "today": str(request.today or "")}
    elif request.start and request.weeks:
        period = str(Period(request.start, request.weeks))
        after |= {"period": period, "seconds": request.seconds, "seed": request.seed}
    after |= {"afresh": True} if request.afresh else {}
    audit.add(connection, request.unit_id, act.entry("asked for a run", before=before, after=after))


def _add_new(connection: Connection, act: Act, request: RunRequest) -> RequestedRun:
    run_id = add_run(connection, act, request)
    assert run_id is not None
    return RequestedRun(_load_run(connection, run_id), NEW)


def _reuse(
    connection: Connection, act: Act, waiting: FreeRun, request: RunRequest
) -> RequestedRun | None:
    """Let the waiting run do what is asked for; None if a worker has just taken it.

    If a night had asked for it, it counts as asked for by this person from now on.
    """
    columns: dict[str, object] = {"key": None, "stop_asked": False}
    columns |= {name: getattr(request, name) for name in ("seconds", "seed", "afresh")}
    if all(getattr(waiting, name) == value for name, value in columns.items()):
        return RequestedRun(_load_run(connection, waiting.id), SAME)
    if not queue.change(connection, waiting.id, **columns, asked_by=act.actor):
        return None
    before = {"seconds": waiting.seconds, "seed": waiting.seed, "asked_by": waiting.asked_by}
    before |= {"afresh": True} if waiting.afresh else {}
    record_request(connection, act, waiting.id, request, before=before)
    return RequestedRun(_load_run(connection, waiting.id), CHANGED)


def _retry_night(database: Database, act: Act, run: Run) -> RequestedRun:
    """Put a night's run back into the queue, unless a later one waits to do the same."""
    request = RunRequest(
        unit_id=run.unit_id, kind=run.kind, seconds=run.seconds, seed=run.seed, today=run.today
    )
    with database.writing() as connection:
        hold_unit(connection, run.unit)
        waiting = queue.find_like(connection, request)
        if waiting is not None:
            return RequestedRun(_load_run(connection, waiting.id), SAME)
        if not runs.renew(connection, run.id):
            raise Conflict(f"Somebody has had run {run.id} tried again already.")
        record_request(connection, act, run.id, request)
        return RequestedRun(_load_run(connection, run.id), NEW)


def _load_run(connection: Connection, run_id: int) -> Run:
    run = runs.find(connection, run_id)
    assert run is not None
    return run


def _refuse_seconds(seconds: float) -> None:
    if not 0 < seconds <= MOST_SECONDS:
        raise RotaError(
            f"A run searches for more than 0 and at most {MOST_SECONDS:,} seconds, not {seconds:g}."
        )


def _refuse_many(connection: Connection, unit: StoredUnit) -> None:
    if queue.count_waiting(connection, unit.id) >= MOST_WAITING:
        raise Conflict(
            f"{unit.name} has {MOST_WAITING} runs that wait already, and no unit may have more. "
            "Ask again when a worker has taken one of them."
        )
