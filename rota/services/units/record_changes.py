"""The changes of a day: leave and sickness, duties, appointments, requests and closures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from rota.domain import FRIDAY, Away, Unit
from rota.domain.differences import Difference, differences, key_of
from rota.errors import NotFound, RotaError
from rota.reading import TABLES, list_bank_holidays, read_one
from rota.remarks import Remark, find_remarks_on_rows
from rota.services.access.act import Act
from rota.services.access.audit_details import rows_told
from rota.services.access.record_rights import must_begin, must_keep
from rota.services.units.lookup import unit_held
from rota.store.databases.database import Database
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit

LONGEST = timedelta(days=731)
"""A range of dates may be so long; anything longer is a slip of the pen."""

_NAMES = {table.name: table.key[0] for table in TABLES if table.noun}
"""The column that names the rows of a table to others."""

_Change = Callable[[Unit], tuple[Any, ...]]
"""From a unit's tables to the rows that one of them shall have."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a change did to the unit's tables; nothing, if all of it was known.

    `remarks` tell what of it has no effect, and why.
    """

    differences: tuple[Difference, ...]
    remarks: tuple[Remark, ...] = ()


def record(
    database: Database, act: Act, *, unit: str, table: str, rows: Iterable[Mapping[str, str]]
) -> Recorded:
    """Add rows to a table, their texts by column; a row of the same key is replaced.

    Raises BadInput with all that is wrong with a row, as if it stood in a file, and Forbidden if
    the records are not theirs to keep.
    """
    return _change(database, act, f"added to {table}", unit, table, _adding(table, rows))


def record_in(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    *,
    table: str,
    rows: Iterable[Mapping[str, str]],
) -> Recorded:
    """The same within what else is being written of a unit that is held; rights are not asked."""
    before = units.load(connection, unit.id)
    after = replace(before, **{table: _adding(table, rows)(before)})
    told = tuple(differences(before, after))
    return keep(connection, act, unit, f"added to {table}", told)


def keep(
    connection: Connection, act: Act, unit: StoredUnit, what: str, told: tuple[Difference, ...]
) -> Recorded:
    """Write the differences and what was done, if there are any; rights are not asked."""
    if told:
        units.apply(connection, unit.id, told, act.source)
        units.raise_revision(connection, unit.id)
        audit.add(connection, unit.id, act.entry(what, **rows_told(told)))
    return Recorded(told)


def withdraw(
    database: Database, act: Act, *, unit: str, table: str, rows: Iterable[Mapping[str, str]]
) -> Recorded:
    """Take rows out of a table again. Raises NotFound if none of them is there."""
    asked = tuple(rows)

    def left(tables: Unit) -> tuple[Any, ...]:
        told = (read_one(table, row, unit=_without(tables, table, row)) for row in asked)
        gone = {key_of(table, row) for row in told}
        rows = getattr(tables, table)
        kept = tuple(row for row in rows if key_of(table, row) not in gone)
        if len(kept) == len(rows):
            raise NotFound(f"Nothing of that stands in {table} of {unit}.")
        return kept

    return _change(database, act, f"removed from {table}", unit, table, left)


def withdraw_away(database: Database, act: Act, *, unit: str, row: Mapping[str, str]) -> Recorded:
    """Take days of one kind out of what is recorded, which may begin before and end after them."""

    def left(tables: Unit) -> tuple[Away, ...]:
        gone = read_one("away", row, unit=tables)
        assert isinstance(gone, Away)
        kept = tuple(part for spell in tables.away for part in _left_of(spell, gone))
        if kept == tables.away:
            who = next(its for its in tables.officers if its.staff_no == gone.staff_no)
            raise NotFound(f"No {gone.kind} of {who} from {gone.first} to {gone.last} is recorded.")
        return kept

    return _change(database, act, "removed from away", unit, "away", left)


def planning_days(first: date, last: date | None) -> tuple[date, ...]:
    """The Mondays to Fridays of a range that are no bank holidays; both ends belong to it.

    Where it has none, all of its days: what is recorded for them has no effect, and is remarked on.
    """
    last = last or first
    if last < first:
        raise RotaError(f"{last} is before {first}; the last day comes second.")
    if last - first > LONGEST:
        raise RotaError(f"From {first} to {last} is longer than {LONGEST.days} days.")
    off = list_bank_holidays(first, last)
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() <= FRIDAY and day not in off) or days


def remarks_on_added(
    changes: Iterable[Difference], *, unit: Unit, today: date
) -> tuple[Remark, ...]:
    """What is to be known of the rows that the unit now has and had not, or had otherwise."""
    return tuple(
        remark
        for change in changes
        for remark in find_remarks_on_rows(
            change.table,
            (*change.added, *(row for _, row in change.changed)),
            unit=unit,
            today=today,
        )
    )


def _change(
    database: Database, act: Act, what: str, unit: str, table: str, changed: _Change
) -> Recorded:
    must_begin(act.rights, unit, table)
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        before = units.load(connection, stored.id)
        after = replace(before, **{table: changed(before)})
        told = tuple(differences(before, after))
        must_keep(act.rights, unit, told, before=before, after=after)
        recorded = keep(connection, act, stored, what, told)
    return replace(recorded, remarks=remarks_on_added(told, unit=after, today=act.today))


def _adding(table: str, rows: Iterable[Mapping[str, str]]) -> _Change:
    """Adds the rows to the table; those of the same key give way."""
    asked = tuple(rows)

    def added(tables: Unit) -> tuple[Any, ...]:
        new = [read_one(table, row, unit=_without(tables, table, row)) for row in asked]
        keys = {key_of(table, row) for row in new}
        kept = (row for row in getattr(tables, table) if key_of(table, row) not in keys)
        return (*kept, *dict.fromkeys(new))

    return added


def _without(tables: Unit, table: str, row: Mapping[str, str]) -> Unit:
    """The tables without what the row may replace."""
    name = _NAMES.get(table)
    rows = getattr(tables, table)
    others = tuple(its for its in rows if name and key_of(table, its) != row.get(name))
    return replace(tables, **{table: others})


def _left_of(spell: Away, gone: Away) -> Iterator[Away]:
    """What is left of a spell of the same officer and kind when those days are taken out."""
    is_other = (spell.staff_no, spell.kind) != (gone.staff_no, gone.kind)
    if is_other or gone.last < spell.first or spell.last < gone.first:
        yield spell
        return
    if spell.first < gone.first:
        yield replace(spell, last=gone.first - timedelta(days=1))
    if gone.last < spell.last:
        yield replace(spell, first=gone.last + timedelta(days=1))
