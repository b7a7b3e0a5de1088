"""The night: which runs it asks for, and what it publishes and proposes of their results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.domain import Period
from rota.explaining import Reason
from rota.services.access.act import Act
from rota.services.answers.granted_days import list_granted
from rota.services.publishing.notices import tell
from rota.services.publishing.publication import build_version_change
from rota.services.publishing.publish import find_planned_revision, publish_rota
from rota.services.requests.lapsing import lapse_outdated
from rota.services.runs.claimed_run import ClaimedRun, LostClaim
from rota.services.runs.run_requests import SEED, add_run
from rota.services.runs.run_result import NightResult, SolvedProblem, divide_night
from rota.services.units.lookup import find_unit, hold_unit
from rota.store.databases.database import Database
from rota.store.requests import proposals
from rota.store.requests.asks import Ask
from rota.store.rotas import draft_heads, versions
from rota.store.runs import nights, queue, runs
from rota.store.runs.queue import FreeRun
from rota.store.runs.runs import DONE, DRAFT, NIGHT, WAITING, RunRequest
from rota.store.units import units
from rota.store.units.units import StoredUnit


def begin_night(database: Database, act: Act, *, seconds: float) -> tuple[int, ...] | None:
    """Ask for tonight's runs of all units, once; None if tonight was begun before."""
    with database.writing() as connection:
        if not nights.begin(connection, act.today, at=act.at, by=act.actor):
            return None
        run_ids = tuple(
            run
            for unit in units.list_all(connection)
            for run in _request_runs(connection, act, unit, act.today, seconds)
        )
        nights.save_run_count(connection, act.today, len(run_ids))
    return run_ids


def request_nights(
    database: Database, act: Act, *, unit: str | None, as_of: date, seconds: float
) -> tuple[int, ...]:
    """Ask for the runs of a night now, for one unit or for all. Only what changed is planned."""
    with database.writing() as connection:
        stored_units = [find_unit(connection, unit)] if unit else units.list_all(connection)
        return tuple(
            run
            for stored_unit in stored_units
            for run in _request_runs(connection, act, stored_unit, as_of, seconds)
        )


def save_night(
    database: Database, act: Act, claimed: ClaimedRun, solved: Sequence[SolvedProblem]
) -> bool:
    """Publish and propose what the night has planned and end its run, in one transaction.

    If the unit or the day changed meanwhile, nothing is kept, the run waits again, and this is
    False. Raises LostClaim if another worker took the run.
    """
    run = claimed.run
    granted_asks = _load_granted(database, act, run.unit)
    results = [divide_night(claimed, each, granted_asks) for each in solved]
    with database.writing() as connection:
        unit = hold_unit(connection, run.unit)
        if not _is_unchanged(connection, act, unit, claimed):
            again = {"state": WAITING, "lease_until": None, "attempts": run.attempts - 1}
            if not runs.change(connection, run.id, claim=claimed.claim, **again):
                raise LostClaim(run.id)
            return False
        for solved_problem, result in zip(solved, results, strict=True):
            period = solved_problem.problem.period
            proposals.mark_outdated(connection, unit.id, period.first)
            _add_proposals(connection, act, unit, period, result.proposals)
        publications = [result.publication for result in results if result.publication]
        for publication in publications:
            publish_rota(connection, act, unit, publication)
        reasons_waiting = [reason for result in results for reason in result.proposals]
        tell(connection, act, unit, f"run/{run.id}", publications, reasons_waiting)
        ended = {
            "state": DONE,
            "planned_revision": claimed.revision,
            "ended_at": act.at,
            "result": _summarise(solved, results),
        }
        if not runs.change(connection, run.id, claim=claimed.claim, **ended):
            raise LostClaim(run.id)
    return True


