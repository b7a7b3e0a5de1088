"""Add, change and remove records one by one, never over what somebody else has done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.domain import Unit
from rota.errors import BadInput, Conflict, Fault
from rota.reading import read_one
from rota.reading.cells import DATE, Unfit
from rota.reading.unit_checks import Mention, find_mentions
from rota.records import RECORD_TABLES
from rota.records.differences import Difference, key_of
from rota.records.naming import name_of
from rota.records.removed_rows import is_over
from rota.records.table import SINCE
from rota.records.terms_in_turn import find_change_day, find_usual_first_day
from rota.records.timeline import begin_on
from rota.records.unit_change import UnitChange
from rota.services.access.act import Act
from rota.services.access.record_rights import (
    must_change_rows,
    must_change_table,
    read_teams_by_officer,
)
from rota.services.access.secrets import compute_seal
from rota.services.units.lookup import find_unit
from rota.services.units.record_changes import Recorded, change_records
from rota.services.units.record_list import (
    Record,
    find_row,
    name_officers,
    refuse_unknown_table,
    show_record,
)
from rota.store.databases.database import Database
from rota.store.units import records, reliance, units
from rota.writing import row_texts


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
) -> Recorded:
    """Add a row, its texts by column.

    Raises BadInput with all that is wrong with the row, as if it stood in a file.
    """
    refuse_unknown_table(table)

    def compute(_: Connection, __: int, tables: Unit) -> UnitChange:
        new = _read_new(tables, table, texts)
        after = replace(tables, **{table: (*getattr(tables, table), new)})
        if RECORD_TABLES[table].has_terms:
            return UnitChange.between(tables, after, since=act.tomorrow)
        return UnitChange(tables, after, (Difference(table, added_rows=(new,)),))

    action = f"added to {table}"
    return change_records(database, act, action, unit=unit, table=table, compute=compute)


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
    """Change the row that bears the seal. Raises Conflict if it is not as it was.

    Terms that change hold from the day that the texts tell, or else from tomorrow, or an officer's
    start. A pattern that is as it is from then on does not change, whatever day is told.
    """
    refuse_unknown_table(table)

    def compute(connection: Connection, unit_id: int, tables: Unit) -> UnitChange:
        old = _find_sealed(connection, unit_id, table, number, seal)
        _refuse_another_name(table, old, texts)
        other_rows = tuple(row for row in getattr(tables, table) if row != old)
        others = replace(tables, **{table: other_rows})
        new = _read_new(others, table, _tell_from_when(act, table, old, texts))
        rows = (new if row == old else row for row in getattr(tables, table))
        after = replace(tables, **{table: tuple(rows)})
        if RECORD_TABLES[table].has_terms:
            change = UnitChange.between(tables, after, since=act.tomorrow)
            return replace(change, since=find_change_day(old, new, new.since))
        difference = Difference(table, changed_rows=((old, new),))
        return UnitChange(tables, after, (difference,) if new != old else ())

    action = f"changed {table}"
    return change_records(database, act, action, unit=unit, table=table, compute=compute)


def preview_removal(database: Database, act: Act, *, unit: str, table: str, number: int) -> Removal:
    """What it would mean to remove the row. Raises NotFound if it is not there."""
    refuse_unknown_table(table)
    must_change_table(act.rights, unit, table)
    with database.reading() as connection:
        unit_id = find_unit(connection, unit).id
        tables = units.load(connection, unit_id)
        numbered = find_row(connection, unit_id, table, number)
    row = numbered.row
    other_rows = tuple(r for r in getattr(tables, table) if r != row)
    after = replace(tables, **{table: other_rows})
    change = UnitChange.between(tables, after, since=act.tomorrow)
    must_change_rows(
        act.rights,
        unit,
        change.differences,
        before=tables,
        after=change.after,
        today=act.today,
    )
    teams = read_teams_by_officer(tables, act.today)
    record = show_record(act.rights, unit, table, numbered, teams)
    every_mention = tuple(_find_mentions(tables, table, row, act.tomorrow))
    along = tuple(mention for mention in every_mention if mention.column.is_about)
    return Removal(
        record=record,
        called=record.texts[RECORD_TABLES[table].columns[0].name],
        along=along,
        obstacles=tuple(mention for mention in every_mention if mention not in along),
        names=name_officers(tables),
    )


def remove(
    database: Database, act: Act, *, unit: str, table: str, number: int, seal: str
) -> Recorded:
    """Remove the row that bears the seal, and with it the rows that go along.

    Raises Conflict if it is not as it was, BadInput if other records need it.
    """
    refuse_unknown_table(table)

    def compute(connection: Connection, unit_id: int, tables: Unit) -> UnitChange:
        old = _find_sealed(connection, unit_id, table, number, seal)
        removed_rows = {table: {old}}
        for mention in _find_mentions(tables, table, old, act.tomorrow):
            if mention.column.is_about:
                removed_rows.setdefault(mention.table, set()).update(mention.rows)
        remaining = {
            name: tuple(row for row in getattr(tables, name) if row not in rows)
            for name, rows in removed_rows.items()
        }
        return UnitChange.between(
            tables,
            replace(tables, **remaining),
            since=act.tomorrow,
            forgotten=reliance.find_never_seated(connection, unit_id, tables),
        )

    action = f"removed from {table}"
    return change_records(database, act, action, unit=unit, table=table, compute=compute)


def _tell_from_when(act: Act, table: str, old: Any, texts: Mapping[str, str]) -> Mapping[str, str]:
    """The texts, with the day from which terms hold, and weeks in turn counted from it."""
    if not RECORD_TABLES[table].has_terms:
        return texts
    usual = find_usual_first_day(old, act.tomorrow)
    first = _read_first_day(texts) or usual
    at_usual, at_first = (row_texts(table, begin_on(old, day)) for day in (usual, first))
    same = (name for name, text in texts.items() if text.strip() == at_usual.get(name))
    since = texts.get(SINCE, "").strip() or first.isoformat()
    return {**texts, **{name: at_first[name] for name in same}, SINCE: since}


def _read_first_day(texts: Mapping[str, str]) -> date | None:
    """The day from which the texts hold; None if they tell none, or none that can be read."""
    text = texts.get(SINCE, "").strip()
    try:
        return DATE.read(text) if text else None
    except Unfit:
        return None  # Whoever reads the row tells what is wrong with it.


def _read_new(tables: Unit, table: str, texts: Mapping[str, str]) -> Any:
    """The row, which must not be one that there is already."""
    row = read_one(table, texts, unit=tables)
    if key_of(table, row) in {key_of(table, other) for other in getattr(tables, table)}:
        first = RECORD_TABLES[table].columns[0].name
        value = row_texts(table, row)[first]
        raise BadInput([Fault(table, "is recorded already", None, first, value)])
    return row


def _find_sealed(connection: Connection, unit_id: int, table: str, number: int, seal: str) -> Any:
    """The row of that number, if it is as it was when it got the seal."""
    numbered = records.find(connection, unit_id, table, number)
    if numbered is None:
        raise Conflict("Somebody removed this record since you opened it.")
    if compute_seal(row_texts(table, numbered.row)) != seal:
        raise Conflict(
            "Somebody changed this record since you opened it. "
            "Look at it as it is now, then make your change again."
        )
    return numbered.row


def _refuse_another_name(table: str, old: Any, texts: Mapping[str, str]) -> None:
    """The name of a site, a team or an officer stays: other records and rotas call it that."""
    if RECORD_TABLES[table].is_referred_to:
        column = RECORD_TABLES[table].name_column.name
        name = row_texts(table, old)[column]
        if texts.get(column, name).strip() != name:
            misfit = f"cannot take the place of {name}, by which other records name it"
            raise BadInput([Fault(table, misfit, None, column, texts[column])])


def _find_mentions(tables: Unit, table: str, row: Any, day: date) -> Iterator[Mention]:
    """Where other records name the row, if it is one that can be named.

    Those that are over by the day stand in nobody's way: they tell of days before.
    """
    input_table = RECORD_TABLES[table]
    if input_table.is_referred_to:
        for mention in find_mentions(tables, input_table, name_of(table, row)):
            if mention.column.is_about:
                yield mention
            elif rows := tuple(row for row in mention.rows if not is_over(row, day)):
                yield replace(mention, rows=rows)
