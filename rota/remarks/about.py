"""Remarks about some records of one table, as when somebody has just recorded them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from rota.domain import Unit
from rota.remarks import of_officers, of_sites
from rota.remarks.remark import Remark, sum_up_remarks
from rota.remarks.workdays import Span, Workdays

AHEAD = timedelta(weeks=53)
"""What has no date is looked at for so long from today."""

_Finder = Callable[[tuple[Any, ...], Unit, Workdays, Span], Iterator[Remark]]

FINDERS: Mapping[str, _Finder] = {
    "away": lambda rows, _, days, span: of_officers.absences(rows, days, span),
    "duties": lambda rows, unit, days, _: of_sites.duties(rows, unit, days),
    "appointments": lambda rows, _, days, __: of_officers.appointments(rows, days),
    "requests": of_officers.requests,
    "links": lambda rows, _, days, span: of_officers.links(rows, days, span),
    "closures": lambda rows, unit, days, _: of_sites.closures(rows, unit, days),
}
"""How remarks are found, for each table that has any."""


def remarks_about(
    table: str, rows: Iterable[Any], *, unit: Unit, today: date
) -> tuple[Remark, ...]:
    """What is to be known of the rows of the table, which are among the unit's."""
    if table not in FINDERS:
        return ()
    return tuple(
        sum_up_remarks(FINDERS[table](tuple(rows), unit, Workdays(unit), (today, today + AHEAD)))
    )