def _request_runs(
    connection: Connection, act: Act, unit: StoredUnit, as_of: date, seconds: float
) -> Iterator[int]:
    """Ask for what the unit needs tonight: a new plan where it changed, and its next period."""
    act.rights.must_manage(unit.name)
    unit = hold_unit(connection, unit.name)
    lapse_outdated(connection, act, unit)
    unfinished = [v for v in versions.list_in_force(connection, unit.id) if v.period.last > as_of]
    if any(
        unit.revision > find_planned_revision(connection, unit, version) for version in unfinished
    ):
        newest = max(version.number for version in unfinished)
        key = f"{nights.PLAN_ANEW}/{unit.id}/{as_of}/{unit.revision}/{newest}"
        request = RunRequest(
            unit_id=unit.id, kind=NIGHT, seconds=seconds, seed=SEED, today=as_of, key=key
        )
        yield from _request_run(connection, act, request)
    if period := _find_next_period(connection, unit, as_of):
        request = RunRequest(
            unit_id=unit.id,
            kind=DRAFT,
            seconds=seconds,
            seed=SEED,
            start=period.first,
            weeks=period.weeks,
            key=f"{nights.PLAN_NEXT}/{unit.id}/{period.first}/{as_of}",
        )
        yield from _request_run(connection, act, request)


def _request_run(connection: Connection, act: Act, request: RunRequest) -> Iterator[int]:
    """Ask for the run, unless one of an earlier night, or somebody's, waits to do the same."""
    waiting = queue.find_like(connection, request)
    is_like = waiting and _find_first_day(waiting, act) == _find_first_day(request, act)
    if waiting and is_like and waiting.key != request.key:
        yield waiting.id
        return
    run_id = add_run(connection, act, request)
    if run_id is not None:
        yield run_id


def _find_first_day(run: FreeRun | RunRequest, act: Act) -> date:
    """The day that will count as today when the run is worked on, however late that is."""
    return max(run.today or act.today, act.today)


def _find_next_period(connection: Connection, unit: StoredUnit, as_of: date) -> Period | None:
    """The period after what is published, if it is time to draft it and nobody has."""
    in_force = versions.list_in_force(connection, unit.id)
    if not in_force:
        return None
    first = max(version.period.last for version in in_force) + timedelta(days=1)
    is_time = first - as_of < timedelta(weeks=unit.policy.plan_ahead_weeks)
    if not is_time or first + timedelta(weeks=unit.policy.weeks) <= as_of:
        return None
    drafted_periods = draft_heads.list_periods(connection, unit.id)
    if any(period.first >= first for period in drafted_periods):
        return None
    return Period(first, unit.policy.weeks)


def _load_granted(database: Database, act: Act, unit: str) -> tuple[Ask, ...]:
    """What was granted of days after today, before the night decides what waits for a yes."""
    with database.reading() as connection:
        return list_granted(connection, find_unit(connection, unit), act.today)


def _is_unchanged(connection: Connection, act: Act, unit: StoredUnit, claimed: ClaimedRun) -> bool:
    unfinished = tuple(
        version.number
        for version in versions.list_in_force(connection, unit.id)
        if version.period.last > claimed.today
    )
    is_same_day = act.today <= claimed.today
    return is_same_day and (unit.revision, unfinished) == (claimed.revision, claimed.bases)


def _add_proposals(
    connection: Connection, act: Act, unit: StoredUnit, period: Period, waiting: Sequence[Reason]
) -> None:
    rows = [_build_proposal(act, period, reason) for reason in waiting]
    proposals.add(connection, unit.id, rows)


def _build_proposal(act: Act, period: Period, reason: Reason) -> dict[str, object]:
    change = build_version_change(reason.change, {reason.change: reason})
    columns = {name: getattr(change, name) for name in change.__slots__}
    return {**columns, "start": period.first, "made_at": act.at}


def _summarise(
    solved: Sequence[SolvedProblem], results: Sequence[NightResult]
) -> Mapping[str, object]:
    """What is stored of the night with its run."""
    changes = [
        change for result in results if result.publication for change in result.publication.changes
    ]
    return {
        "periods": [dict(solved_problem.summary) for solved_problem in solved],
        "changed": len(changes),
        "people": len({change.staff_no for change in changes}),
        "proposed": sum(len(result.proposals) for result in results),
    }
