"""Where the rows of a unit's tables come from: an import, a person or a program, and which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from rota.store.units.rows import STORAGE, object_of

IMPORT, PERSON, PROGRAM = "import", "person", "program"


@dataclass(frozen=True, slots=True)
class RowSource:
    """Where a row comes from, who recorded it and when, as far as that is known."""

    kind: str
    by: str | None = None
    at: datetime | None = None

    @property
    def is_by_people(self) -> bool:
        """Whether somebody recorded the row by itself, by hand or by a program."""
        return self.kind != IMPORT

    @property
    def columns(self) -> dict[str, Any]:
        return {"source": self.kind, "recorded_by": self.by, "recorded_at": self.at}


UNKNOWN_IMPORT = RowSource(IMPORT)
"""The source of rows that were there before sources were kept."""


def load_by_row(connection: Connection, unit_id: int, table: str) -> Mapping[Any, RowSource]:
    """The source of every row of the table; of rows that say the same, the newest's."""
    storage = STORAGE[table]
    columns = storage.table.c
    names = (*storage.names, *UNKNOWN_IMPORT.columns)
    query = select(*(columns[name] for name in names)).where(columns.unit_id == unit_id)
    rows = connection.execute(query.order_by(columns.id)).mappings()
    return {
        object_of(storage.kind, {name: row[name] for name in storage.names}): RowSource(
            row["source"], row["recorded_by"], row["recorded_at"]
        )
        for row in rows
    }
