"""A run that a worker has taken, with what it is to plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from rota.domain import Period, Problem, PublishedSeat
from rota.errors import RotaError
from rota.moments import date_in_london
from rota.services.drafts import drafts as draft_services
from rota.services.drafts.merging import drafted_now
from rota.services.runs.run_requests import refuse_overlap
from rota.services.units.lookup import unit_named
from rota.services.units.planning_problem import draft_problem, published_problem
from rota.store.databases.database import Database
from rota.store.rotas import drafts, versions
from rota.store.rotas.drafts import Draft
from rota.store.runs import runs
from rota.store.runs.runs import DRAFT, Run
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


class Lost(RotaError):  # noqa: N818
    """The run is no longer this worker's: it was silent too long, and another took over."""

    def __init__(self, which: object) -> None:
        super().__init__(f"Run {which} was taken by another worker.")


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


def _draft_claimed(
    connection: Connection, run: Run, claim: str, unit: StoredUnit, now: datetime
) -> Claimed:
    assert run.start is not None
    assert run.weeks is not None
    period = Period(run.start, run.weeks)
    refuse_overlap(connection, unit, period)
    draft = drafts.find(connection, unit.id, period.first)
    base = draft_services.base_of(connection, unit, period)
    today = date_in_london(now)
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
