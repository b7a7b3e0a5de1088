"""A unit at another time: every date in its tables moved by as many weeks."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from rota.domain.unit import Unit


def shift_dates(unit: Unit, *, weeks: int) -> Unit:
    """The unit with all its dates so many weeks later, so that weekdays stay what they are."""
    by = timedelta(weeks=weeks)
    tables = {
        table.name: tuple(_shift_row(row, by) for row in getattr(unit, table.name))
        for table in fields(unit)
    }
    return replace(unit, **tables)


def _shift_row(row: Any, by: timedelta) -> Any:
    """The row, a dataclass or a named tuple, with its dates that much later, and those within."""
    if isinstance(row, tuple):
        return row._replace(date=row.date + by)  # type: ignore[attr-defined]
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    dates = {name: value + by for name, value in values.items() if isinstance(value, date)}
    rows = {name: _shift_row(v, by) for name, v in values.items() if is_dataclass(v)}
    return replace(row, **dates, **rows)
