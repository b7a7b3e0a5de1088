"""A run that a worker has taken, with what it is to plan and to keep of what people moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from rota.domain import (
    WHOLE_DAY,
    Period,
    Problem,
    PublishedSeat,
    Rota,
    Seat,
    list_halves,
    without_halves,
)
from rota.errors import RotaError
from rota.moments import find_date_in_london
from rota.services.drafts import draft_view as draft_services
from rota.services.drafts.merging import load_merged_seats
from rota.services.runs.run_requests import refuse_overlap
from rota.services.units.lookup import find_unit
from rota.services.units.planning_problem import build_draft_problem, build_published_problem
from rota.store.databases.database import Database
from rota.store.rotas import drafts, versions
from rota.store.rotas.draft_seats import Origins
from rota.store.rotas.drafts import Draft
from rota.store.runs import runs
from rota.store.runs.runs import DRAFT, Run
from rota.store.units.units import StoredUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedRun:
    """A run that a worker has taken, with what it is to plan: one period, or all of a night.

    `revision` is the unit's, `bases` the numbers of the versions in force, and `draft` the draft,
    all as they were when the run was taken. `draft_seats` are the seats of the draft, without those
    that only repeat what was published after it began. `today` is the day that counted as today.
    """

    run: Run
    claim: str
    today: date
    revision: int
    bases: tuple[int, ...]
    problems: tuple[Problem, ...]
    draft: Draft | None = None
    draft_seats: tuple[PublishedSeat, ...] = ()


class LostClaim(RotaError):  # noqa: N818
    """The run is no longer this worker's: it was silent too long, and another took over."""

    def __init__(self, run: object) -> None:
        super().__init__(f"Run {run} was taken by another worker.")


def load_claimed_run(database: Database, *, claim: str, now: datetime) -> ClaimedRun:
    """What the run under that claim is to plan. Raises LostClaim if another worker has it."""
    with database.reading() as connection:
        run = runs.find_claimed(connection, claim)
        if run is None:
            raise LostClaim(f"of the claim {claim}")
        unit = find_unit(connection, run.unit)
        if run.kind == DRAFT:
            return _load_draft_run(connection, run, claim, unit, now)
        return _load_night_run(connection, run, claim, unit, now)


def _load_draft_run(
    connection: Connection, run: Run, claim: str, unit: StoredUnit, now: datetime
) -> ClaimedRun:
    assert run.start is not None
    assert run.weeks is not None
    period = Period(run.start, run.weeks)
    refuse_overlap(connection, unit, period)
    draft = drafts.find(connection, unit.id, period.first)
    base = draft_services.find_base(connection, unit, period)
    today = find_date_in_london(now)
    draft_seats = load_merged_seats(connection, unit, draft, base) if draft else ()
    moved_by_hand = draft.moved_by_hand if draft and not run.afresh else ()
    return ClaimedRun(
        run=run,
        claim=claim,
        today=today,
        revision=unit.revision,
        bases=(base,) if base else (),
        problems=(
            build_draft_problem(
                connection,
                unit,
                period,
                today,
                draft_seats if draft else None,
                moved_by_hand=moved_by_hand,
            ),
        ),
        draft=draft,
        draft_seats=draft_seats,
    )


def _load_night_run(
    connection: Connection, run: Run, claim: str, unit: StoredUnit, now: datetime
) -> ClaimedRun:
    """What the night is to plan; a run that waited for days plans from the day it is now."""
    assert run.today is not None
    today = max(run.today, find_date_in_london(now))
    unfinished = [v for v in versions.list_in_force(connection, unit.id) if v.period.last > today]
    return ClaimedRun(
        run=run,
        claim=claim,
        today=today,
        revision=unit.revision,
        bases=tuple(version.number for version in unfinished),
        problems=tuple(
            build_published_problem(connection, unit, version.period, today)
            for version in unfinished
        ),
    )


def find_dropped_moves(problem: Problem, rota: Rota) -> tuple[Seat, ...]:
    """The seats moved by hand after history, or halves of them, that the rota could not keep."""
    parts = (
        (seat, without_halves(seat.part, _list_kept_halves(seat, rota)))
        for seat in problem.unit.moved_by_hand
        if seat.date > problem.fixed_until
    )
    return tuple(seat._replace(part=part) for seat, part in parts if part is not None)


def find_kept_moves(draft: Draft, problem: Problem, rota: Rota) -> Origins:
    """The days moved by hand of which the rota keeps a seat, each with those it was moved from."""
    moved_seats = problem.unit.moved_by_hand
    kept_seats = (seat for seat in moved_seats if any(_list_kept_halves(seat, rota)))
    officer_days = dict.fromkeys(seat.officer_day for seat in kept_seats)
    return {officer_day: draft.moved_from[officer_day] for officer_day in officer_days}


def count_by_hand(problem: Problem, rota: Rota) -> Mapping[str, Mapping[str, int]]:
    """How many seats moved by hand a run kept and could not keep; nothing if there are none."""
    moved_seats = problem.unit.moved_by_hand
    if not moved_seats:
        return {}
    kept_count = sum(any(_list_kept_halves(seat, rota)) for seat in moved_seats)
    return {"by_hand": {"kept": kept_count, "not_kept": len(find_dropped_moves(problem, rota))}}


def _list_kept_halves(seat: Seat, rota: Rota) -> Sequence[str]:
    """The halves in which the rota has the officer at the site of the seat moved by hand."""
    whole_day = seat._replace(part=WHOLE_DAY)
    return [
        half
        for half in list_halves(seat.part)
        if whole_day in rota.seats or seat._replace(part=half) in rota.seats
    ]
