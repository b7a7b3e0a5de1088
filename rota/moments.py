"""The present instant, and London's clock, by which people live."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
"""Dates and times of day that people see are London's."""


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def find_date_in_london(instant: datetime) -> date:
    """The date that people have then."""
    return instant.astimezone(LONDON).date()


def find_start_of_day(day: date) -> datetime:
    """The instant at which people's day begins."""
    return datetime.combine(day, time(), tzinfo=LONDON)


def find_instant(day: date, time_of_day: time) -> datetime:
    """The instant of people's day at that time, in UTC."""
    return datetime.combine(day, time_of_day, tzinfo=LONDON).astimezone(UTC)
