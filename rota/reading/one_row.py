"""One new row of a table, as somebody gives it to a unit that is known already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rota.domain import Unit
from rota.errors import BadInput
from rota.reading.rows import Rows, read_rows
from rota.reading.sheet import Sheet, tidy
from rota.reading.table_faults import find_faults, sort_faults
from rota.reading.unit import list_rows
from rota.records import BY_NAME, Table
from rota.records.naming import REFERRED_TO

_NEW = -1
"""The number of the new row, which is before all others: so it is told of a circle of mentors."""


def read_one(table: str, texts: Mapping[str, str], *, unit: Unit) -> object:
    """The row as an object of the domain, from its texts by column; one left out is blank.

    Raises BadInput with every fault that the row would have as one more row of the unit's input
    folder, without a row number, KeyError for an unknown table, ValueError for an unknown column.
    """
    kind = BY_NAME[table]
    new = read_rows(_build_sheet(kind, texts), kind)
    tables = {name: list_rows(unit, BY_NAME[name]) for name in {table, *REFERRED_TO}}
    tables[table] = Rows((*tables[table].rows, *new.rows), new.faults, ())
    faults = [fault for fault in sort_faults(find_faults(tables)) if fault.row == _NEW]
    if faults:
        raise BadInput(replace(fault, row=None) for fault in faults)
    (row,) = (kind.row_of(row.values) for row in new.rows)
    return row


def _build_sheet(table: Table, texts: Mapping[str, str]) -> Sheet:
    """The row under a header with every column of the table."""
    header = tuple(column.name for column in table.given_columns)
    if unknown := sorted(texts.keys() - set(header)):
        raise ValueError(f"{table.name} has no column {', '.join(unknown)}")
    return Sheet(header, ((_NEW, tuple(tidy(texts.get(name, "")) for name in header)),))
