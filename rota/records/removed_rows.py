"""Rows that go when an officer or a site goes: they still tell of the days before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from rota.domain import EarlierRow, Unit
from rota.records.naming import REFERRED_TO, name_of, names_in_row
from rota.records.row_dates import find_first_and_last
from rota.records.unit_tables import RECORD_TABLES


def set_rows_aside(before: Unit, after: Unit, day: date, forgotten: Collection[str] = ()) -> Unit:
    """The unit after a change, in which rows about what has been removed tell of earlier days.

    Those that are over by the day leave its tables, and those that go along are cut short. Of who
    is to be forgotten nothing is kept.
    """
    names_removed = frozenset(
        (table, name)
        for table in REFERRED_TO
        for name in _list_names(before, table) - _list_names(after, table)
        if name not in forgotten
    )
    tables: dict[str, tuple[Any, ...]] = {}
    earlier_rows = list(before.earlier_rows)
    for table in RECORD_TABLES.values() if names_removed else ():
        if not table.has_terms:
            rows = table.rows_of(after)
            rows_aside = {
                row
                for row in (*table.rows_of(before), *rows)
                if not names_in_row(table.name, row).isdisjoint(names_removed)
                and (row not in rows or is_over(row, day))
            }
            tables[table.name] = tuple(row for row in rows if row not in rows_aside)
            in_turn = dict.fromkeys((*table.rows_of(before), *rows))
            earlier_rows += _end_before(day, (row for row in in_turn if row in rows_aside))
    return replace(after, **tables, earlier_rows=tuple(earlier_rows))


def is_over(row: Any, day: date) -> bool:
    """Whether all days that the row speaks of are before that day."""
    last = find_first_and_last(row)[1]
    return last is not None and last < day


def _list_names(unit: Unit, table: str) -> set[str]:
    return {name_of(table, row) for row in getattr(unit, table)}


def _end_before(day: date, rows: Iterator[Any]) -> Iterator[EarlierRow]:
    """The rows as far as they speak of days before that day."""
    for row in rows:
        first, last = find_first_and_last(row)
        if first is not None and first >= day:
            continue
        has_span = last is not None and last != first and last >= day
        yield EarlierRow(replace(row, last=day - timedelta(days=1)) if has_span else row, day)
