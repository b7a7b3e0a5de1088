"""How records of a unit change, in one transaction; and what changes from day to day of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.domain import Away, Closure, Policy, Unit
from rota.errors import BadInput, NotFound
from rota.reading import read_one
from rota.reading.unit_checks import find_new_faults
from rota.records import CLOSURES
from rota.records.differences import Difference, key_of
from rota.records.naming import REFERRED_TO, name_of
from rota.records.spells import take_days_out
from rota.records.unit_change import UnitChange
from rota.remarks import Remark, find_remarks_on_rows
from rota.services.access.act import Act
from rota.services.access.audit_details import build_row_details
from rota.services.access.record_rights import must_change_rows, must_change_table
from rota.services.units.lookup import hold_unit
from rota.store.databases.database import Database
from rota.store.units import earlier_terms, row_changes, units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit

_CHECKED = frozenset((*REFERRED_TO, CLOSURES))
"""Tables whose rows are looked at together after a change."""

_Rows = Callable[[Unit], tuple[Any, ...]]
"""From a unit's tables to the rows that one of them shall have."""


ComputeChange = Callable[[Connection, int, Unit], UnitChange]
"""From the unit's number and its tables to how they shall change."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a change did to the unit's tables; nothing, if all of it was known.

    `remarks` tell what of it has no effect, and why. Terms of one record that changed hold `since`
    that day; what is no term changed at all times.
    """

    differences: tuple[Difference, ...]
    remarks: tuple[Remark, ...] = ()
    since: date | None = None


def change_records(
    database: Database, act: Act, action: str, *, unit: str, table: str, compute: ComputeChange
) -> Recorded:
    """Change records of the unit, whole or not at all; `action` is what the audit calls it.

    Raises Forbidden if a record that changes is not theirs to change, BadInput if what is in the
    tables afterwards does not go together.
    """
    must_change_table(act.rights, unit, table)
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        change = compute(connection, stored_unit.id, units.load(connection, stored_unit.id))
        must_change_rows(
            act.rights,
            unit,
            change.differences,
            before=change.before,
            after=change.after,
            today=act.today,
        )
        recorded = write_change(connection, act, stored_unit, change, action=action)
    remarks = _find_remarks(change, policy=stored_unit.policy, today=act.today)
    return replace(recorded, remarks=remarks)


def write_change(
    connection: Connection, act: Act, unit: StoredUnit, change: UnitChange, *, action: str
) -> Recorded:
    """Write a change of a unit that is held, and audit it; rights are not checked.

    Nothing is written if nothing differs. Raises BadInput if rows that others name have changed, so
    that the others are wrong now, or closures contradict each other.
    """
    is_checked = any(difference.table in _CHECKED for difference in change.differences)
    if is_checked and (faults := find_new_faults(change.before, change.after)):
        raise BadInput(faults)
    if change.differences:
        row_changes.apply(connection, unit.id, change.differences, act.source)
        earlier_terms.change(connection, unit.id, change.before, change.after)
        details = build_row_details(change.differences)
        if change.since:
            details["after"]["since"] = change.since
        mark_changed(connection, act, unit, action, **details)
    return Recorded(change.differences, since=change.since)


