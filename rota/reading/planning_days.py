"""The days of a range on which people are planned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from rota.domain import FRIDAY
from rota.errors import RotaError
from rota.reading.bank_holidays import list_bank_holidays

LONGEST = timedelta(days=731)
"""A range of dates may be so long; anything longer is a slip of the pen."""


def list_planning_days(
    first: date, last: date | None, days_off: Collection[date] = ()
) -> tuple[date, ...]:
    """The Mondays to Fridays of a range, both ends included, without bank holidays and days off.

    Where it has none, all of its days: what is recorded for them has no effect, and is remarked on.
    """
    last = last or first
    if last < first:
        raise RotaError(f"{last} is before {first}; the last day comes second.")
    if last - first > LONGEST:
        raise RotaError(f"From {first} to {last} is longer than {LONGEST.days} days.")
    off = list_bank_holidays(first, last).union(days_off)
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() <= FRIDAY and day not in off) or days
