"""A unit at another time: every date in its tables moved by as many weeks."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from rota.domain.people import Away, Link, Officer, Request, Team
from rota.domain.policy import Policy
from rota.domain.sites import Appointment, Closure, Duty, Site
from rota.domain.unit import Unit

_ROWS_WITHIN = (
    *(Officer, Site, Team, Policy),
    *(Away, Appointment, Closure, Duty, Link, Request),
)
"""What stands within earlier terms, rows and policies."""


def shift_dates(unit: Unit, *, weeks: int) -> Unit:
    """The unit with all its dates so many weeks later, so that weekdays stay what they are."""
    by = timedelta(weeks=weeks)
    tables = {
        table.name: tuple(_shift_row(row, by) for row in getattr(unit, table.name))
        for table in fields(unit)
    }
    return replace(unit, **tables)


def _shift_row(row: Any, by: timedelta) -> Any:
    """The row of a table, a dataclass or a named tuple, with its dates that much later."""
    if isinstance(row, tuple):
        return row._replace(date=row.date + by)  # type: ignore[attr-defined]
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    dates = {name: value + by for name, value in values.items() if isinstance(value, date)}
    rows = {name: _shift_row(v, by) for name, v in values.items() if isinstance(v, _ROWS_WITHIN)}
    return replace(row, **dates, **rows)