def mark_changed(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    action: str,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Give the unit its next revision, and keep in the audit what was done to it."""
    units.raise_revision(connection, unit.id)
    audit.add(connection, unit.id, act.entry(action, before=before, after=after))


def record(
    database: Database, act: Act, *, unit: str, table: str, rows: Iterable[Mapping[str, str]]
) -> Recorded:
    """Add rows to a table, their texts by column; a row of the same key is replaced.

    Raises BadInput with all that is wrong with a row, as if it stood in a file, and Forbidden if
    the records are not theirs to change.
    """
    return _change_table(database, act, f"added to {table}", unit, table, _add_rows(table, rows))


def record_in(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    *,
    table: str,
    rows: Iterable[Mapping[str, str]],
) -> Recorded:
    """The same within another transaction that holds the unit; rights are not checked."""
    change = _replace_rows(act, units.load(connection, unit.id), table, _add_rows(table, rows))
    return write_change(connection, act, unit, change, action=f"added to {table}")


def withdraw(
    database: Database, act: Act, *, unit: str, table: str, rows: Iterable[Mapping[str, str]]
) -> Recorded:
    """Take rows out of a table again. Raises NotFound if none of them is there."""
    texts = tuple(rows)

    def find_remaining(tables: Unit) -> tuple[Any, ...]:
        withdrawn = (read_one(table, row, unit=_leave_out(tables, table, row)) for row in texts)
        keys = {key_of(table, row) for row in withdrawn}
        before = getattr(tables, table)
        after = tuple(row for row in before if key_of(table, row) not in keys)
        if len(after) == len(before):
            raise NotFound(f"Nothing of that stands in {table} of {unit}.")
        return after

    return _change_table(database, act, f"removed from {table}", unit, table, find_remaining)


def withdraw_away(database: Database, act: Act, *, unit: str, row: Mapping[str, str]) -> Recorded:
    """Take days of one kind out of what is recorded, which may begin before and end after them."""
    return _withdraw_days(database, act, unit, "away", row, same=("staff_no", "kind"))


def reopen_site(database: Database, act: Act, *, unit: str, row: Mapping[str, str]) -> Recorded:
    """Take days out of the closures of a site, which may begin before and end after them."""
    return _withdraw_days(database, act, unit, CLOSURES, row, same=("site",))


def _find_remarks(change: UnitChange, *, policy: Policy, today: date) -> tuple[Remark, ...]:
    """Remarks on the rows that are new in the unit, or have changed."""
    return tuple(
        remark
        for difference in change.differences
        for remark in find_remarks_on_rows(
            difference.table,
            (*difference.added_rows, *(row for _, row in difference.changed_rows)),
            unit=change.after,
            policy=policy,
            today=today,
        )
    )


def _change_table(
    database: Database, act: Act, action: str, unit: str, table: str, rows_after: _Rows
) -> Recorded:
    """Change one table to those rows."""

    def compute(_: Connection, __: int, tables: Unit) -> UnitChange:
        return _replace_rows(act, tables, table, rows_after)

    return change_records(database, act, action, unit=unit, table=table, compute=compute)


def _withdraw_days(
    database: Database,
    act: Act,
    unit: str,
    table: str,
    row: Mapping[str, str],
    same: tuple[str, ...],
) -> Recorded:
    """Take days out of the rows that have the `same` values as the row."""

    def find_remaining(tables: Unit) -> tuple[Any, ...]:
        days: Any = read_one(table, row, unit=_leave_out(tables, table, row))
        before = getattr(tables, table)
        after = tuple(take_days_out(before, days, same=same))
        if after == before:
            span = f"from {days.first} to {days.last}"
            raise NotFound(f"No {_say_whose(days, tables)} {span} is recorded.")
        return after

    return _change_table(database, act, f"removed from {table}", unit, table, find_remaining)


def _replace_rows(act: Act, tables: Unit, table: str, rows_after: _Rows) -> UnitChange:
    after = replace(tables, **{table: rows_after(tables)})
    return UnitChange.between(tables, after, since=act.tomorrow)


def _add_rows(table: str, rows: Iterable[Mapping[str, str]]) -> _Rows:
    """Adds the rows to the table; those of the same key give way."""
    texts = tuple(rows)

    def add_to(tables: Unit) -> tuple[Any, ...]:
        new = [read_one(table, row, unit=_leave_out(tables, table, row)) for row in texts]
        keys = {key_of(table, row) for row in new}
        untouched = (row for row in getattr(tables, table) if key_of(table, row) not in keys)
        return (*untouched, *dict.fromkeys(new))

    return add_to


def _leave_out(tables: Unit, table: str, row: Mapping[str, str]) -> Unit:
    """The tables without what the row may replace."""
    others: tuple[Any, ...] = ()
    if table in REFERRED_TO:
        name = row.get(REFERRED_TO[table].name_column.name)
        others = tuple(other for other in getattr(tables, table) if name_of(table, other) != name)
    return replace(tables, **{table: others})


def _say_whose(days: Away | Closure, tables: Unit) -> str:
    if isinstance(days, Closure):
        return f"closure of {days.site}"
    officer = next(o for o in tables.officers if o.staff_no == days.staff_no)
    return f"{days.kind} of {officer}"
