"""Runs: asked for, followed and stopped. What workers do with them is in `claims`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.domain import Period
from rota.errors import Conflict, NotFound, RotaError
from rota.services.acting import Act
from rota.services.problems import unit_held, unit_named
from rota.services.publishing import overlapping
from rota.store import audit, drafts, runs, versions
from rota.store.database import Database
from rota.store.runs import DRAFT, Request, Run
from rota.store.units import Stored

SEED = 1
"""The seed of runs that name none."""


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
    """Ask for a draft of a period; without a start, of the one after what is published.

    Without weeks it is the published or drafted period that starts then, or one of the policy's
    length. Seats of its draft that were moved by hand are kept where possible, unless it starts
    afresh.
    """
    act.rights.must_manage(unit)
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        period = _period(connection, stored, start, weeks)
        _refuse_past(period, act.today)
        refuse_overlap(connection, stored, period)
        request = Request(
            unit_id=stored.id,
            kind=DRAFT,
            seconds=seconds,
            seed=seed,
            start=period.first,
            weeks=period.weeks,
            afresh=afresh,
        )
        run_id = runs.add(connection, request, at=act.at, by=act.who)
        assert run_id is not None
        after = {"run": run_id, "period": str(period), "seconds": seconds, "seed": seed}
        after |= {"afresh": True} if afresh else {}
        audit.add(connection, stored.id, act.entry("asked for a run", after=after))
        run = runs.find(connection, run_id)
    assert run is not None
    return run


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


def _period(connection: Connection, unit: Stored, start: date | None, weeks: int | None) -> Period:
    if start is None:
        ends = [version.period.last for version in versions.in_force(connection, unit.id)]
        start = max(ends) + timedelta(days=1) if ends else unit.policy.start
    try:
        return Period(start, weeks or _weeks(connection, unit, start))
    except ValueError as error:
        says = str(error)
        raise RotaError(f"{says[0].upper()}{says[1:]}.") from None


def _weeks(connection: Connection, unit: Stored, start: date) -> int:
    """How many weeks the period has that starts then, published, drafted or new."""
    published = [version.period for version in versions.in_force(connection, unit.id)]
    known = {its.first: its.weeks for its in (*drafts.periods(connection, unit.id), *published)}
    return known.get(start, unit.policy.weeks)


def _refuse_past(period: Period, today: date) -> None:
    if period.last <= today:
        raise RotaError(f"The period {period} is over; today is {today}.")


def refuse_overlap(connection: Connection, unit: Stored, period: Period) -> None:
    """Raise RotaError if the period shares days with another that is published or drafted."""
    others: Sequence[Period] = overlapping(connection, unit, period)
    drafted = [its for its in drafts.periods(connection, unit.id) if its.first == period.first]
    others = [*others, *(its for its in drafted if its != period)]
    for other in others:
        raise RotaError(
            f"The period {period} shares days with {other}, which is published or drafted already."
        )
