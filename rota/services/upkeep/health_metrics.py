"""Whether the installation is alive, and the few figures by which one watches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rota.store.databases import schema
from rota.store.databases.database import Database
from rota.store.databases.schema import Outdated
from rota.store.runs import nights, runs, workers
from rota.store.upkeep import messages

__all__ = ["HealthFigures", "Outdated", "must_be_ready", "read_health_figures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFigures:
    """How many runs and messages are in each state, workers alive, and when the night began."""

    runs: Mapping[str, int]
    messages: Mapping[str, int]
    workers: int
    night_begun_at: datetime | None


def must_be_ready(database: Database) -> None:
    """Raises Outdated if the database lacks a migration, DatabaseError if it does not answer."""
    with database.reading() as connection:
        schema.refuse_if_outdated(connection)


def read_health_figures(database: Database, *, at: datetime, lease: timedelta) -> HealthFigures:
    """The figures at that instant; `lease` is that of the workers."""
    with database.reading() as connection:
        last = nights.find_last(connection)
        return HealthFigures(
            runs=runs.count_by_state(connection),
            messages=messages.count_by_state(connection),
            workers=len(
                workers.find_alive(workers.load_signs_of_life(connection), at=at, lease=lease)
            ),
            night_begun_at=last.begun_at if last else None,
        )
