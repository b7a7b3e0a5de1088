"""What each published version changed, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select

from rota.domain import WHOLE_DAY, OfficerDay, Period
from rota.store.units.rows import table_of
from rota.tables import ChangeTable, VersionTable

_CHANGE, _VERSION = table_of(ChangeTable), table_of(VersionTable)


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What a version changed of an officer's date, or of one half of it, and why."""

    staff_no: str
    date: date
    before: str | None
    after: str | None
    reason: str
    reason_for_managers: str
    part: str = WHOLE_DAY


def add_changes(connection: Connection, version_id: int, changes: Sequence[VersionChange]) -> None:
    """Keep what the version changed, and why."""
    if changes:
        rows = [{"version_id": version_id, **_columns(change)} for change in changes]
        connection.execute(insert(_CHANGE), rows)


def list_changes(connection: Connection, unit_id: int, number: int) -> tuple[VersionChange, ...]:
    """What the version changed, and why."""
    query = (
        select(*(_CHANGE.c[name] for name in VersionChange.__slots__))
        .join(_VERSION, _VERSION.c.id == _CHANGE.c.version_id)
        .where(_VERSION.c.unit_id == unit_id, _VERSION.c.number == number)
        .order_by(_CHANGE.c.staff_no, _CHANGE.c.date, _CHANGE.c.part)
    )
    return tuple(VersionChange(*row) for row in connection.execute(query))


def find_changed_since(
    connection: Connection, unit_id: int, period: Period, number: int
) -> Mapping[OfficerDay, int]:
    """The officers' days that versions after that number changed, each with the last version."""
    query = (
        select(_CHANGE.c.staff_no, _CHANGE.c.date, func.max(_VERSION.c.number))
        .join(_VERSION, _VERSION.c.id == _CHANGE.c.version_id)
        .where(
            _VERSION.c.unit_id == unit_id,
            _VERSION.c.start == period.first,
            _VERSION.c.number > number,
        )
        .group_by(_CHANGE.c.staff_no, _CHANGE.c.date)
    )
    return {(staff_no, day): last for staff_no, day, last in connection.execute(query)}


def _columns(change: VersionChange) -> dict[str, Any]:
    return {name: getattr(change, name) for name in VersionChange.__slots__}
