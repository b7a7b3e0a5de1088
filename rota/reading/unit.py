"""From rows without a fault to a unit, and from a unit back to rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from rota.domain import HOME, WHOLE_DAY, PastSeat, PublishedSeat, Unit, join_halves
from rota.reading.duplicates import drop_repeats
from rota.reading.rows import CellRow, Rows
from rota.records import BY_NAME, SITES, InputTable
from rota.records.naming import REFERRED_TO
from rota.records.terms import arrange_terms

_AnySeat = TypeVar("_AnySeat", PublishedSeat, PastSeat)

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
    for field in ("published", "history"):
        rows_by_field[field] = tuple(_join_halves(rows_by_field.get(field, ())))
    rows_by_field[SITES] = tuple(site for site in rows_by_field[SITES] if site.name != HOME.name)
    terms = {table: rows_by_field.pop(table) for table in REFERRED_TO}
    return arrange_terms(Unit(sites=(), teams=(), officers=(), **rows_by_field), terms)


def _join_halves(seats: Iterable[_AnySeat]) -> Iterator[_AnySeat]:
    """The seats, of which two halves of a day that are alike make up a whole one."""
    parts: dict[_AnySeat, list[str]] = {}
    for seat in seats:
        parts.setdefault(seat._replace(part=WHOLE_DAY), []).append(seat.part)
    for whole_day, parts_taken in parts.items():
        if join_halves(parts_taken) == WHOLE_DAY:
            yield whole_day
        else:
            yield from (whole_day._replace(part=part) for part in parts_taken)


def list_rows(unit: Unit, table: InputTable) -> Rows:
    """The rows of the table that the unit has, none of them at fault."""
    rows = (CellRow(KNOWN_BEFORE, table.values_of(row)) for row in table.rows_of(unit))
    return Rows(tuple(rows), (), ())
