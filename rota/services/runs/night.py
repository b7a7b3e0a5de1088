"""The night: which units are planned anew, and what becomes of the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.domain import Period
from rota.explaining import Change, Reason
from rota.services.access.act import Act
from rota.services.answers.granted_places import granted_later
from rota.services.publishing.notices import tell
from rota.services.publishing.publication import (
    build_version_change,
)
from rota.services.publishing.publish import find_planned_revision, publish_rota
from rota.services.requests.lapsing import lapse_outdated
from rota.services.runs.claims import Claimed, Lost, Solved
from rota.services.runs.run_requests import SEED
from rota.services.runs.run_result import Result, settle
from rota.services.units.lookup import unit_held, unit_named
from rota.store.databases.database import Database
from rota.store.requests import proposals
from rota.store.requests.asks import Ask
from rota.store.rotas import draft_heads, versions
from rota.store.runs import nights, queue, runs
from rota.store.runs.queue import FreeRun
from rota.store.runs.runs import DONE, DRAFT, NIGHT, WAITING, RunRequest
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


def begin_night(database: Database, act: Act, *, seconds: float) -> tuple[int, ...] | None:
    """Ask for tonight's runs of all units, once; None if tonight was begun before."""
    with database.writing() as connection:
        if not nights.begin(connection, act.today, at=act.at, by=act.who):
            return None
        asked = tuple(
            run
            for unit in units.all_of(connection)
            for run in _ask(connection, act, unit, act.today, seconds)
        )
        nights.count_runs(connection, act.today, len(asked))
    return asked


def request_nights(
    database: Database, act: Act, *, unit: str | None, as_of: date, seconds: float
) -> tuple[int, ...]:
    """Ask for the runs of a night now, for one unit or for all. Only what changed is planned."""
    with database.writing() as connection:
        asked = [unit_named(connection, unit)] if unit else units.all_of(connection)
        return tuple(run for its in asked for run in _ask(connection, act, its, as_of, seconds))


def save_night(database: Database, act: Act, claimed: Claimed, solved: Sequence[Solved]) -> bool:
    """Publish and propose what the night has planned and end its run, all in one.

    If the unit or the day changed meanwhile, nothing is kept and the run waits again; False tells
    so. Raises Lost if another worker took the run.
    """
    run = claimed.run
    granted = _granted(database, act, run.unit)
    results = [settle(claimed, its, granted) for its in solved]
    with database.writing() as connection:
        unit = unit_held(connection, run.unit)
        if not _is_as_it_was(connection, act, unit, claimed):
            again = {"state": WAITING, "lease_until": None, "attempts": run.attempts - 1}
            if not runs.change(connection, run.id, claim=claimed.claim, **again):
                raise Lost(run.id)
            return False
        for its, result in zip(solved, results, strict=True):
            proposals.outdate(connection, unit.id, its.problem.period.first)
            _propose(connection, act, unit, its.problem.period, result.proposals)
        publications = [its.publication for its in results if its.publication]
        for publication in publications:
            publish_rota(connection, act, unit, publication)
        waiting = [reason for its in results for reason in its.proposals]
        tell(connection, act, unit, f"run/{run.id}", publications, waiting)
        ended = {
            "state": DONE,
            "planned_revision": claimed.revision,
            "ended_at": act.at,
            "result": _told(solved, results),
        }
        if not runs.change(connection, run.id, claim=claimed.claim, **ended):
            raise Lost(run.id)
    return True


