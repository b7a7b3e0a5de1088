"""The records of a unit: the list of its tables, how two states of them differ and merge."""

from rota.records.table import Column, InputTable, Table
from rota.records.unit_tables import (
    BY_NAME,
    CLOSURES,
    HISTORY,
    OFFICERS,
    RECORD_TABLES,
    SITES,
    TABLES,
    TEAMS,
)

__all__ = [
    "BY_NAME",
    "CLOSURES",
    "HISTORY",
    "OFFICERS",
    "RECORD_TABLES",
    "SITES",
    "TABLES",
    "TEAMS",
    "Column",
    "InputTable",
    "Table",
]
