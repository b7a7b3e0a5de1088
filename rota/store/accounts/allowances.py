"""How many calls the processes of Rota have set aside, under digests of whose calls they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, case, delete
from sqlalchemy.dialects import postgresql, sqlite

from rota.store.units.rows import table_of
from rota.tables import AllowanceTable

_ALLOWANCE = table_of(AllowanceTable)


def take(connection: Connection, about: str, *, since: datetime, number: int) -> int:
    """Set so many calls aside. How many are set aside since that instant, with these."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = insert(_ALLOWANCE).values(about=about, since=since, taken=number)
    is_current = _ALLOWANCE.c.since >= row.excluded.since
    upsert = row.on_conflict_do_update(
        index_elements=["about"],
        set_={
            "taken": case((is_current, _ALLOWANCE.c.taken + number), else_=number),
            "since": case((is_current, _ALLOWANCE.c.since), else_=row.excluded.since),
        },
    )
    number_taken: int = connection.execute(upsert.returning(_ALLOWANCE.c.taken)).scalar_one()
    return number_taken


def forget_old(connection: Connection, *, before: datetime) -> None:
    """Forget what was set aside before that instant."""
    connection.execute(delete(_ALLOWANCE).where(_ALLOWANCE.c.since < before))
