"""Nights, each begun once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from rota.store.inserting import insert_unless_there
from rota.store.rows import table_of
from rota.tables import NightTable

_NIGHT = table_of(NightTable)


@dataclass(frozen=True, slots=True)
class Night:
    """A night that was begun, and how many runs it asked for."""

    date: date
    begun_at: datetime
    begun_by: str
    runs: int


def begin(connection: Connection, day: date, *, at: datetime, by: str) -> bool:
    """Begin the night of that date, unless it was begun before."""
    row = {"date": day, "begun_at": at, "begun_by": by, "runs": 0}
    return insert_unless_there(connection, _NIGHT, row, unique="date") is not None


def count_runs(connection: Connection, day: date, runs: int) -> None:
    """Keep how many runs the night asked for."""
    connection.execute(update(_NIGHT).where(_NIGHT.c.date == day).values(runs=runs))


def last(connection: Connection) -> Night | None:
    """The last night that was begun."""
    asked = select(_NIGHT).order_by(_NIGHT.c.date.desc()).limit(1)
    row = connection.execute(asked).one_or_none()
    return Night(*row) if row else None
