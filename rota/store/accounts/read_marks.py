"""Up to which version users have marked the changes of their rota as read."""

from __future__ import annotations

from sqlalchemy import Connection, update

from rota.store.databases.inserting import insert_all_unless_there
from rota.store.units.rows import table_of
from rota.tables import LookTable

_LOOK = table_of(LookTable)


def mark(connection: Connection, user_id: int, unit_id: int, *, version: int) -> None:
    """Everything up to this version of the unit is read; what was read stays read."""
    conditions = (_LOOK.c.user_id == user_id, _LOOK.c.unit_id == unit_id)
    row = {"user_id": user_id, "unit_id": unit_id, "version": version}
    insert_all_unless_there(connection, _LOOK, [row], unique=("user_id", "unit_id"))
    connection.execute(
        update(_LOOK).where(*conditions, _LOOK.c.version < version).values(version=version)
    )
