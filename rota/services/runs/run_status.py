"""How runs stand, for the people who wait for them, and what may be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.domain import Period
from rota.errors import Conflict, NotFound
from rota.services.access.act import Act
from rota.services.runs.heartbeat import alive_in
from rota.services.runs.run_queue import turns
from rota.services.units.lookup import unit_named
from rota.store.databases.database import Database
from rota.store.rotas import draft_heads, versions
from rota.store.rotas.draft_heads import DraftHead
from rota.store.runs import runs, workers
from rota.store.runs.runs import DONE, DRAFT, FAILED, RUNNING, WAITING, Run
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


def latest(
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
        unit_id = unit_named(connection, unit).id if unit else None
        return runs.latest(connection, unit_id=unit_id, most=most, before=before)


def in_state(database: Database, *states: str) -> tuple[Run, ...]:
    """The runs in these states, the oldest first."""
    with database.reading() as connection:
        return runs.of_state(connection, *states)


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
    "RunDesk",
    "RunStatus",
    "desk",
    "follow",
]

NEW, DRAFTED, PUBLISHED = "new", "drafted", "published"
"""What is known of a period that may be planned: nothing, a draft, or a published rota alone."""

MONDAYS = 4
"""So many Mondays are offered on which a new period may start."""

SHOWN = 50
"""Runs that are listed at most."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A period that may be planned, and what there is of it already."""

    period: Period
    standing: str


@dataclass(frozen=True, slots=True)
class RunDesk:
    """What somebody sees who asks for runs: those of the unit, the newest first, and the offers."""

    runs: tuple[Run, ...]
    offers: tuple[Offer, ...]
    weeks: int
    is_worker_alive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStatus:
    """A run as it stands.

    `ahead` counts the runs that are taken before it while it waits; `is_held` tells that it waits
    for a long run of its unit to end, whoever else is before it. `is_lost` tells that its worker
    has fallen silent, so that another one takes it. `draft` is the one of its period, as it is now.
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
    def is_draft_its_own(self) -> bool:
        """Whether the draft is as the run has left it."""
        return self.draft is not None and self.draft.changed_at == self.run.ended_at


def desk(database: Database, act: Act, *, unit: str, lease: timedelta) -> RunDesk:
    """The runs of the unit and what may be asked for; a lease is that of the workers."""
    act.rights.must_know_figures(unit)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        return RunDesk(
            runs=runs.latest(connection, unit_id=stored.id, most=SHOWN),
            offers=tuple(_offers(connection, stored, act.today)),
            weeks=stored.policy.weeks,
            is_worker_alive=_is_worker_alive(connection, act, lease),
        )


def follow(database: Database, act: Act, *, unit: str, number: int, lease: timedelta) -> RunStatus:
    """The unit's run of that number as it stands; a lease is that of the workers."""
    act.rights.must_know_figures(unit)
    with database.reading() as connection:
        run = runs.find(connection, number)
        if run is None or run.unit != unit:
            raise NotFound(f"{unit} has no run {number}.")
        now = turns(connection, act.at)
        order = now.order()
        return RunStatus(
            run=run,
            ahead=order.index(number) if number in order else None,
            is_held=now.is_held(number),
            is_worker_alive=_is_worker_alive(connection, act, lease),
            is_lost=run.state == RUNNING and number in order,
            draft=_draft(connection, run),
        )


def _is_worker_alive(connection: Connection, act: Act, lease: timedelta) -> bool:
    return bool(alive_in(workers.all_seen(connection), at=act.at, lease=lease))


def _draft(connection: Connection, run: Run) -> DraftHead | None:
    heads = {head.period.first: head for head in draft_heads.list_heads(connection, run.unit_id)}
    return heads.get(run.start) if run.start else None


def _offers(connection: Connection, unit: StoredUnit, today: date) -> Iterator[Offer]:
    """What is published or drafted and not over yet, by date, and then Mondays for new periods."""
    published = {version.period for version in versions.list_in_force(connection, unit.id)}
    drafted = set(draft_heads.list_periods(connection, unit.id))
    for period in sorted(published | drafted, key=lambda its: its.first):
        if period.last > today:
            yield Offer(period, DRAFTED if period in drafted else PUBLISHED)
    first = _first_new(unit, published | drafted, today)
    for number in range(MONDAYS):
        yield Offer(Period(first + timedelta(weeks=number), unit.policy.weeks), NEW)


def _first_new(unit: StoredUnit, known: set[Period], today: date) -> date:
    """The first Monday after today on which a new period may start."""
    next_monday = today + timedelta(days=7 - today.weekday())
    starts = max((its.last + timedelta(days=1) for its in known), default=unit.policy.start)
    return max(starts, next_monday)
