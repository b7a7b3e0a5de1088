"""The bank holidays of England and Wales."""

from __future__ import annotations

from datetime import date
from functools import cache


def list_bank_holidays(first: date, last: date) -> frozenset[date]:
    """Every bank holiday of the years from the first date's to the last date's.

    Those of years to come are as the law stands today. After 2100 none are known.
    """
    return frozenset[date]().union(*map(_list_of_year, range(first.year, last.year + 1)))


@cache
def _list_of_year(year: int) -> frozenset[date]:
    import holidays  # takes longer to start than everything else in reading

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
