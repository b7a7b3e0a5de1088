"""Which kind of cell a column has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rota import domain
from rota.reading import cells
from rota.reading.cells import AnyCell, a_set, one_of, several
from rota.reading.number_cells import percentage, whole_number
from rota.reading.part_cells import PART
from rota.reading.pattern_cells import WORKING_DAYS
from rota.records.column_types import AnyColumnType, ColumnType, OneOf, SetOf, Several, WholeNumber

_CELLS: Mapping[ColumnType, AnyCell] = {
    ColumnType.TEXT: cells.TEXT,
    ColumnType.ANY_TEXT: cells.ANY_TEXT,
    ColumnType.NAME: cells.NAME,
    ColumnType.STAFF_NO: cells.STAFF_NO,
    ColumnType.SITE: cells.SITE,
    ColumnType.EMAIL: cells.EMAIL,
    ColumnType.YES_OR_NO: cells.YES_OR_NO,
    ColumnType.PERCENTAGE: percentage(),
    ColumnType.DATE: cells.DATE,
    ColumnType.WORKING_DAYS: WORKING_DAYS,
    ColumnType.DATE_OR_WEEKDAYS: cells.DATE_OR_WEEKDAYS,
    ColumnType.WHEN: cells.WHEN,
}


@cache
def cell_of(column_type: AnyColumnType) -> AnyCell:
    """The kind of cell in which values of the type are written."""
    match column_type:
        case WholeNumber(least, most):
            return whole_number(least, most)
        case OneOf(domain.HALVES):
            return PART
        case OneOf(choices):
            return one_of(choices)
        case Several(each):
            return several(_CELLS[each])
        case SetOf(each):
            return a_set(_CELLS[each])
        case _:
            return _CELLS[column_type]
