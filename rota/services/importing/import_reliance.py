"""What people rely on that an import would take away, and what hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.domain import Unit
from rota.records import RECORD_TABLES
from rota.records.differences import Difference
from rota.records.naming import REFERRED_TO, name_of, names_in_row
from rota.records.row_dates import find_first_and_last
from rota.store.units import reliance, sources

LEAST_ROWS = 3
"""So many rows of a table have to go before their share of it counts: one of three is no alarm."""

LEAST_NAMES = 2
"""The same for people, sites and teams, and for a table of which nothing would be left."""

LARGEST_SHARE = 10
"""More than so many percent of the rows of a table are a large part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A site, a team or an officer that would go, and how much of what hangs on it.

    Of the seats published for it, some are still to come. `records` are rows of other tables that
    name it: all of them for a site, and those for the others that people recorded by themselves.
    """

    table: str
    row: Any
    seats: int = 0
    seats_to_come: int = 0
    roles: int = 0
    calendars: int = 0
    asks: int = 0
    records: int = 0

    @property
    def is_relied_on(self) -> bool:
        return any((self.seats, self.roles, self.calendars, self.asks, self.records))


@dataclass(frozen=True, slots=True)
class Shrinking:
    """How many rows of a table would go; days gone by do not count."""

    table: str
    lost_rows: int
    of: int

    @property
    def is_large(self) -> bool:
        """Whether it is a large part of the table, and not just a row or two.

        Two are enough of people, sites and teams, and where nothing is left.
        """
        few_count = self.table in REFERRED_TO or self.lost_rows == self.of
        is_many = self.lost_rows >= (LEAST_NAMES if few_count else LEAST_ROWS)
        return is_many and self.lost_rows * 100 > self.of * LARGEST_SHARE


def find_going(
    connection: Connection,
    unit_id: int,
    differences: Iterable[Difference],
    before: Unit,
    today: date,
) -> tuple[Going, ...]:
    """The sites, teams and officers that would go though people rely on them."""
    removed_rows = [
        (change.table, row)
        for change in differences
        for row in change.removed_rows
        if change.table in REFERRED_TO
    ]
    if not removed_rows:
        return ()
    tables = {table for table, _ in removed_rows}
    counts = {table: _count_reliance(connection, unit_id, table, today) for table in tables}
    records = _count_records(connection, unit_id, before)
    going_rows = (
        Going(
            table=table,
            row=row,
            records=records[table, name_of(table, row)],
            **{kind: numbers[name_of(table, row)] for kind, numbers in counts[table].items()},
        )
        for table, row in removed_rows
    )
    return tuple(one for one in going_rows if one.is_relied_on)


def find_shrinking(
    differences: Iterable[Difference], before: Unit, today: date
) -> tuple[Shrinking, ...]:
    """The tables of which more than a tenth, and not just a row or two, would go."""
    shrunk = (_measure(change, before, today) for change in differences)
    return tuple(part for part in shrunk if part.is_large)


def _measure(difference: Difference, before: Unit, today: date) -> Shrinking:
    """Of a table whose rows have no names, a row that changes goes and another comes."""
    rows = [row for row in getattr(before, difference.table) if _is_current(row, today)]
    removed_rows = [row for row in difference.removed_rows if _is_current(row, today)]
    come = 0 if RECORD_TABLES[difference.table].has_key else len(difference.added_rows)
    return Shrinking(difference.table, max(len(removed_rows) - come, 0), len(rows))


def _is_current(row: Any, today: date) -> bool:
    """Whether the row is about today, later days or no days."""
    _, last = find_first_and_last(row)
    return last is None or last >= today


def _count_reliance(
    connection: Connection, unit_id: int, table: str, today: date
) -> Mapping[str, Counter[str]]:
    counts = {
        "seats": reliance.count_seats(connection, unit_id, table),
        "seats_to_come": reliance.count_seats(connection, unit_id, table, after=today),
        "roles": reliance.count_roles(connection, unit_id, table),
    }
    if table == "officers":
        counts["calendars"] = reliance.count_calendars(connection, unit_id)
        counts["asks"] = reliance.count_open_asks(connection, unit_id)
    return {kind: Counter(numbers) for kind, numbers in counts.items()}


def _count_records(connection: Connection, unit_id: int, before: Unit) -> Counter[tuple[str, str]]:
    """How many records there are of each name that count, by the table that it is of."""
    by_people = set(_list_rows_by_people(connection, unit_id, before))
    return Counter(
        (table, name)
        for holder in RECORD_TABLES
        for row in getattr(before, holder)
        for table, name in names_in_row(holder, row)
        if table == "sites" or (holder, row) in by_people
    )


def _list_rows_by_people(
    connection: Connection, unit_id: int, before: Unit
) -> Iterator[tuple[str, Any]]:
    for table in RECORD_TABLES:
        if getattr(before, table):
            by_row = sources.load_by_row(connection, unit_id, table)
            yield from ((table, row) for row, source in by_row.items() if source.is_by_people)
