"""Runs: requests to plan, and who works on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select, update

from rota.store.databases.inserting import insert_unless_there
from rota.store.units.rows import table_of
from rota.tables import RunTable, UnitTable

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"

DRAFT, NIGHT = "draft", "night"

_RUN = table_of(RunTable)

_UNIT = table_of(UnitTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as it stands. A draft has a period; a night has a day that counts as today.

    A draft that is planned `afresh` does not keep seats that were moved by hand.
    """

    id: int
    unit_id: int
    unit: str
    kind: str
    start: date | None
    weeks: int | None
    today: date | None
    seconds: float
    seed: int
    state: str
    asked_at: datetime
    asked_by: str
    claim: str | None
    claimed_by: str | None
    lease_until: datetime | None
    attempts: int
    stop_asked: bool
    progress: Mapping[str, Any] | None
    result: Mapping[str, Any] | None
    error: str | None
    planned_revision: int | None
    ended_at: datetime | None
    afresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What is asked of a run; of two with the same key only the first counts."""

    unit_id: int
    kind: str
    seconds: float
    seed: int
    start: date | None = None
    weeks: int | None = None
    today: date | None = None
    key: str | None = None
    afresh: bool = False


def add(connection: Connection, request: RunRequest, *, at: datetime, by: str) -> int | None:
    """Add a run that waits. Its number; None if there is one with that key that did not fail."""
    values = {field.name: getattr(request, field.name) for field in fields(request)}
    row = {**values, "state": WAITING, "asked_at": at, "asked_by": by}
    number: int | None = insert_unless_there(
        connection, _RUN, {**row, "attempts": 0, "stop_asked": False}, unique="key"
    )
    return number if number is not None else _renew(connection, _RUN.c.key == request.key)


def renew(connection: Connection, run_id: int) -> bool:
    """Let the run wait again, if it failed."""
    return _renew(connection, _RUN.c.id == run_id) is not None


def find(connection: Connection, run_id: int) -> Run | None:
    """The run of that number."""
    row = connection.execute(_select(_RUN.c.id == run_id)).mappings().one_or_none()
    return Run(**row) if row else None


def find_claimed(connection: Connection, claim: str) -> Run | None:
    """The run that is worked on under that claim."""
    conditions = (_RUN.c.claim == claim, _RUN.c.state == RUNNING)
    row = connection.execute(_select(*conditions)).mappings().one_or_none()
    return Run(**row) if row else None


def list_latest(
    connection: Connection, *, unit_id: int | None, most: int, before: int | None = None
) -> tuple[Run, ...]:
    """So many of the runs, of one unit or of all, the newest first; only those before a number."""
    query = _select() if unit_id is None else _select(_RUN.c.unit_id == unit_id)
    if before is not None:
        query = query.where(_RUN.c.id < before)
    rows = connection.execute(query.order_by(_RUN.c.id.desc()).limit(most)).mappings()
    return tuple(Run(**row) for row in rows)


def list_in_states(connection: Connection, *states: str) -> tuple[Run, ...]:
    """The runs in these states, the oldest first."""
    rows = connection.execute(_select(_RUN.c.state.in_(states)).order_by(_RUN.c.id)).mappings()
    return tuple(Run(**row) for row in rows)


def count_by_state(connection: Connection) -> Mapping[str, int]:
    """How many runs there are in each state."""
    query = select(_RUN.c.state, func.count()).group_by(_RUN.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def find_revision_of_night(connection: Connection, unit_id: int, *, since: datetime) -> int:
    """The newest revision of the unit that a night has planned for since then; 0 if none has."""
    newest = select(func.max(_RUN.c.planned_revision)).where(
        _RUN.c.unit_id == unit_id,
        _RUN.c.kind == NIGHT,
        _RUN.c.state == DONE,
        _RUN.c.ended_at >= since,
    )
    return connection.scalar(newest) or 0


def change(connection: Connection, run_id: int, *, claim: str, **values: Any) -> bool:
    """Change the run's columns, if it is still being worked on under that claim."""
    conditions = (_RUN.c.id == run_id, _RUN.c.claim == claim, _RUN.c.state == RUNNING)
    return bool(connection.execute(update(_RUN).where(*conditions).values(values)).rowcount)


def ask_to_stop(connection: Connection, run_id: int) -> bool:
    """Ask the worker to end the run with what it has, unless the run has ended."""
    conditions = (_RUN.c.id == run_id, _RUN.c.state.in_((WAITING, RUNNING)))
    return bool(
        connection.execute(update(_RUN).where(*conditions).values(stop_asked=True)).rowcount
    )


def take_back(connection: Connection, unit_id: int) -> None:
    """Let the unit's runs that are being worked on be done anew; nobody takes one meanwhile."""
    again = {
        "state": WAITING,
        "claim": None,
        "lease_until": None,
        "progress": None,
        "attempts": case((_RUN.c.state == RUNNING, _RUN.c.attempts - 1), else_=_RUN.c.attempts),
    }
    is_open = (_RUN.c.unit_id == unit_id, _RUN.c.state.in_((WAITING, RUNNING)))
    connection.execute(update(_RUN).where(*is_open).values(again))


def _renew(connection: Connection, condition: ColumnElement[bool]) -> int | None:
    """Let the run that meets the condition wait again, if it failed. Its number."""
    again = {
        "state": WAITING,
        "attempts": 0,
        "stop_asked": False,
        "progress": None,
        "result": None,
        "error": None,
        "planned_revision": None,
        "begun_at": None,
        "ended_at": None,
    }
    renewed = update(_RUN).where(condition, _RUN.c.state == FAILED).values(again)
    return connection.execute(renewed.returning(_RUN.c.id)).scalar_one_or_none()


def _select(*conditions: ColumnElement[bool]) -> Any:
    columns = [_RUN.c[field.name] for field in fields(Run) if field.name != "unit"]
    joined = select(*columns, _UNIT.c.name.label("unit")).join(_UNIT, _UNIT.c.id == _RUN.c.unit_id)
    return joined.where(*conditions)
