"""Values that the installation made for itself once, such as its signing key."""

from __future__ import annotations

from sqlalchemy import Connection, select

from rota.store.databases.inserting import insert_unless_there
from rota.store.units.rows import table_of
from rota.tables import InstallationTable

_INSTALLATION = table_of(InstallationTable)


def find(connection: Connection, name: str) -> str | None:
    """The value of that name."""
    value: str | None = connection.scalar(
        select(_INSTALLATION.c.value).where(_INSTALLATION.c.name == name)
    )
    return value


def add_unless_there(connection: Connection, name: str, value: str) -> None:
    """Store the value, unless one is stored under that name already."""
    insert_unless_there(connection, _INSTALLATION, {"name": name, "value": value}, unique="name")
