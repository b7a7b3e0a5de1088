"""Who may read which column of a table, setting of a policy and detail of the audit.

What declares no readers is only for managers of the whole unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from rota.domain import Readers, list_settings
from rota.records import TABLES, InputTable
from rota.services.access.rights import Rights

Declared = Mapping[str, Readers]
"""Who reads each of several values, by name."""

_AS_ANYBODY = frozenset({Readers.EVERYBODY})

AS_HEAD = _AS_ANYBODY | {Readers.OVERSEERS}

_AS_MANAGER = AS_HEAD | {Readers.MANAGERS}

_AS_MANAGER_OF_ALL = _AS_MANAGER | {Readers.MANAGERS_OF_ALL}
"""Each of these reads all that the one before does, and more."""


def read_column_readers(table: InputTable) -> Declared:
    """Who reads each column of the table."""
    return {column.name: column.readers for column in table.columns}


def read_attribute_readers(table: InputTable) -> Declared:
    """The same, under the names of the domain."""
    return {attribute: column.readers for attribute, column in table.attributes.items()}


COLUMNS: Mapping[str, Declared] = {table.name: read_column_readers(table) for table in TABLES}

ATTRIBUTES: Mapping[str, Declared] = {table.name: read_attribute_readers(table) for table in TABLES}

ROWS: Mapping[str, Declared] = {
    table.name: {
        **{column.name: column.readers for column in table.given_columns},
        **ATTRIBUTES[table.name],
    }
    for table in TABLES
}
"""Those that files may have, and attributes; the audit keeps values of a row under either name."""

SETTINGS: Declared = {
    name: setting.metadata["readers"] for name, setting in list_settings().items()
}


def find_readers(rights: Rights, unit: str, teams: Iterable[str | None] = ()) -> Set[Readers]:
    """As which readers somebody sees what is about officers of these teams; without any, the unit.

    A team is None for an officer who is not in the unit any more.
    """
    if rights.manages_whole(unit):
        return _AS_MANAGER_OF_ALL
    about = tuple(teams)
    if any(team and rights.manages(unit, team) for team in about):
        return _AS_MANAGER
    if not about and rights.manages(unit):
        return _AS_MANAGER
    if rights.oversees(unit):
        return AS_HEAD
    return _AS_ANYBODY if rights.sees(unit) else frozenset()


def keep_readable(
    values: Mapping[str, Any], declared: Declared, readers: Set[Readers]
) -> dict[str, Any]:
    """Those of the values, by name, that are for the readers."""
    return {name: value for name, value in values.items() if is_readable(name, declared, readers)}


def is_readable(name: str, declared: Declared, readers: Set[Readers]) -> bool:
    """Whether the value of that name is for one of the readers."""
    return Readers.MANAGERS_OF_ALL in readers or declared.get(name) in readers
