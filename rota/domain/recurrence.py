"""On which dates duties and appointments are that a table has on weekdays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from rota.domain.calendar import Days, Period, Week
from rota.domain.sites import Appointment, Duty


def falls_on(row: Duty[Days] | Appointment[Days], day: date) -> bool:
    """Whether the row is on the day: its date, or one of its weekdays in a week whose turn it is.

    Weekdays are meant from `first` to `last`, every so many weeks from the week of `first`.
    """
    if isinstance(row.date, date):
        return row.date == day
    if day.weekday() not in row.date or (row.last is not None and day > row.last):
        return False
    if row.first is None:
        return True
    weeks = (Week.of(day).monday - Week.of(row.first).monday).days // 7
    return day >= row.first and weeks % (row.every or 1) == 0


def put_on_dates(
    rows: Iterable[Any], period: Period, planning_days: Iterable[date]
) -> tuple[Any, ...]:
    """The rows as one for each date: dates in the period, and for weekdays its planning days.

    What several rows say alike counts once.
    """
    days = tuple(planning_days)

    def on_dates() -> Iterator[Any]:
        for row in rows:
            if isinstance(row.date, date):
                yield from (row,) if row.date in period else ()
            else:
                yield from (put_on(row, day) for day in days if falls_on(row, day))

    return tuple(dict.fromkeys(on_dates()))


def put_on(row: Any, day: date) -> Any:
    """The row of weekdays as one of a single date."""
    return replace(row, date=day, first=None, last=None, every=None)
