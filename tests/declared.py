"""Whether all that the audit keeps says who reads it; tests with a database ask at their end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from sqlalchemy import select

from rota.services.access.audit_details import IN_UNITS, OUTSIDE_UNITS
from rota.services.access.column_rights import ROWS, SETTINGS
from rota.store.databases.database import Database
from rota.store.units.rows import table_of
from rota.tables import AuditTable

_AUDIT = table_of(AuditTable)


def undeclared(database: Database) -> Set[str]:
    """The names in the audit of which nobody declared who reads them, each after its deed."""
    with database.reading() as connection:
        rows = connection.execute(
            select(_AUDIT.c.unit_id, _AUDIT.c.what, _AUDIT.c.before, _AUDIT.c.after)
        ).all()
    return {
        f"{what}: {name}"
        for unit_id, what, *sides in rows
        for kept in sides
        for name in _undeclared(kept or {}, is_in_unit=unit_id is not None)
    }


def _undeclared(kept: Mapping[str, Any], *, is_in_unit: bool) -> Iterator[str]:
    for name, value in kept.items():
        if not is_in_unit:
            yield from () if name in OUTSIDE_UNITS else (name,)
        elif name in ROWS:
            columns = {column for row in value for column in row}
            yield from (f"{name}.{column}" for column in columns - ROWS[name].keys())
        elif name == "policy":
            yield from (f"{name}.{setting}" for setting in value.keys() - SETTINGS.keys())
        elif name not in IN_UNITS:
            yield name
