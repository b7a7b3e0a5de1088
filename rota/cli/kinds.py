"""The kinds of values that options and arguments take."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from rota.reading.cells import DATE, Unfit
from rota.reading.sheet import tidy

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
    """A date of the command line, written in any way that the input files take."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return DATE.read(tidy(value))
        except Unfit as unfit:
            trouble = unfit.troubles[0]
            maybe = f" Maybe {trouble.maybe}?" if trouble.maybe else ""
            self.fail(f"{value!r} {trouble.says or f'is not {DATE.allows}'}.{maybe}", param, ctx)
