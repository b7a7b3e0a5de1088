"""Records added, changed and removed one by one, none over what somebody else has done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.domain import Unit
from rota.domain.differences import Difference, differences, key_of
from rota.errors import BadInput, Conflict, Fault, RotaError
from rota.reading import read_one
from rota.reading.cells import DATE, Unfit
from rota.reading.unit_checks import Mention, find_mentions, find_new_faults
from rota.services.access.act import Act
from rota.services.access.record_rights import must_begin, must_keep, teams_by_officer
from rota.services.access.secrets import seal_of
from rota.services.units.lookup import unit_held, unit_named
from rota.services.units.record_changes import Recorded, keep, planning_days, remarks_on_added
from rota.services.units.record_list import KEPT, Record, found, must_be_kept, names_in, seen
from rota.store.databases.database import Database
from rota.store.units import records, units
from rota.store.units.units import StoredUnit
from rota.writing import row_texts

_GO_ALONG = {"officers": ("away", "appointments", "requests", "links"), "sites": ("closures",)}
"""Tables whose rows go with what they are about; other mentions have to be dealt with first."""

_Step = tuple[Unit, tuple[Difference, ...]]
"""A unit's tables after a change, and how they differ from what they were."""

UNTIL = "until"
"""The column that is in no table: the last of several dates for which a row is added."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A record that is to be removed: what goes along with it, and what stands in the way.

    `called` is what other records call it, `names` are those of officers by staff number.
    """

    record: Record
    called: str
    along: tuple[Mention, ...]
    obstacles: tuple[Mention, ...]
    names: Mapping[str, str]


def add(
    database: Database,
    act: Act,
    *,
    unit: str,
    table: str,
    texts: Mapping[str, str],
    until: str = "",
) -> Recorded:
    """Add a row, its texts by column; with `until`, one for each working day to that date.

    Raises BadInput with all that is wrong with the row, as if it stood in a file.
    """
    must_be_kept(table)

    def added(_: Connection, __: StoredUnit, tables: Unit) -> _Step:
        new = tuple(_new(tables, table, row) for row in _spread(table, texts, until))
        after = replace(tables, **{table: (*getattr(tables, table), *new)})
        return after, (Difference(table, added=new),)

    return _write(database, act, f"added to {table}", unit, table, added)


def change(
    database: Database,
    act: Act,
    *,
    unit: str,
    table: str,
    number: int,
    seal: str,
    texts: Mapping[str, str],
) -> Recorded:
    """Change the row that bears the seal. Raises Conflict if it is not as it was."""
    must_be_kept(table)

    def changed(connection: Connection, stored: StoredUnit, tables: Unit) -> _Step:
        old = _sealed(connection, stored.id, table, number, seal)
        _refuse_another_name(table, old, texts)
        others = tuple(row for row in getattr(tables, table) if row != old)
        new = _new(replace(tables, **{table: others}), table, texts)
        rows = (new if row == old else row for row in getattr(tables, table))
        after = replace(tables, **{table: tuple(rows)})
        return after, (Difference(table, changed=((old, new),)),) if new != old else ()

    return _write(database, act, f"changed {table}", unit, table, changed)


def removal(database: Database, act: Act, *, unit: str, table: str, number: int) -> Removal:
    """What it would mean to remove the row. Raises NotFound if it is not there."""
    must_be_kept(table)
    must_begin(act.rights, unit, table)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        tables = units.load(connection, stored.id)
        numbered = found(connection, stored.id, table, number)
    row = numbered.row
    gone = replace(tables, **{table: tuple(its for its in getattr(tables, table) if its != row)})
    told = tuple(differences(tables, gone))
    must_keep(act.rights, unit, told, before=tables, after=gone)
    record = seen(act.rights, unit, table, numbered, teams_by_officer(tables))
    named = _mentions(tables, table, row)
    along = tuple(its for its in named if its.table in _GO_ALONG.get(table, ()))
    return Removal(
        record=record,
        called=record.texts[KEPT[table].columns[0].name],
        along=along,
        obstacles=tuple(its for its in named if its not in along),
        names=names_in(tables),
    )


