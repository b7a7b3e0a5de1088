"""The bank holidays of England and Wales."""

from __future__ import annotations

from datetime import date


def bank_holidays(first: date, last: date) -> frozenset[date]:
    """Every bank holiday of the years from the first date's to the last date's.

    Those of years to come are as the law stands today. After 2100 none are known.
    """
    import holidays  # takes longer to start than everything else in reading

    years = range(first.year, last.year + 1)
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))