def _ask(
    connection: Connection, act: Act, unit: StoredUnit, as_of: date, seconds: float
) -> Iterator[int]:
    """Ask for what the unit needs tonight: a plan anew where it changed, and the next period."""
    act.rights.must_manage(unit.name)
    unit = unit_held(connection, unit.name)
    lapse_outdated(connection, act, unit)
    begun = [v for v in versions.list_in_force(connection, unit.id) if v.period.last > as_of]
    if any(unit.revision > find_planned_revision(connection, unit, version) for version in begun):
        newest = max(version.number for version in begun)
        key = f"{nights.PLAN_ANEW}/{unit.id}/{as_of}/{unit.revision}/{newest}"
        request = RunRequest(
            unit_id=unit.id, kind=NIGHT, seconds=seconds, seed=SEED, today=as_of, key=key
        )
        yield from _added(connection, act, request)
    if period := _next_period(connection, unit, as_of):
        request = RunRequest(
            unit_id=unit.id,
            kind=DRAFT,
            seconds=seconds,
            seed=SEED,
            start=period.first,
            weeks=period.weeks,
            key=f"{nights.PLAN_NEXT}/{unit.id}/{period.first}/{as_of}",
        )
        yield from _added(connection, act, request)


def _added(connection: Connection, act: Act, request: RunRequest) -> Iterator[int]:
    """Ask for the run, unless an earlier night's or somebody's own still waits to do the same."""
    waiting = queue.find_like(connection, request)
    is_like = waiting and _first_day(waiting, act) == _first_day(request, act)
    if waiting and is_like and waiting.key != request.key:
        yield waiting.id
        return
    run_id = runs.add(connection, request, at=act.at, by=act.who)
    if run_id is not None:
        after = {"run": run_id, "kind": request.kind, "today": str(request.today or "")}
        audit.add(connection, request.unit_id, act.entry("asked for a run", after=after))
        yield run_id


def _first_day(its: FreeRun | RunRequest, act: Act) -> date:
    """The day that will count as today when it is planned; what is left lying sees the present."""
    return max(its.today or act.today, act.today)


def _next_period(connection: Connection, unit: StoredUnit, as_of: date) -> Period | None:
    """The period after what is published, if it is time to draft it and nobody has."""
    in_force = versions.list_in_force(connection, unit.id)
    if not in_force:
        return None
    first = max(version.period.last for version in in_force) + timedelta(days=1)
    is_time = first - as_of < timedelta(weeks=unit.policy.plan_ahead_weeks)
    if not is_time or first + timedelta(weeks=unit.policy.weeks) <= as_of:
        return None
    drafted = draft_heads.list_periods(connection, unit.id)
    return None if any(its.first >= first for its in drafted) else Period(first, unit.policy.weeks)


def _granted(database: Database, act: Act, unit: str) -> tuple[Ask, ...]:
    """What was granted of days after today, before the night decides what waits for a yes."""
    with database.reading() as connection:
        return granted_later(connection, unit_named(connection, unit), act.today)


def _is_as_it_was(connection: Connection, act: Act, unit: StoredUnit, claimed: Claimed) -> bool:
    begun = tuple(
        version.number
        for version in versions.list_in_force(connection, unit.id)
        if version.period.last > claimed.today
    )
    is_same_day = act.today <= claimed.today
    return is_same_day and (unit.revision, begun) == (claimed.revision, claimed.bases)


def _propose(
    connection: Connection, act: Act, unit: StoredUnit, period: Period, waiting: Sequence[Reason]
) -> None:
    rows = [_proposal(act, period, reason) for reason in waiting]
    proposals.add(connection, unit.id, rows)


def _proposal(act: Act, period: Period, reason: Reason) -> dict[str, object]:
    told = build_version_change(reason.change, {reason.change: reason})
    columns = {name: getattr(told, name) for name in told.__slots__}
    return {**columns, "start": period.first, "made_at": act.at}


def _told(solved: Sequence[Solved], results: Sequence[Result]) -> Mapping[str, object]:
    """What is kept of the night with its run."""
    return {
        "periods": [dict(its.summary) for its in solved],
        "changed": sum(len(_changes(its)) for its in results),
        "people": len({change.staff_no for its in results for change in _changes(its)}),
        "proposed": sum(len(its.proposals) for its in results),
    }


def _changes(result: Result) -> tuple[Change, ...]:
    return result.publication.changes if result.publication else ()
