"""The arguments and options that several commands take, and what their values may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from rota.reading.cells import DATE, Unfit
from rota.reading.sheet import tidy


class SecondsParam(click.FloatRange):
    """A number of seconds within a range, which must be a number."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        seconds: float = super().convert(value, param, ctx)
        if seconds != seconds:
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return seconds


class DateParam(click.ParamType[date]):
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


DATE_PARAM = DateParam()

MOST_SECONDS = 1_000_000

STAFF_NO = click.argument("staff_no", metavar="STAFF_NO")
EMAIL = click.argument("email", metavar="EMAIL")
DAY = click.argument("day", metavar="DATE", type=DATE_PARAM)
FIRST = click.argument("first", metavar="FIRST", type=DATE_PARAM)
LAST = click.argument("last", metavar="[LAST]", type=DATE_PARAM, required=False)

UNIT = click.option("--unit", required=True, metavar="NAME", help="The unit.")
SOME_UNIT = click.option("--unit", metavar="NAME", help="Only this unit.")
START = click.option("--start", type=DATE_PARAM, help="First day of the draft, if there are more.")
REVISION = click.option(
    "--revision",
    type=int,
    help="The revision you looked at; a draft that was changed since is left alone.",
)
ACKNOWLEDGE = click.option(
    "--acknowledge",
    is_flag=True,
    help="Publish although more of the first levels is broken then, which you answer for.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
MOST = click.option(
    "--most", type=click.IntRange(min=1), default=50, show_default=True, help="Rows at most."
)
