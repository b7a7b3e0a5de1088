"""Whether the installation is alive, and the few figures by which one watches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rota.errors import RotaError
from rota.services.runs.heartbeat import alive_in
from rota.store.databases import schema
from rota.store.databases.database import Database
from rota.store.runs import nights, runs, workers
from rota.store.upkeep import messages


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFigures:
    """How many runs and messages are in each state, workers alive, and when the night began."""

    runs: Mapping[str, int]
    messages: Mapping[str, int]
    workers: int
    night_begun_at: datetime | None


class Outdated(RotaError):  # noqa: N818
    """The database lacks a migration."""


def must_be_ready(database: Database) -> None:
    """Raises Outdated if the database lacks a migration, DatabaseError if it does not answer."""
    with database.reading() as connection:
        if schema.find_revision(connection) != schema.find_newest_revision():
            raise Outdated("The database is not up to date. Run: rota db upgrade")


def read_health_figures(database: Database, *, at: datetime, lease: timedelta) -> HealthFigures:
    """The figures at that instant; `lease` is that of the workers."""
    with database.reading() as connection:
        last = nights.last(connection)
        return HealthFigures(
            runs=runs.counts(connection),
            messages=messages.count_by_state(connection),
            workers=len(alive_in(workers.all_seen(connection), at=at, lease=lease)),
            night_begun_at=last.begun_at if last else None,
        )
