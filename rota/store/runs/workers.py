"""Workers, and when each was last heard of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from rota.store.units.rows import table_of
from rota.tables import WorkerTable

_WORKER = table_of(WorkerTable)


def seen(connection: Connection, name: str, *, at: datetime) -> None:
    """Keep that the worker is alive."""
    changed = update(_WORKER).where(_WORKER.c.name == name).values(seen_at=at)
    if not connection.execute(changed).rowcount:
        connection.execute(insert(_WORKER).values(name=name, started_at=at, seen_at=at))


def gone(connection: Connection, name: str) -> None:
    """Forget the worker, which has ended."""
    connection.execute(delete(_WORKER).where(_WORKER.c.name == name))


def all_seen(connection: Connection) -> Mapping[str, datetime]:
    """When each worker was last heard of."""
    asked = select(_WORKER.c.name, _WORKER.c.seen_at).order_by(_WORKER.c.name)
    return {row.name: row.seen_at for row in connection.execute(asked)}
