"""What names what: rows that others name, the columns that name them, and other names for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any

from rota.domain.problem import Unit

NAMES: Mapping[str, str] = {"sites": "name", "teams": "name", "officers": "staff_no"}
"""The column by which the rows of a table are named elsewhere."""

NAMING: Mapping[str, Mapping[str, str]] = {
    "teams": {"office": "sites"},
    "officers": {"team": "teams", "base": "sites", "other_sites": "sites", "mentor": "officers"},
    "away": {"staff_no": "officers"},
    "duties": {"site": "sites"},
    "appointments": {"staff_no": "officers", "site": "sites"},
    "requests": {"staff_no": "officers"},
    "links": {"staff_no": "officers", "with_staff_no": "officers"},
    "closures": {"site": "sites"},
    "published": {"staff_no": "officers", "site": "sites"},
    "locked": {"staff_no": "officers", "site": "sites"},
}
"""For each table of a unit the columns that name rows of another, and of which."""


def name_of(table: str, row: Any) -> str:
    """The name of a site, a team or an officer."""
    name: str = getattr(row, NAMES[table])
    return name


def names_in_column(row: Any, column: str) -> tuple[str, ...]:
    """The names that stand in a column of the row: none, one or several."""
    value = getattr(row, column)
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def names_in_row(holder: str, row: Any) -> frozenset[tuple[str, str]]:
    """What the row of the table `holder` names: names, each with the table that it is of."""
    columns = NAMING.get(holder, {}).items()
    return frozenset((of, name) for column, of in columns for name in names_in_column(row, column))


def renamed(unit: Unit, table: str, before: str, after: str) -> Unit:
    """The unit with another name for a row of the table, wherever the old one stands."""
    tables = {
        held.name: tuple(renamed_row(held.name, row, table, before, after) for row in rows)
        for held in fields(unit)
        if (rows := getattr(unit, held.name))
    }
    return replace(unit, **tables)


def columns_with(table: str, named: str) -> Collection[str]:
    """The columns of the table in which a name of the other, or of its own rows, stands."""
    own = [NAMES[table]] if table == named else []
    return [*own, *(column for column, of in NAMING.get(table, {}).items() if of == named)]


def renamed_row(holder: str, row: Any, table: str, before: str, after: str) -> Any:
    """A row of the table `holder` with another name for a row of `table`, where it has the old."""
    changed = {
        column: _exchanged(getattr(row, column), before, after)
        for column in columns_with(holder, table)
        if before in names_in_column(row, column)
    }
    if not changed:
        return row
    if isinstance(row, tuple):
        return row._replace(**changed)  # type: ignore[attr-defined]
    return replace(row, **changed)


def _exchanged(value: str | tuple[str, ...], before: str, after: str) -> str | tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(after if name == before else name for name in value)
    return after
