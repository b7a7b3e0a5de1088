"""Rows that may give one date in place of the first and the last of a span."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rota.errors import Fault
from rota.records import Table

_BLANK = "this cell must not be blank"


def settle_dates(
    values: Mapping[str, Any], table: Table, number: int
) -> tuple[dict[str, Any], list[Fault]]:
    """The values of a row with its first and last date, the one date standing for both.

    Where it has both kinds of dates, or too few, that is a fault; the dates are left out then, and
    so are those of a row with a date at fault.
    """
    if table.one_day is None or table.in_order is None:
        return dict(values), []
    day, (first, last) = table.one_day.name, table.in_order
    settled = {name: value for name, value in values.items() if name not in (day, first, last)}
    if not {day, first, last} <= values.keys():
        return settled, []
    filled = [name for name in (first, last) if values[name]]
    if values[day] and filled:
        beside = f"stands beside {' and '.join(filled)}; give it alone, or {first} and {last}"
        return settled, [Fault(table.name, beside, number, day, str(values[day]))]
    if not values[day] and not filled:
        unless = f"{_BLANK}, unless {first} and {last} are given"
        return settled, [Fault(table.name, unless, number, day)]
    if len(filled) == 1:
        absent = last if filled == [first] else first
        return settled, [Fault(table.name, f"{_BLANK} where {filled[0]} is given", number, absent)]
    settled[first], settled[last] = (values[day] or values[name] for name in (first, last))
    return settled, []
