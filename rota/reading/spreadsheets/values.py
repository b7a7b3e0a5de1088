"""The value of a cell as a CSV file would hold it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from rota.reading.cells import Number

Value = str | bool | float | date | datetime | time | timedelta

_SERIALS = range(1, 2_958_466)
"""Days that a workbook can count, up to the year 9999."""

_BEFORE_THE_FIRST = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
"""The day that is 0, by whether days count from 1904; 1899 is right from March 1900 on."""


def format_value(value: Value, *, counts_from_1904: bool = False) -> str:
    """The text; that of a number has the date which it may stand for."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _convert_number(value, _BEFORE_THE_FIRST[counts_from_1904])
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value) if isinstance(value, timedelta) else value.isoformat()


def _convert_number(value: float, before_the_first: date) -> Number:
    if not float(value).is_integer():
        return Number(str(value), None)
    is_serial = value in _SERIALS
    day = before_the_first + timedelta(int(value)) if is_serial else None
    return Number(str(int(value)), day)
