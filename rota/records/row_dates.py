"""Which dates a row of a table speaks of."""

from __future__ import annotations

from datetime import date
from typing import Any


def find_first_and_last(row: Any) -> tuple[date | None, date | None]:
    """The first date that the row speaks of, and the last; None where there is no such end."""
    for attribute in ("date", "when"):
        if isinstance(day := getattr(row, attribute, None), date):
            return day, day
    return getattr(row, "first", None), getattr(row, "last", None)
