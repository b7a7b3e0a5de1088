"""What was done, by whom, when and from where."""

from __future__ import annotations

from rota.services.acting import Act
from rota.services.problems import unit_named
from rota.store import audit
from rota.store.audit import Entry
from rota.store.database import Database


def latest(
    database: Database, act: Act, *, unit: str | None = None, most: int = 50
) -> tuple[Entry, ...]:
    """So many deeds as they are kept, the newest first, in one unit; an operator sees all units."""
    act.rights.must_audit_as_kept(unit)
    with database.reading() as connection:
        unit_id = unit_named(connection, unit).id if unit else None
        return audit.latest(connection, unit_id, most=most)
