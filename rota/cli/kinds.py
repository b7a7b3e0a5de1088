"""The kinds of values that options and arguments take."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

MOST_SECONDS = 1_000_000


class Seconds(click.FloatRange):
    """A number of seconds within a range, which must be a number."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        seconds: float = super().convert(value, param, ctx)
        if seconds != seconds:
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return seconds


class IsoDate(click.ParamType[date]):
    """A date of the command line, such as 2027-01-04."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date like 2027-01-04.", param, ctx)
