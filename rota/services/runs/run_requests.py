"""Runs as people ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.domain import Period
from rota.errors import Conflict, RotaError
from rota.services.access.act import Act
from rota.services.publishing.publish import list_overlapping
from rota.services.runs.run_status import find
from rota.services.units.lookup import unit_held
from rota.store.databases.database import Database
from rota.store.rotas import draft_heads, versions
from rota.store.runs import queue, runs
from rota.store.runs.queue import FreeRun
from rota.store.runs.runs import DRAFT, FAILED, Run, RunRequest
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


def period_asked_for(
    connection: Connection, unit: StoredUnit, start: date | None, weeks: int | None
) -> Period:
    """The period that is asked for; without a start, the one after what is published."""
    if start is None:
        ends = [version.period.last for version in versions.list_in_force(connection, unit.id)]
        start = max(ends) + timedelta(days=1) if ends else unit.policy.start
    try:
        return Period(start, weeks or _weeks(connection, unit, start))
    except ValueError as error:
        says = str(error)
        raise RotaError(f"{says[0].upper()}{says[1:]}.") from None


def _weeks(connection: Connection, unit: StoredUnit, start: date) -> int:
    """How many weeks the period has that starts then, published, drafted or new."""
    published = [version.period for version in versions.list_in_force(connection, unit.id)]
    known = {
        its.first: its.weeks for its in (*draft_heads.list_periods(connection, unit.id), *published)
    }
    return known.get(start, unit.policy.weeks)


def refuse_past(period: Period, today: date) -> None:
    """Raise RotaError if nothing of the period can be planned any more."""
    if period.last <= today:
        raise RotaError(f"The period {period} is over; today is {today}.")


def refuse_overlap(connection: Connection, unit: StoredUnit, period: Period) -> None:
    """Raise RotaError if the period shares days with another that is published or drafted."""
    others: Sequence[Period] = list_overlapping(connection, unit, period)
    drafted = [
        its for its in draft_heads.list_periods(connection, unit.id) if its.first == period.first
    ]
    others = [*others, *(its for its in drafted if its != period)]
    for other in others:
        raise RotaError(
            f"The period {period} shares days with {other}, which is published or drafted already."
        )


SEED = 1
"""The seed of runs that name none."""

MOST_SECONDS = 3600
"""No run searches for longer, so that nobody waits for longer until a worker is free."""

MOST_WAITING = 12
"""So many runs that people asked for may wait in a unit, so that no unit fills the queue."""

NEW, CHANGED, SAME = "new", "changed", "same"
"""What does that which was asked for: a new run, or one that waits already, changed or not."""


@dataclass(frozen=True, slots=True)
class RequestedRun:
    """The run that does what was asked for, and whether it is a new one."""

    run: Run
    standing: str

    @property
    def is_new(self) -> bool:
        return self.standing == NEW

    @property
    def says(self) -> str:
        """What whoever asked should know if the run is not a new one; empty if it is."""
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
) -> Run:
    """The run that plans what `ask_for_run` is asked for; one that waited already may do it."""
    asked = ask_for_run(
        database,
        act,
        unit=unit,
        seconds=seconds,
        start=start,
        weeks=weeks,
        seed=seed,
        afresh=afresh,
    )
    return asked.run


def ask_for_run(
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
        stored = unit_held(connection, unit)
        period = period_asked_for(connection, stored, start, weeks)
        refuse_past(period, act.today)
        refuse_overlap(connection, stored, period)
        request = RunRequest(
            unit_id=stored.id,
            kind=DRAFT,
            seconds=seconds,
            seed=seed,
            start=period.first,
            weeks=period.weeks,
            afresh=afresh,
        )
        waiting = queue.find_like(connection, request)
        if waiting is not None and (same := _same(connection, act, waiting, request)):
            return same
        _refuse_many(connection, stored)
        return _new(connection, act, request)


def retry_run(database: Database, act: Act, run_id: int) -> RequestedRun:
    """Ask anew for what a run that failed was asked for. Raises Conflict if it did not fail.

    A draft is a new run, unless one waits to plan the same weeks; a night's run waits again itself.
    """
    run = find(database, act, run_id)
    act.rights.must_manage(run.unit)
    if run.state != FAILED:
        raise Conflict(f"Run {run_id} did not fail, so there is nothing to try again.")
    if run.kind == DRAFT:
        return ask_for_run(
            database,
            act,
            unit=run.unit,
            start=run.start,
            weeks=run.weeks,
            seconds=run.seconds,
            seed=run.seed,
            afresh=run.afresh,
        )
    return _night_again(database, act, run)


def _new(connection: Connection, act: Act, request: RunRequest) -> RequestedRun:
    run_id = runs.add(connection, request, at=act.at, by=act.who)
    assert run_id is not None
    _audit(connection, act, run_id, request)
    return RequestedRun(_run(connection, run_id), NEW)


def _same(
    connection: Connection, act: Act, waiting: FreeRun, request: RunRequest
) -> RequestedRun | None:
    """Have the run that waits do what is asked for; None if a worker has just taken it.

    A night's becomes that of whoever asks.
    """
    asked = (request.seconds, request.seed, request.afresh, None, False)
    waits = (waiting.seconds, waiting.seed, waiting.afresh, waiting.key, waiting.stop_asked)
    if waits == asked:
        return RequestedRun(_run(connection, waiting.id), SAME)
    is_changed = queue.change(
        connection,
        waiting.id,
        seconds=request.seconds,
        seed=request.seed,
        afresh=request.afresh,
        key=None,
        stop_asked=False,
        asked_by=act.who,
    )
    if not is_changed:
        return None
    before = {"seconds": waiting.seconds, "seed": waiting.seed, "asked_by": waiting.asked_by}
    before |= {"afresh": True} if waiting.afresh else {}
    _audit(connection, act, waiting.id, request, before=before)
    return RequestedRun(_run(connection, waiting.id), CHANGED)


def _night_again(database: Database, act: Act, run: Run) -> RequestedRun:
    """Have a night's run wait again, unless a later one waits to do the same."""
    request = RunRequest(unit_id=run.unit_id, kind=run.kind, seconds=run.seconds, seed=run.seed)
    with database.writing() as connection:
        unit_held(connection, run.unit)
        waiting = queue.find_like(connection, request)
        if waiting is not None:
            return RequestedRun(_run(connection, waiting.id), SAME)
        if not runs.renew(connection, run.id):
            raise Conflict(f"Somebody has had run {run.id} tried again already.")
        after = {"run": run.id, "kind": run.kind, "today": str(run.today or "")}
        audit.add(connection, run.unit_id, act.entry("asked for a run", after=after))
        return RequestedRun(_run(connection, run.id), NEW)


def _audit(
    connection: Connection, act: Act, run_id: int, request: RunRequest, *, before: object = None
) -> None:
    assert request.start is not None
    assert request.weeks is not None
    period = str(Period(request.start, request.weeks))
    after = {"run": run_id, "period": period, "seconds": request.seconds, "seed": request.seed}
    after |= {"afresh": True} if request.afresh else {}
    entry = act.entry("asked for a run", before=before, after=after)
    audit.add(connection, request.unit_id, entry)


def _run(connection: Connection, run_id: int) -> Run:
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
