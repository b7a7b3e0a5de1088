"""Who may read what is kept of a unit, by what each column, setting and name of the audit declares.

Whatever declares nothing is for managers of the whole unit alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from rota.domain import Readers, settings
from rota.reading import TABLES, Table
from rota.reading.unit import columns_by_attribute
from rota.services.audit_names import IN_UNITS, OUTSIDE_UNITS
from rota.services.rights import Rights

FOR_MANAGERS = "only for managers"
FOR_OPERATORS = "only for operators"

Declared = Mapping[str, Readers]
"""Who reads each of several values, by name."""

_POLICY = "policy"
_AS_ANYBODY = frozenset({Readers.EVERYBODY})
_AS_HEAD = _AS_ANYBODY | {Readers.OVERSEERS}
_AS_MANAGER = _AS_HEAD | {Readers.MANAGERS}
_AS_MANAGER_OF_ALL = _AS_MANAGER | {Readers.MANAGERS_OF_ALL}
"""Of what is about a unit or its officers, each reads what the one before does, and more."""


def readers_of_columns(table: Table) -> Declared:
    """Who reads each column of the table."""
    return {column.name: column.readers for column in table.columns}


def readers_of_attributes(table: Table) -> Declared:
    """The same, under the names of the domain."""
    columns = columns_by_attribute(table)
    return {attribute: column.readers for attribute, column in columns.items()}


COLUMNS: Mapping[str, Declared] = {table.name: readers_of_columns(table) for table in TABLES}
ATTRIBUTES: Mapping[str, Declared] = {table.name: readers_of_attributes(table) for table in TABLES}
ROWS: Mapping[str, Declared] = {name: {**COLUMNS[name], **ATTRIBUTES[name]} for name in COLUMNS}
"""Both together; under either of them the audit keeps what stood in a row."""

SETTINGS: Declared = {name: setting.metadata["readers"] for name, setting in settings().items()}


def readers_in(rights: Rights, unit: str, teams: Iterable[str | None] = ()) -> Set[Readers]:
    """As whom somebody reads what is about officers of these teams, or the unit if there are none.

    An officer whom nobody knows is in no team.
    """
    if rights.manages_whole(unit):
        return _AS_MANAGER_OF_ALL
    about = tuple(teams)
    if any(team and rights.manages(unit, team) for team in about):
        return _AS_MANAGER
    if not about and rights.manages(unit):
        return _AS_MANAGER
    if rights.oversees(unit):
        return _AS_HEAD
    return _AS_ANYBODY if rights.sees(unit) else frozenset()


def readable(
    values: Mapping[str, Any], declared: Declared, readers: Set[Readers]
) -> dict[str, Any]:
    """Those of the values, by name, that are for the readers."""
    return {name: value for name, value in values.items() if is_readable(name, declared, readers)}


def is_readable(name: str, declared: Declared, readers: Set[Readers]) -> bool:
    """Whether the value of that name is for one of the readers."""
    return Readers.MANAGERS_OF_ALL in readers or declared.get(name) in readers


def discreet_in_unit(kept: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What was there before or after a deed in a unit, as far as it is for heads."""
    return kept and {name: _for_heads(name, value) for name, value in kept.items()}


def discreet_outside_units(kept: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What was there before or after a deed in no unit, as far as it is for administrators."""
    readers = {Readers.ADMINISTRATORS}
    return kept and {
        name: value if is_readable(name, OUTSIDE_UNITS, readers) else FOR_OPERATORS
        for name, value in kept.items()
    }


def _for_heads(name: str, value: Any) -> Any:
    """The value without what is not for them; where nothing is, that is said."""
    if name in ROWS and _are_rows(value):
        declared = ROWS[name]
        if not _AS_HEAD.isdisjoint(declared.values()):
            return [readable(row, declared, _AS_HEAD) for row in value]
    elif name == _POLICY and isinstance(value, dict):
        return readable(value, SETTINGS, _AS_HEAD)
    elif is_readable(name, IN_UNITS, _AS_HEAD):
        return value
    return _hidden(value)


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _hidden(value: Any) -> str:
    if not isinstance(value, list):
        return FOR_MANAGERS
    return f"{len(value)} {'row' if len(value) == 1 else 'rows'}, {FOR_MANAGERS}"
