"""One new row of a table, as somebody gives it to a unit that is known already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rota.domain import Unit
from rota.errors import BadInput
from rota.reading.rows import CellRow, Rows, read_rows
from rota.reading.sheet import Sheet, tidy
from rota.reading.table_faults import find_faults, sort_faults
from rota.reading.tables import TABLES, Table
from rota.reading.unit import object_of, objects_of, values_of

_TABLES = {table.name: table for table in TABLES}

_KNOWN, _NEW = 0, -1
"""Row numbers; the new row is the first, so that a circle of mentors is told of it."""


def read_one(table: str, texts: Mapping[str, str], *, unit: Unit) -> object:
    """The object of the domain that the row tells, its texts by column; one left out is blank.

    Raises BadInput with every fault that the row would have as one more row of the unit's input
    folder, without a row number, KeyError for an unknown table, ValueError for an unknown column.
    """
    its = _TABLES[table]
    new = read_rows(_sheet(its, texts), its)
    known = {name: Rows(tuple(_known(unit, _TABLES[name])), (), ()) for name in _needed(its)}
    tables = {**known, table: Rows((*known[table].rows, *new.rows), new.faults, ())}
    faults = [fault for fault in sort_faults(find_faults(tables)) if fault.row == _NEW]
    if faults:
        raise BadInput(replace(fault, row=None) for fault in faults)
    told: object = object_of(table, *new.rows)
    return told


def _sheet(table: Table, texts: Mapping[str, str]) -> Sheet:
    """The row under a header with every column of the table."""
    header = tuple(column.name for column in table.columns)
    if unknown := sorted(texts.keys() - set(header)):
        raise ValueError(f"{table.name} has no column {', '.join(unknown)}")
    return Sheet(header, ((_NEW, tuple(tidy(texts.get(name, "")) for name in header)),))


def _needed(table: Table) -> set[str]:
    """The table itself, and those whose keys the cells of others name."""
    return {table.name, *(other.name for other in TABLES if other.noun)}


def _known(unit: Unit, table: Table) -> Iterator[CellRow]:
    return (CellRow(_KNOWN, values_of(told, table)) for told in objects_of(unit, table))
