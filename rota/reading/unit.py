"""From rows without a fault to a unit, and from a unit back to rows."""

from __future__ import annotations

from collections.abc import Mapping

from rota.domain import HOME, Unit
from rota.reading.duplicates import drop_repeats
from rota.reading.rows import CellRow, Rows
from rota.records import BY_NAME, SITES, InputTable

KNOWN_BEFORE = 0
"""The number of a row that comes from no file."""


def build_unit(tables: Mapping[str, Rows]) -> Unit:
    """The unit that the tables tell; rows that say the same count once."""
    rows_by_field = {
        BY_NAME[name].unit_field: tuple(
            BY_NAME[name].row_of(row.values) for row in drop_repeats(rows.rows)
        )
        for name, rows in tables.items()
    }
    sites = tuple(site for site in rows_by_field[SITES] if site != HOME)
    return Unit(**{**rows_by_field, SITES: sites})


def list_rows(unit: Unit, table: InputTable) -> Rows:
    """The rows of the table that the unit has, none of them at fault."""
    rows = (CellRow(KNOWN_BEFORE, table.values_of(row)) for row in table.rows_of(unit))
    return Rows(tuple(rows), (), ())
