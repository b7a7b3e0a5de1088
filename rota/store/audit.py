"""Who did what, when and from where; the database refuses to change any of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from rota.store.rows import table_of
from rota.tables import AuditTable

_AUDIT = table_of(AuditTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deed: what was done, and what was there before and after."""

    at: datetime
    who: str
    place: str
    what: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def add(connection: Connection, unit_id: int | None, entry: Entry) -> None:
    """Keep the entry for ever."""
    row = {field.name: getattr(entry, field.name) for field in fields(entry)}
    connection.execute(insert(_AUDIT).values(unit_id=unit_id, **row))


def latest(connection: Connection, unit_id: int | None, *, most: int) -> tuple[Entry, ...]:
    """So many entries of the unit, or of all, the newest first."""
    asked = select(*(_AUDIT.c[field.name] for field in fields(Entry)))
    if unit_id is not None:
        asked = asked.where(_AUDIT.c.unit_id == unit_id)
    rows = connection.execute(asked.order_by(_AUDIT.c.id.desc()).limit(most)).mappings()
    return tuple(Entry(**row) for row in rows)
