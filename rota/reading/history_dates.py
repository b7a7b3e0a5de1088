"""Rows of history that are of no earlier rota."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rota.domain import Period
from rota.errors import Fault
from rota.reading.rows import Rows
from rota.records import HISTORY


def find_late_history(tables: Mapping[str, Rows], period: Period) -> Iterator[Fault]:
    """A fault for each row of history that is not before the period."""
    for row in tables[HISTORY].rows if HISTORY in tables else ():
        day = row.get("date")
        if day is not None and day >= period.first:
            sentence = f"is not before the period, which begins on {period.first}"
            yield Fault(HISTORY, sentence, row.number, "date", str(day))
