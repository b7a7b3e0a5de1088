"""How two states of a unit differ, table by table."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from rota.domain import Unit
from rota.records.unit_tables import RECORD_TABLES


@dataclass(frozen=True, slots=True)
class Difference:
    """What of a table is added, changed (before and after) and removed."""

    table: str
    added_rows: tuple[Any, ...] = ()
    changed_rows: tuple[tuple[Any, Any], ...] = ()
    removed_rows: tuple[Any, ...] = ()


def find_differences(before: Unit, after: Unit) -> Iterator[Difference]:
    """The tables that differ; the order of rows is no difference."""
    for name, table in RECORD_TABLES.items():
        difference = _compare(name, table.rows_of(before), table.rows_of(after))
        if difference.added_rows or difference.changed_rows or difference.removed_rows:
            yield difference


def key_of(table: str, row: Any) -> Hashable:
    """What makes it the same row in two states of a unit."""
    return RECORD_TABLES[table].key_of_row(row)


def _compare(table: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Difference:
    old_rows = dict(number_rows(table, before))
    new_rows = dict(number_rows(table, after))
    return Difference(
        table,
        added_rows=tuple(row for key, row in new_rows.items() if key not in old_rows),
        changed_rows=tuple(
            (old_rows[key], row)
            for key, row in new_rows.items()
            if key in old_rows and old_rows[key] != row
        ),
        removed_rows=tuple(row for key, row in old_rows.items() if key not in new_rows),
    )


def number_rows(table: str, rows: tuple[Any, ...]) -> Iterator[tuple[tuple[Hashable, int], Any]]:
    """Each row by what makes it the same row, and by a number where that is so of several rows."""
    times: dict[Hashable, int] = {}
    for row in rows:
        key = key_of(table, row)
        times[key] = times.get(key, 0) + 1
        yield (key, times[key]), row
