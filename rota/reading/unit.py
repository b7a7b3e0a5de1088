"""From rows without a fault to the objects of the domain, and back to the values of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rota.domain import (
    HOME,
    Appointment,
    Away,
    Closure,
    Duty,
    Link,
    Officer,
    PublishedSeat,
    Request,
    Site,
    Team,
    Unit,
)
from rota.reading.duplicates import drop_repeats
from rota.reading.rows import CellRow, Rows
from rota.reading.tables import OFFICERS, SITES, TEAMS, Column, Table

_TOLD: Mapping[str, type[Any]] = {
    SITES: Site,
    TEAMS: Team,
    OFFICERS: Officer,
    "away": Away,
    "duties": Duty,
    "appointments": Appointment,
    "requests": Request,
    "links": Link,
    "closures": Closure,
    "rota": PublishedSeat,
}

_CALLED = {
    SITES: {"site": "name"},
    TEAMS: {"team": "name"},
    OFFICERS: {"base_site": "base", "home": "has_home_office"},
}
"""Columns whose values the objects of the domain have under another name."""

_HELD = {"rota": "published"}
"""Tables whose objects a unit holds under another name."""


def unit_of(tables: Mapping[str, Rows]) -> Unit:
    """The unit that the tables tell; rows that say the same count once."""
    told = {
        _HELD.get(name, name): tuple(object_of(name, row) for row in drop_repeats(rows.rows))
        for name, rows in tables.items()
    }
    return Unit(**{**told, SITES: tuple(site for site in told[SITES] if site != HOME)})


def object_of(table: str, row: CellRow) -> Any:
    """The object that the row tells."""
    called = _CALLED.get(table, {})
    return _TOLD[table](**{called.get(name, name): value for name, value in row.values.items()})


def objects_of(unit: Unit, table: Table) -> tuple[Any, ...]:
    """The objects that the rows of the table tell, in their order."""
    objects: tuple[Any, ...] = getattr(unit, _HELD.get(table.name, table.name))
    return objects


def values_of(told: object, table: Table) -> Mapping[str, Any]:
    """The values by column of the row of the table that tells the object."""
    called = _CALLED.get(table.name, {})
    names = [column.name for column in table.columns]
    return {name: getattr(told, called.get(name, name)) for name in names}


def columns_by_attribute(table: Table) -> Mapping[str, Column]:
    """The columns of the table under the names that they have in the objects of the domain."""
    called = _CALLED.get(table.name, {})
    return {called.get(column.name, column.name): column for column in table.columns}
