"""Units of the estate in a database, and what days change of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from rota.domain import Policy, Unit
from rota.moments import LONDON
from rota.records.differences import find_differences
from rota.services.access.act import Act
from rota.services.units import record_changes
from rota.store.databases.database import Database
from tests.estate import units

DAY = timedelta(days=1)


def first_monday() -> date:
    """The Monday on which planned periods begin: that after Twelfth Night of the next year.

    It lies ahead, so that no clock of the services takes a day of the period for history, and four
    weeks from it hold no bank holiday.
    """
    after = date(date.today().year + 1, 1, 4)
    return after + (-after.weekday() % 7) * DAY


def estate(count: int, officers: int, seed: int = 0) -> Iterator[tuple[str, Unit, Policy]]:
    """So many units with about so many officers in all."""
    return units(count, officers=officers, seed=seed, first=first_monday())


def act(day: date, at: time = time(9)) -> Act:
    return Act("Mel", "a benchmark", datetime.combine(day, at, tzinfo=LONDON))


def tell(database: Database, doer: Act, name: str, before: Unit, after: Unit) -> None:
    """Record what is new in the unit, row by row as people do."""
    for difference in find_differences(before, after):
        told = (*difference.added_rows, *(row for _, row in difference.changed_rows))
        rows = [_texts(row) for row in told]
        record_changes.record(database, doer, unit=name, table=difference.table, rows=rows)


def _texts(row: object) -> Mapping[str, str]:
    """The row as it would stand in a file."""
    names: tuple[str, ...] = type(row).__slots__  # type: ignore[attr-defined]
    values = {name: getattr(row, name) for name in names}
    return {name: "" if value is None else str(value) for name, value in values.items()}
