"""The queue: runs that nobody works on, and the time that workers spent on those taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from rota.store.runs.runs import DONE, FAILED, RUNNING, WAITING, RunRequest
from rota.store.units.rows import table_of
from rota.tables import RunTable

_RUN = table_of(RunTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeRun:
    """A run that nobody works on. Only runs that a night asked for have a key."""

    id: int
    unit_id: int
    kind: str
    key: str | None
    today: date | None
    seconds: float
    seed: int
    afresh: bool
    stop_asked: bool
    asked_at: datetime
    asked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRun:
    """A run that is worked on, or was; `begun_at` is when it was taken last, if that is known."""

    unit_id: int
    kind: str
    key: str | None
    seconds: float
    begun_at: datetime | None
    ended_at: datetime | None


def list_free(connection: Connection, now: datetime) -> tuple[FreeRun, ...]:
    """The runs that nobody works on, the oldest first."""
    query = select(*_free_columns()).where(_is_free(now)).order_by(_RUN.c.id)
    return tuple(FreeRun(**row) for row in connection.execute(query).mappings())


def list_taken(connection: Connection, now: datetime, *, since: datetime) -> tuple[TakenRun, ...]:
    """The runs that are worked on, and those that have ended since then."""
    columns = [_RUN.c[name] for name in TakenRun.__slots__]
    is_under_way = and_(_RUN.c.state == RUNNING, _RUN.c.lease_until >= now)
    has_ended = and_(_RUN.c.state.in_((DONE, FAILED)), _RUN.c.ended_at >= since)
    rows = connection.execute(select(*columns).where(or_(is_under_way, has_ended))).mappings()
    return tuple(TakenRun(**row) for row in rows)


def hold_free(connection: Connection, run_id: int, now: datetime) -> bool:
    """Whether nobody works on the run; if so, nobody else takes it until the transaction ends."""
    query = select(_RUN.c.id).where(_RUN.c.id == run_id, _is_free(now))
    return connection.scalar(query.with_for_update(skip_locked=True)) is not None


def claim(
    connection: Connection, run_id: int, *, claim: str, by: str, now: datetime, until: datetime
) -> bool:
    """Take the run if nobody works on it."""
    columns = {
        "state": RUNNING,
        "claim": claim,
        "claimed_by": by,
        "lease_until": until,
        "attempts": _RUN.c.attempts + 1,
        "begun_at": now,
        "progress": None,
    }
    conditions = (_RUN.c.id == run_id, _is_free(now))
    return bool(connection.execute(update(_RUN).where(*conditions).values(columns)).rowcount)


def find_like(connection: Connection, request: RunRequest) -> FreeRun | None:
    """The first run that waits to plan the same weeks, or the same unit's night."""
    is_like = (
        _RUN.c.state == WAITING,
        _RUN.c.unit_id == request.unit_id,
        _RUN.c.kind == request.kind,
        _is(_RUN.c.start, request.start),
        _is(_RUN.c.weeks, request.weeks),
    )
    query = select(*_free_columns()).where(*is_like).order_by(_RUN.c.id).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    return FreeRun(**row) if row else None


def change(connection: Connection, run_id: int, **values: Any) -> bool:
    """Change what is asked of the run, if it still waits."""
    conditions = (_RUN.c.id == run_id, _RUN.c.state == WAITING)
    return bool(connection.execute(update(_RUN).where(*conditions).values(values)).rowcount)


def count_waiting(connection: Connection, unit_id: int) -> int:
    """How many runs that people asked for wait in the unit."""
    conditions = (_RUN.c.state == WAITING, _RUN.c.unit_id == unit_id, _RUN.c.key.is_(None))
    return connection.scalar(select(func.count()).select_from(_RUN).where(*conditions)) or 0


def _free_columns() -> list[ColumnElement[Any]]:
    return [_RUN.c[name] for name in FreeRun.__slots__]


def _is(column: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def _is_free(now: datetime) -> ColumnElement[bool]:
    is_abandoned = and_(_RUN.c.state == RUNNING, _RUN.c.lease_until < now)
    return or_(_RUN.c.state == WAITING, is_abandoned)
