"""What is wrong between the rows of a unit that is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rota.domain import Unit
from rota.errors import Fault
from rota.reading.rows import Rows
from rota.reading.table_faults import find_faults, sort_faults
from rota.reading.unit import list_rows
from rota.records import TABLES, Column, InputTable
from rota.records.naming import names_in_attribute


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


def find_mentions(unit: Unit, table: InputTable, name: str) -> Iterator[Mention]:
    """Where the rows of the unit's tables name that row of the table, such as a site."""
    for other in TABLES:
        for column in other.columns:
            if column.refers_to == table.name:
                rows = tuple(_find_naming_rows(unit, other, column, name))
                if rows:
                    yield Mention(other.name, column, rows)


def _find_naming_rows(unit: Unit, table: InputTable, column: Column, name: str) -> Iterator[Any]:
    return (row for row in table.rows_of(unit) if name in names_in_attribute(row, column.attribute))


def _build_tables(unit: Unit) -> Mapping[str, Rows]:
    return {table.name: list_rows(unit, table) for table in TABLES}
