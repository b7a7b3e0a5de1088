"""The rows of a unit's tables as the texts of their cells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rota.domain import WEEKDAYS
from rota.reading import TABLES
from rota.reading.cells import WHEN, WORKING_DAYS, AnyCell
from rota.reading.tables import OFFICERS
from rota.reading.unit import values_of

_TABLES = {table.name: table for table in TABLES}

NAMING_OFFICERS = frozenset(
    column.name for table in TABLES for column in table.columns if column.known == OFFICERS
)
"""The columns that name officers."""

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def row_texts(table: str, told: object) -> Mapping[str, str]:
    """The row that tells the object: the text of each column, blank where it says nothing."""
    its = _TABLES[table]
    row = values_of(told, its)
    return {column.name: cell_text(row[column.name], column.cell) for column in its.columns}


def row_in_words(table: str, told: object, names: Mapping[str, str] = _NO_NAMES) -> str:
    """The row that tells the object: its columns that are not blank, with their values.

    Officers are called by `names`, which are by staff number; those without a name by that.
    """
    texts = row_texts(table, told).items()
    named = (column for column in NAMING_OFFICERS if (table, column) != (OFFICERS, "staff_no"))
    known = dict.fromkeys(named, names)
    return ", ".join(f"{n} {known.get(n, {}).get(text, text)}" for n, text in texts if text)


def cell_text(value: Any, cell: AnyCell) -> str:
    """The value as a cell of that kind is read."""
    if cell is WORKING_DAYS:
        return " ".join(WEEKDAYS[day] for day in sorted(value))
    if cell is WHEN and isinstance(value, int):
        return WEEKDAYS[value]
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ";".join(value)
        case frozenset():
            return ";".join(sorted(value))
        case _:
            return str(value)
