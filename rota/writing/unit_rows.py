"""The rows of a unit's tables as the texts of their cells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rota.domain import WEEKDAYS
from rota.records import BY_NAME, OFFICERS
from rota.records.column_types import AnyColumnType, ColumnType
from rota.records.naming import NAMING_OFFICERS

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def row_texts(table: str, row: object) -> Mapping[str, str]:
    """The text of each column of the row, blank where it says nothing."""
    columns = BY_NAME[table].columns
    values = BY_NAME[table].values_of(row)
    return {column.name: cell_text(values[column.name], column.type) for column in columns}


def row_in_words(table: str, row: object, names: Mapping[str, str] = _NO_NAMES) -> str:
    """The columns of the row that are not blank, with their values.

    Officers are called by `names`, which are by staff number; those without a name by that.
    """
    texts = row_texts(table, row).items()
    columns = (column for column in NAMING_OFFICERS if (table, column) != (OFFICERS, "staff_no"))
    names_by_column = dict.fromkeys(columns, names)
    return ", ".join(
        f"{n} {names_by_column.get(n, {}).get(text, text)}" for n, text in texts if text
    )


def cell_text(value: Any, column_type: AnyColumnType) -> str:
    """The value as a cell of a column of that type is read."""
    if column_type is ColumnType.DATE_OR_WEEKDAYS and isinstance(value, frozenset):
        return " ".join(WEEKDAYS[day] for day in sorted(value))
    if column_type is ColumnType.WHEN and isinstance(value, int):
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
