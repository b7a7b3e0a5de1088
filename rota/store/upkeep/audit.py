"""Who did what, when and from where; the database refuses to change any of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, select

from rota.store.units.rows import table_of
from rota.tables import AuditTable

_AUDIT = table_of(AuditTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One deed: what was done, and what was there before and after."""

    at: datetime
    actor: str
    place: str
    what: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """Which entries to find: by whom, what and when, from one instant up to another."""

    actor: str | None = None
    what: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    has_asks: bool = True
    """Whether what officers ask of their managers is among them."""


def add(connection: Connection, unit_id: int | None, entry: AuditEntry) -> None:
    """Store the entry for ever."""
    row = {column.name: getattr(entry, name) for name, column in _COLUMNS.items()}
    connection.execute(insert(_AUDIT).values(unit_id=unit_id, **row))


def list_latest(
    connection: Connection, unit_id: int | None, *, most: int
) -> tuple[AuditEntry, ...]:
    """So many entries of the unit, or of all, the newest first."""
    query = select(*_LABELLED)
    if unit_id is not None:
        query = query.where(_AUDIT.c.unit_id == unit_id)
    rows = connection.execute(query.order_by(_AUDIT.c.id.desc()).limit(most)).mappings()
    return tuple(AuditEntry(**row) for row in rows)


def find(
    connection: Connection,
    unit_id: int | None,
    search: AuditSearch,
    *,
    before: int | None,
    most: int,
) -> tuple[tuple[int, AuditEntry], ...]:
    """So many entries of the unit, or of none, with their numbers, the newest first.

    All have a number below that one.
    """
    query = select(_AUDIT.c.id, *_LABELLED).where(_is_among(unit_id, search))
    if before is not None:
        query = query.where(_AUDIT.c.id < before)
    rows = connection.execute(query.order_by(_AUDIT.c.id.desc()).limit(most))
    return tuple(
        (number, AuditEntry(**dict(zip(_COLUMNS, values, strict=True)))) for number, *values in rows
    )


def list_values(
    connection: Connection, unit_id: int | None, field: str, search: AuditSearch
) -> list[str]:
    """Every value of a field (`actor` or `what`) of the entries, by the alphabet."""
    query = select(_COLUMNS[field]).where(_is_among(unit_id, search)).distinct()
    return sorted(connection.scalars(query), key=str.casefold)


_NAMES_OF_COLUMNS = {"actor": "who"}
"""What the table calls fields of an entry that have another name there."""

_COLUMNS = {
    field.name: _AUDIT.c[_NAMES_OF_COLUMNS.get(field.name, field.name)]
    for field in fields(AuditEntry)
}

_LABELLED = [column.label(name) for name, column in _COLUMNS.items()]


def _is_among(unit_id: int | None, search: AuditSearch) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [
        _COLUMNS[name] == value
        for name, value in (("actor", search.actor), ("what", search.what))
        if value is not None
    ]
    if search.since is not None:
        conditions.append(_AUDIT.c.at >= search.since)
    if search.until is not None:
        conditions.append(_AUDIT.c.at < search.until)
    if not search.has_asks:
        conditions += [_AUDIT.c[side]["ask"].as_string().is_(None) for side in ("before", "after")]
    return and_(_AUDIT.c.unit_id == unit_id, *conditions)
