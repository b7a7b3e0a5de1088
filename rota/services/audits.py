"""What was done, by whom, when and from where."""

from __future__ import annotations

from rota.services.problems import unit_named
from rota.store import audit
from rota.store.audit import Entry
from rota.store.database import Database


def latest(database: Database, *, unit: str | None = None, most: int = 50) -> tuple[Entry, ...]:
    """So many deeds, in one unit or in all, the newest first."""
    with database.reading() as connection:
        unit_id = unit_named(connection, unit).id if unit else None
        return audit.latest(connection, unit_id, most=most)
