"""Which workers are alive."""

from __future__ import annotations

from datetime import datetime

from rota.store import workers
from rota.store.database import Database


def show(database: Database, worker: str, *, at: datetime) -> None:
    """Keep that the worker is alive."""
    with database.writing() as connection:
        workers.seen(connection, worker, at=at)


def end(database: Database, worker: str) -> None:
    """Forget the worker, which ends."""
    with database.writing() as connection:
        workers.gone(connection, worker)
