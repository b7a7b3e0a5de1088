"""What the installation made up for itself once."""

from __future__ import annotations

from sqlalchemy import Connection, select

from rota.store.databases.inserting import insert_unless_there
from rota.store.units.rows import table_of
from rota.tables import InstallationTable

_INSTALLATION = table_of(InstallationTable)


def find(connection: Connection, name: str) -> str | None:
    """What was made up under that name."""
    kept: str | None = connection.scalar(
        select(_INSTALLATION.c.value).where(_INSTALLATION.c.name == name)
    )
    return kept


def keep(connection: Connection, name: str, value: str) -> None:
    """Keep it, unless somebody was faster."""
    insert_unless_there(connection, _INSTALLATION, {"name": name, "value": value}, unique="name")
