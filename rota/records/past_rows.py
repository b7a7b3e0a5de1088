"""Rows on days that are over, which files stop telling once they begin later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from rota.domain import HOME, Unit
from rota.records.naming import REFERRED_TO, name_of, names_in_row
from rota.records.row_dates import find_first_and_last
from rota.records.table import InputTable
from rota.records.unit_tables import RECORD_TABLES, SITES


def keep_past_rows(last: Unit, in_files: Unit, day: date) -> Unit:
    """The unit of files with the rows of the last ones that are over by the day.

    Of each table those stay that end before the first date in the files; of what reaches further,
    the files have the say, so that they can correct it. What speaks of somebody whom the files do
    not have any more goes along with them.
    """
    tables = {
        name: (*getattr(in_files, name), *_list_past_rows(table, last, in_files, day))
        for name, table in RECORD_TABLES.items()
        if not table.has_terms
    }
    return replace(in_files, **tables)


def _list_past_rows(table: InputTable, last: Unit, in_files: Unit, day: date) -> Iterator[Any]:
    rows = table.rows_of(in_files)
    firsts = (find_first_and_last(row)[0] for row in rows)
    begins = min([day, *(first for first in firsts if first is not None)])
    for row in table.rows_of(last):
        ends = find_first_and_last(row)[1]
        is_known = names_in_row(table.name, row) <= _list_names(in_files)
        if ends is not None and ends < begins and row not in rows and is_known:
            yield row


def _list_names(unit: Unit) -> frozenset[tuple[str, str]]:
    """What rows may name, each name with the table that it is of."""
    names = [(table, name_of(table, row)) for table in REFERRED_TO for row in getattr(unit, table)]
    return frozenset((*names, (SITES, HOME.name)))
