"""The names that people at an installation know, and would try first as passwords."""

from __future__ import annotations

from sqlalchemy import Connection, select, union

from rota.store.units.rows import table_of
from rota.tables import SiteTable, TeamTable, UnitTable

_NAMES = union(*(select(table_of(model).c.name) for model in (UnitTable, SiteTable, TeamTable)))


def list_known_names(connection: Connection) -> tuple[str, ...]:
    """The names of all units, sites and teams."""
    return tuple(connection.scalars(_NAMES))
