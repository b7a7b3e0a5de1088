"""What is wrong between the rows of a unit that is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rota.domain import Unit
from rota.errors import Fault
from rota.reading.rows import CellRow, Rows
from rota.reading.table_faults import find_faults, sort_faults
from rota.reading.tables import TABLES, Column, Table
from rota.reading.unit import objects_of, values_of

_KNOWN = 0
"""The number of a row that was known before."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Rows of a table that name a row of another in one of their columns."""

    table: str
    column: Column
    rows: tuple[Any, ...]


def find_new_faults(before: Unit, after: Unit) -> list[Fault]:
    """The faults that the unit has after a change and had not before, without row numbers."""
    known_faults = {*find_faults(_build_tables(before))}
    new = (
        fault
        for fault in sort_faults(find_faults(_build_tables(after)))
        if fault not in known_faults
    )
    return [*dict.fromkeys(replace(fault, row=None) for fault in new)]


def find_mentions(unit: Unit, table: Table, name: str) -> Iterator[Mention]:
    """Where the rows of the unit's tables name that row of the table, such as a site."""
    for other in TABLES:
        for column in other.columns:
            if column.known == table.name:
                rows = tuple(_find_naming_rows(unit, other, column, name))
                if rows:
                    yield Mention(other.name, column, rows)


def _find_naming_rows(unit: Unit, table: Table, column: Column, name: str) -> Iterator[Any]:
    for row in objects_of(unit, table):
        value = values_of(row, table)[column.name]
        if value == name or (isinstance(value, tuple) and name in value):
            yield row


def _build_tables(unit: Unit) -> Mapping[str, Rows]:
    return {table.name: Rows(tuple(_build_rows(unit, table)), (), ()) for table in TABLES}


def _build_rows(unit: Unit, table: Table) -> Iterator[CellRow]:
    return (CellRow(_KNOWN, values_of(row, table)) for row in objects_of(unit, table))
