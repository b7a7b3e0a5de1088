"""What two cells of one row ask of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rota.errors import Fault
from rota.reading.rows import CellRow
from rota.records import Table

RECURRENCE = ("first", "last", "every")
"""The columns that go with weekdays."""


def find_reversed_dates(rows: Iterable[CellRow], table: Table) -> Iterator[Fault]:
    """A fault for each row whose second date is before its first."""
    if table.in_order is None:
        return
    first, last = table.in_order
    for row in rows:
        if row.get(first) and row.get(last) and row[last] < row[first]:
            sentence = f"is before {first}, which is {row[first]}"
            yield Fault(table.name, sentence, row.number, last, str(row[last]))


def find_officer_twice(rows: Iterable[CellRow], table: Table) -> Iterator[Fault]:
    """A fault for each row that names one officer where it takes two."""
    if table.apart is None:
        return
    one, other = table.apart
    for row in rows:
        if row.get(one) and row.get(one) == row.get(other):
            sentence = "is the officer of this row; somebody else is needed"
            yield Fault(table.name, sentence, row.number, other, row[other])


def find_recurrence_faults(rows: Iterable[CellRow], table: Table) -> Iterator[Fault]:
    """Faults of rows of one date that say what goes with weekdays, and of weeks without a first."""
    if not table.recurs:
        return
    for row in rows:
        day, every = row.get("date"), row.get("every")
        if isinstance(day, date):
            for column in RECURRENCE:
                if row.get(column) is not None:
                    sentence = f"goes with weekdays such as Mon Wed; {day} is one date"
                    yield Fault(table.name, sentence, row.number, column, str(row[column]))
        elif every and every > 1 and row.holds("first") and row["first"] is None:
            sentence = "needs a first day, from whose week the weeks are counted"
            yield Fault(table.name, sentence, row.number, "every", str(every))