def remove(
    database: Database, act: Act, *, unit: str, table: str, number: int, seal: str
) -> Recorded:
    """Remove the row that bears the seal, and with it the rows that go along.

    Raises Conflict if it is not as it was, BadInput if other records need it.
    """
    must_be_kept(table)

    def left(connection: Connection, stored: StoredUnit, tables: Unit) -> _Step:
        old = _sealed(connection, stored.id, table, number, seal)
        gone = {table: {old}}
        for mention in _mentions(tables, table, old):
            if mention.table in _GO_ALONG.get(table, ()):
                gone.setdefault(mention.table, set()).update(mention.rows)
        kept = {
            name: tuple(row for row in getattr(tables, name) if row not in rows)
            for name, rows in gone.items()
        }
        after = replace(tables, **kept)
        return after, tuple(differences(tables, after))

    return _write(database, act, f"removed from {table}", unit, table, left)


def _write(
    database: Database,
    act: Act,
    what: str,
    unit: str,
    table: str,
    changed: Callable[[Connection, StoredUnit, Unit], _Step],
) -> Recorded:
    must_begin(act.rights, unit, table)
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        before = units.load(connection, stored.id)
        after, told = changed(connection, stored, before)
        must_keep(act.rights, unit, told, before=before, after=after)
        if KEPT[table].noun and (faults := find_new_faults(before, after)):
            raise BadInput(faults)
        recorded = keep(connection, act, stored, what, told)
    return replace(recorded, remarks=remarks_on_added(told, unit=after, today=act.today))


def _new(tables: Unit, table: str, texts: Mapping[str, str]) -> Any:
    """The row, which must not be one that there is already."""
    row = read_one(table, texts, unit=tables)
    if key_of(table, row) in {key_of(table, its) for its in getattr(tables, table)}:
        told = row_texts(table, row)
        first = KEPT[table].columns[0].name
        raise BadInput([Fault(table, "is recorded already", None, first, told[first])])
    return row


def _spread(table: str, texts: Mapping[str, str], until: str) -> tuple[Mapping[str, str], ...]:
    """The row, or one for each working day from its date to the other."""
    if not until.strip():
        return (texts,)
    first, last = _day(texts.get("date", "")), _day(until)
    if last is None:
        raise BadInput([Fault(table, f"is not {DATE.allows}", None, UNTIL, until)])
    if first is None:
        return (texts,)  # It is told of the row that it has no date.
    try:
        days = planning_days(first, last)
    except RotaError as error:
        raise BadInput([Fault(table, str(error).rstrip("."), None, UNTIL)]) from None
    return tuple({**texts, "date": day.isoformat()} for day in days)


def _day(text: str) -> date | None:
    try:
        return DATE.read(text.strip())
    except Unfit:
        return None


def _sealed(connection: Connection, unit_id: int, table: str, number: int, seal: str) -> Any:
    """The row of that number, if it is as it was when it got the seal."""
    found_row = records.find(connection, unit_id, table, number)
    if found_row is None:
        raise Conflict("Somebody removed this record since you opened it.")
    if seal_of(row_texts(table, found_row.row)) != seal:
        raise Conflict(
            "Somebody changed this record since you opened it. "
            "Look at it as it is now, then make your change again."
        )
    return found_row.row


def _refuse_another_name(table: str, old: Any, texts: Mapping[str, str]) -> None:
    """The name of a site, a team or an officer stays: other records and rotas call it that."""
    its = KEPT[table]
    if its.noun:
        (name,) = its.key
        was = row_texts(table, old)[name]
        if texts.get(name, was).strip() != was:
            says = f"cannot take the place of {was}, by which other records name it"
            raise BadInput([Fault(table, says, None, name, texts[name])])


def _mentions(tables: Unit, table: str, row: Any) -> tuple[Mention, ...]:
    """Where other records name the row, if it is one that can be named."""
    its = KEPT[table]
    return tuple(find_mentions(tables, its, row_texts(table, row)[its.key[0]])) if its.noun else ()
