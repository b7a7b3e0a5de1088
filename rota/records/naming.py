"""Which rows name which: names of sites, teams and officers in other tables, and new names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from rota.domain import EarlierRow, EarlierTerms, Unit
from rota.records.table import InputTable
from rota.records.unit_tables import BY_NAME, OFFICERS, RECORD_TABLES, ROTA, TABLES

Earlier = TypeVar("Earlier", EarlierTerms[Any], EarlierRow)

REFERRED_TO: Mapping[str, InputTable] = {t.name: t for t in TABLES if t.is_referred_to}
"""The tables to whose rows others refer by name: sites, teams and officers."""

NAMING_OFFICERS = frozenset(
    column.name for table in TABLES for column in table.columns if column.refers_to == OFFICERS
)
"""The columns that name officers by their staff numbers."""

REFERENCES: Mapping[str, Mapping[str, str]] = {
    **{table.unit_field: table.references for table in TABLES if table.references},
    **dict.fromkeys(("locked", "moved_by_hand", "published_before"), BY_NAME[ROTA].references),
}
"""For each field of a unit the attributes of its rows that name rows of a table, and of which."""


_EARLIER = ("earlier", "earlier_rows", "earlier_policies")
"""The fields of a unit with what held before."""


def name_of(table: str, row: Any) -> str:
    """The name of a site, a team or an officer."""
    name: str = getattr(row, REFERRED_TO[table].name_column.attribute)
    return name


def names_in_attribute(row: Any, attribute: str) -> tuple[str, ...]:
    """The names that stand in an attribute of the row: none, one or several."""
    value = getattr(row, attribute)
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def names_in_row(holder: str, row: Any) -> frozenset[tuple[str, str]]:
    """What the row of the table `holder` names: names, each with the table that it is of."""
    return frozenset(
        (table, name)
        for attribute, table in REFERENCES.get(holder, {}).items()
        for name in names_in_attribute(row, attribute)
    )


def rename_in_unit(unit: Unit, table: str, before: str, after: str) -> Unit:
    """The unit with another name for a row of the table, wherever the old one stands."""
    rows_by_field = {
        field.name: tuple(rename_in_row(field.name, row, table, before, after) for row in rows)
        for field in fields(unit)
        if field.name not in _EARLIER and (rows := getattr(unit, field.name))
    }
    earlier = tuple(rename_in_terms(terms, table, before, after) for terms in unit.earlier)
    earlier_rows = tuple(rename_in_terms(each, table, before, after) for each in unit.earlier_rows)
    return replace(unit, **rows_by_field, earlier=earlier, earlier_rows=earlier_rows)


def rename_in_terms(earlier: Earlier, table: str, before: str, after: str) -> Earlier:
    """What held before with another name for a row of `table`, where it has the old."""
    kind = type(earlier.row)
    holder = next(name for name, t in RECORD_TABLES.items() if t.row_type is kind)
    return replace(earlier, row=rename_in_row(holder, earlier.row, table, before, after))


def attributes_naming(holder: str, table: str) -> Collection[str]:
    """The attributes of `holder` in which a name of a row of `table`, or of its own, stands."""
    own = [REFERRED_TO[table].name_column.attribute] if holder == table else []
    references = REFERENCES.get(holder, {}).items()
    return [*own, *(attribute for attribute, other in references if other == table)]


def rename_in_row(holder: str, row: Any, table: str, before: str, after: str) -> Any:
    """A row of the table `holder` with another name for a row of `table`, where it has the old."""
    new_values = {
        attribute: _exchange(getattr(row, attribute), before, after)
        for attribute in attributes_naming(holder, table)
        if before in names_in_attribute(row, attribute)
    }
    if not new_values:
        return row
    if isinstance(row, tuple):
        return row._replace(**new_values)  # type: ignore[attr-defined]
    return replace(row, **new_values)


def _exchange(value: str | tuple[str, ...], before: str, after: str) -> str | tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(after if name == before else name for name in value)
    return after
