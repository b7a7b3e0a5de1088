"""Which workers are alive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from rota.store.databases.database import Database
from rota.store.runs import workers

LEASES = 3
"""A worker that is silent for so many leases is held to be dead."""


def show(database: Database, worker: str, *, at: datetime) -> None:
    """Keep that the worker is alive."""
    with database.writing() as connection:
        workers.seen(connection, worker, at=at)


def alive(database: Database, *, at: datetime, lease: timedelta) -> tuple[str, ...]:
    """The workers that were heard of lately; they renew their leases three times in each."""
    with database.reading() as connection:
        return alive_in(workers.all_seen(connection), at=at, lease=lease)


def alive_in(seen: Mapping[str, datetime], *, at: datetime, lease: timedelta) -> tuple[str, ...]:
    """Those of the workers that were heard of lately."""
    return tuple(name for name, seen_at in seen.items() if at - seen_at <= LEASES * lease)


def end(database: Database, worker: str) -> None:
    """Forget the worker, which ends."""
    with database.writing() as connection:
        workers.gone(connection, worker)
