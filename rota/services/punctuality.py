"""Whether the night began when it should have."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

from rota.moments import LONDON, date_in_london
from rota.store.nights import Night

LATE = timedelta(minutes=30)
"""A night that has not begun so long after its time was missed."""


class Standing(StrEnum):
    """How the last night stands."""

    BEGUN = "begun"
    SOON = "about to begin"
    MISSED = "missed"
    NEVER = "none yet"


def standing(last: Night | None, now: datetime, night_at: time) -> Standing:
    """How the night stands that was due last; `night_at` is its time in London."""
    due = _last_due(now, night_at)
    if last is None:
        return Standing.NEVER
    if last.date >= date_in_london(due):
        return Standing.BEGUN
    return Standing.SOON if now - due < LATE else Standing.MISSED


def _last_due(now: datetime, night_at: time) -> datetime:
    """When the last night should have begun."""
    today = datetime.combine(date_in_london(now), night_at, tzinfo=LONDON)
    return today if today <= now else today - timedelta(days=1)
