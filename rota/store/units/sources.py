"""How the rows of a unit's tables came to be: by an import, a person or a program, and whose."""

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
    """What a row came by, who did it and when, as far as that is known."""

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


def by_row(connection: Connection, unit_id: int, table: str) -> Mapping[Any, RowSource]:
    """The source of every row of the table; of rows that say the same, the newest's."""
    kept = STORAGE[table]
    names = (*kept.names, *UNKNOWN_IMPORT.columns)
    asked = select(*(kept.table.c[name] for name in names)).where(kept.table.c.unit_id == unit_id)
    rows = connection.execute(asked.order_by(kept.table.c.id)).mappings()
    return {
        object_of(kept.kind, {name: row[name] for name in kept.names}): RowSource(
            row["source"], row["recorded_by"], row["recorded_at"]
        )
        for row in rows
    }


def by_number(connection: Connection, unit_id: int, table: str) -> Mapping[int, RowSource]:
    """The source of every row of the table by its number."""
    columns = STORAGE[table].table.c
    asked = select(columns.id, *(columns[name] for name in UNKNOWN_IMPORT.columns))
    rows = connection.execute(asked.where(columns.unit_id == unit_id))
    return {number: RowSource(*source) for number, *source in rows}
