"""Units in a database, made from rota text or from a folder, and people who act on them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from rota.checker import judge
from rota.domain import Policy, Problem, PublishedSeat, Rota, Unit
from rota.moments import LONDON
from rota.planning import plan
from rota.records.differences import find_differences
from rota.services.access.act import Act
from rota.services.rotas import versions
from rota.services.runs import claimed_run, claims, night, run_requests, run_result
from rota.services.runs.run_result import SolvedProblem
from rota.services.upkeep import audits
from rota.store.databases.database import Database
from rota.store.rotas import versions as stored_versions
from rota.store.units import history, imported_rows, row_changes, units
from rota.store.units.sources import UNKNOWN_IMPORT
from rota.store.upkeep.audit import AuditEntry

LEASE = timedelta(minutes=1)


def act(day: date, who: str = "Mel", at: time = time(9)) -> Act:
    """Somebody acting on a day, at a time of London's."""
    return Act(who, "a test", datetime.combine(day, at, tzinfo=LONDON))


ONLOOKER = act(date(2026, 12, 21), "an onlooker")
"""An operator who looks at what there is."""


def keep(database: Database, name: str, unit: Unit, policy: Policy) -> None:
    """Store a unit that is not there yet, as if imported; nothing of it is published."""
    nothing = Unit(sites=(), teams=(), officers=())
    with database.writing() as connection:
        stored = units.create(connection, name, policy)
        row_changes.apply(connection, stored.id, find_differences(nothing, unit), UNKNOWN_IMPORT)
        imported_rows.save(connection, stored.id, unit, policy)
        history.replace_all(connection, stored.id, unit.history)


def keep_problem(database: Database, problem: Problem, name: str = "Blue") -> None:
    """Store the unit and policy of a problem, such as one in rota text."""
    keep(database, name, problem.unit, problem.policy)


def work_off(database: Database, doer: Act, *, rota: Rota | None = None) -> None:
    """Claim the run that waits longest and end it at once, with this rota or the best one."""
    claim = claims.claim_next(database, worker="a test", now=doer.at, lease=LEASE, attempts=5)
    assert claim is not None
    claimed = claimed_run.load_claimed_run(database, claim=claim, now=doer.at)
    solved = [solved_by(problem, rota) for problem in claimed.problems]
    if claimed.run.kind == "night":
        night.save_night(database, doer, claimed, solved)
    else:
        run_result.save_draft(database, doer, claimed, solved[0])


def solved_by(problem: Problem, rota: Rota | None = None) -> SolvedProblem:
    """The problem with this rota, judged, or with the best one."""
    if rota is not None:
        return SolvedProblem(problem=problem, rota=rota, judgement=judge(problem, rota), summary={})
    result = plan(problem, seconds=600, seed=1, workers=1)
    summary = result.summary(0)
    return SolvedProblem(
        problem=problem, rota=result.rota, judgement=result.judgement, summary=summary
    )


def publish(
    database: Database, doer: Act, *, name: str = "Blue", rota: Rota | None = None
) -> versions.Published:
    """Ask for a draft, plan it, and publish it whatever it breaks."""
    run_requests.request_run(database, doer, unit=name, seconds=30)
    work_off(database, doer, rota=rota)
    return versions.publish(database, doer, unit=name, is_acknowledged=True)


def in_force(database: Database, name: str = "Blue") -> tuple[PublishedSeat, ...]:
    """Every seat that is published now."""
    with database.reading() as connection:
        unit = units.find(connection, name)
        assert unit is not None
        return tuple(
            seat
            for version in stored_versions.list_in_force(connection, unit.id)
            for seat in stored_versions.list_seats_in_force(connection, unit.id, version.period)
        )


def audited(
    database: Database, *, unit: str | None = None, most: int = 50
) -> tuple[AuditEntry, ...]:
    """What is kept of deeds in one unit or in all, the newest first, as an operator sees it."""
    return audits.list_latest(database, act(date(2027, 1, 4)), unit=unit, most=most)
