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
    who: str
    place: str
    what: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """Which entries are wanted: by whom, what and when, from one instant up to another."""

    who: str | None = None
    what: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    has_asks: bool = True
    """Whether what officers ask of their managers is among them."""


def add(connection: Connection, unit_id: int | None, entry: AuditEntry) -> None:
    """Keep the entry for ever."""
    row = {field.name: getattr(entry, field.name) for field in fields(entry)}
    connection.execute(insert(_AUDIT).values(unit_id=unit_id, **row))


def latest(connection: Connection, unit_id: int | None, *, most: int) -> tuple[AuditEntry, ...]:
    """So many entries of the unit, or of all, the newest first."""
    asked = select(*_COLUMNS)
    if unit_id is not None:
        asked = asked.where(_AUDIT.c.unit_id == unit_id)
    rows = connection.execute(asked.order_by(_AUDIT.c.id.desc()).limit(most)).mappings()
    return tuple(AuditEntry(**row) for row in rows)


def found(
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
    asked = select(_AUDIT.c.id, *_COLUMNS).where(_is_among(unit_id, search))
    if before is not None:
        asked = asked.where(_AUDIT.c.id < before)
    rows = connection.execute(asked.order_by(_AUDIT.c.id.desc()).limit(most))
    names = [column.name for column in _COLUMNS]
    return tuple(
        (number, AuditEntry(**dict(zip(names, told, strict=True)))) for number, *told in rows
    )


def named(
    connection: Connection, unit_id: int | None, column: str, search: AuditSearch
) -> list[str]:
    """Every name in a column (`who` or `what`) of the entries, by the alphabet."""
    asked = select(_AUDIT.c[column]).where(_is_among(unit_id, search)).distinct()
    return sorted(connection.scalars(asked), key=str.casefold)


_COLUMNS = [_AUDIT.c[field.name] for field in fields(AuditEntry)]


def _is_among(unit_id: int | None, search: AuditSearch) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = [
        _AUDIT.c[name] == value
        for name, value in (("who", search.who), ("what", search.what))
        if value is not None
    ]
    if search.since is not None:
        wanted.append(_AUDIT.c.at >= search.since)
    if search.until is not None:
        wanted.append(_AUDIT.c.at < search.until)
    if not search.has_asks:
        wanted += [_AUDIT.c[told]["ask"].as_string().is_(None) for told in ("before", "after")]
    return and_(_AUDIT.c.unit_id == unit_id, *wanted)
