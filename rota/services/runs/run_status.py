"""How far runs have come, for the people who wait for them, and for what they may ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.domain import Period
from rota.errors import Conflict, NotFound
from rota.services.access.act import Act
from rota.services.runs.run_queue import load_turns
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.rotas import draft_heads, versions
from rota.store.rotas.draft_heads import DraftHead
from rota.store.runs import runs, workers
from rota.store.runs.runs import DONE, DRAFT, FAILED, RUNNING, WAITING, Run
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


def list_latest(
    database: Database,
    act: Act,
    *,
    unit: str | None = None,
    most: int = 50,
    before: int | None = None,
) -> tuple[Run, ...]:
    """So many runs, of one unit or of all, the newest first; only those before a number."""
    if unit is None:
        act.rights.must_administer()
    else:
        act.rights.must_know_figures(unit)
    with database.reading() as connection:
        unit_id = find_unit(connection, unit).id if unit else None
        return runs.list_latest(connection, unit_id=unit_id, most=most, before=before)


def list_in_states(database: Database, *states: str) -> tuple[Run, ...]:
    """The runs in these states, the oldest first."""
    with database.reading() as connection:
        return runs.list_in_states(connection, *states)


def find(database: Database, act: Act, run_id: int) -> Run:
    """The run of that number."""
    with database.reading() as connection:
        run = runs.find(connection, run_id)
    if run is None:
        raise NotFound(f"There is no run {run_id}.")
    act.rights.must_know_figures(run.unit)
    return run


def stop_run(database: Database, act: Act, run_id: int) -> None:
    """End a run early and keep the best that it has."""
    run = find(database, act, run_id)
    act.rights.must_manage(run.unit)
    with database.writing() as connection:
        if not runs.ask_to_stop(connection, run_id):
            raise Conflict(f"Run {run_id} has ended already.")
        audit.add(connection, run.unit_id, act.entry("stopped a run", after={"run": run_id}))


__all__ = [
    "DONE",
    "DRAFT",
    "DRAFTED",
    "FAILED",
    "NEW",
    "PUBLISHED",
    "RUNNING",
    "WAITING",
    "Offer",
    "Run",
    "RunOverview",
    "RunStatus",
    "load_overview",
    "load_status",
]

NEW, DRAFTED, PUBLISHED = "new", "drafted", "published"
"""What there is of a period that may be planned: nothing, a draft, or only a published rota."""

MONDAYS = 4
"""So many Mondays are offered on which a new period may start."""

MOST_LISTED = 50
"""Runs that are listed at most."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A period that may be planned, and what there is of it already."""

    period: Period
    standing: str


@dataclass(frozen=True, slots=True)
class RunOverview:
    """The runs of a unit, the newest first, and the periods for which one may be asked for."""

    runs: tuple[Run, ...]
    offers: tuple[Offer, ...]
    weeks: int
    is_worker_alive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStatus:
    """How far a run has come.

    `ahead` counts the runs that go before it while it waits; `is_held` means that it waits for a
    long run of its unit to end, whatever else goes before it. `is_lost` means that its worker has
    fallen silent, so that another one takes it. `draft` is the draft of its period as it is now.
    """

    run: Run
    ahead: int | None
    is_held: bool
    is_worker_alive: bool
    is_lost: bool
    draft: DraftHead | None

    @property
    def is_under_way(self) -> bool:
        return self.run.state in (WAITING, RUNNING)

    @property
    def is_own_draft(self) -> bool:
        """Whether the draft is as the run has left it."""
        return self.draft is not None and self.draft.changed_at == self.run.ended_at


def load_overview(database: Database, act: Act, *, unit: str, lease: timedelta) -> RunOverview:
    """The runs of the unit and what may be asked for; `lease` is that of the workers."""
    act.rights.must_know_figures(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        return RunOverview(
            runs=runs.list_latest(connection, unit_id=stored_unit.id, most=MOST_LISTED),
            offers=tuple(_list_offers(connection, stored_unit, act.today)),
            weeks=stored_unit.policy.weeks,
            is_worker_alive=_is_worker_alive(connection, act, lease),
        )


def load_status(
    database: Database, act: Act, *, unit: str, number: int, lease: timedelta
) -> RunStatus:
    """The unit's run of that number as it stands; `lease` is that of the workers."""
    act.rights.must_know_figures(unit)
    with database.reading() as connection:
        run = runs.find(connection, number)
        if run is None or run.unit != unit:
            raise NotFound(f"{unit} has no run {number}.")
        queue_turns = load_turns(connection, act.at)
        order = queue_turns.list_order()
        return RunStatus(
            run=run,
            ahead=order.index(number) if number in order else None,
            is_held=queue_turns.is_held(number),
            is_worker_alive=_is_worker_alive(connection, act, lease),
            is_lost=run.state == RUNNING and number in order,
            draft=_find_draft(connection, run),
        )


def _is_worker_alive(connection: Connection, act: Act, lease: timedelta) -> bool:
    return bool(workers.find_alive(workers.load_signs_of_life(connection), at=act.at, lease=lease))


def _find_draft(connection: Connection, run: Run) -> DraftHead | None:
    heads = {head.period.first: head for head in draft_heads.list_heads(connection, run.unit_id)}
    return heads.get(run.start) if run.start else None


def _list_offers(connection: Connection, unit: StoredUnit, today: date) -> Iterator[Offer]:
    """What is published or drafted and not over, by date, then Mondays for new periods."""
    published_periods = {version.period for version in versions.list_in_force(connection, unit.id)}
    drafted_periods = set(draft_heads.list_periods(connection, unit.id))
    for period in sorted(published_periods | drafted_periods, key=lambda period: period.first):
        if period.last > today:
            yield Offer(period, DRAFTED if period in drafted_periods else PUBLISHED)
    first = _find_first_new(unit, published_periods | drafted_periods, today)
    for number in range(MONDAYS):
        yield Offer(Period(first + timedelta(weeks=number), unit.policy.weeks), NEW)


def _find_first_new(unit: StoredUnit, periods: set[Period], today: date) -> date:
    """The first Monday after today on which a new period may start."""
    next_monday = today + timedelta(days=7 - today.weekday())
    starts = max((period.last + timedelta(days=1) for period in periods), default=unit.policy.start)
    return max(starts, next_monday)
