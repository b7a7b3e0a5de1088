"""How long things take, in words."""

from __future__ import annotations

from datetime import timedelta

from web.page_parts.words import counted


def describe_duration(length: timedelta) -> str:
    """Such as 45 seconds, 3 minutes or 1 hour 5 minutes; rounded to what matters."""
    seconds = round(length.total_seconds())
    if seconds < 60:
        return counted(seconds, "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [counted(hours, "hour")] if hours else []
    return " ".join([*parts, counted(minutes, "minute")] if minutes or not hours else parts)
