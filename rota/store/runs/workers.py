"""Workers, when each was last heard of, and so which of them are alive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from rota.store.units.rows import table_of
from rota.tables import WorkerTable

LEASES = 3
"""A worker that is silent for so many leases is held to be dead."""

_WORKER = table_of(WorkerTable)


def mark_alive(connection: Connection, name: str, *, at: datetime) -> None:
    """Save that the worker is alive."""
    renewal = update(_WORKER).where(_WORKER.c.name == name).values(seen_at=at)
    if not connection.execute(renewal).rowcount:
        connection.execute(insert(_WORKER).values(name=name, started_at=at, seen_at=at))


def remove(connection: Connection, name: str) -> None:
    """Forget the worker, which has ended."""
    connection.execute(delete(_WORKER).where(_WORKER.c.name == name))


def load_signs_of_life(connection: Connection) -> Mapping[str, datetime]:
    """When each worker was last heard of."""
    query = select(_WORKER.c.name, _WORKER.c.seen_at).order_by(_WORKER.c.name)
    return {row.name: row.seen_at for row in connection.execute(query)}


def find_alive(
    signs_of_life: Mapping[str, datetime], *, at: datetime, lease: timedelta
) -> tuple[str, ...]:
    """Those of the workers that were heard of lately; they renew their lease three times in one."""
    silence = LEASES * lease
    return tuple(name for name, seen_at in signs_of_life.items() if at - seen_at <= silence)
