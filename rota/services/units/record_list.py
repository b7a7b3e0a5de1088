"""The records of a unit, table by table, as those see them who keep them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.domain import OFFICE, Officer, Readers, Unit
from rota.errors import NotFound
from rota.records import RECORD_TABLES, Column, Table
from rota.services.access.act import Act
from rota.services.access.column_rights import COLUMNS, readable
from rota.services.access.record_rights import (
    may_keep,
    must_begin,
    officers_of,
    readers_of,
    teams_by_officer,
)
from rota.services.access.rights import Rights
from rota.services.access.secrets import seal_of
from rota.services.units.lookup import unit_named
from rota.store.databases.database import Database
from rota.store.units import records, units
from rota.store.units.records import NumberedRow
from rota.store.units.sources import RowSource
from rota.writing import row_texts

ON_A_PAGE = 50
"""Records on a page of a list."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row: its number, the text of each column, and a seal that is another when they are.

    Columns that are not for whoever looks are left out, and then the source is too.
    """

    number: int
    texts: Mapping[str, str]
    seal: str
    may_change: bool
    source: RowSource | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A table, the number of records in it that are for whoever looks, and whether they may add."""

    table: Table
    count: int
    may_add: bool


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A page of the records of a table; `found` of them hold what was looked for.

    `names` are those of all officers by staff number.
    """

    heading: Heading
    records: tuple[Record, ...]
    found: int
    page: int
    pages: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A record to be changed, or none to add one, with what columns may name, in words.

    `choices` has values and their words for each column that names rows of other tables.
    """

    table: Table
    record: Record | None
    choices: Mapping[str, tuple[tuple[str, str], ...]]


def headings(database: Database, act: Act, *, unit: str) -> tuple[Heading, ...]:
    """Every table of the unit."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        tables = units.load(connection, unit_named(connection, unit).id)
    return tuple(_heading(act.rights, unit, table, tables) for table in RECORD_TABLES)


def listed(
    database: Database, act: Act, *, unit: str, table: str, words: str = "", page: int = 1
) -> RecordPage:
    """A page of the records that hold all of the words; what is to come is first.

    Raises NotFound for a table that there is not.
    """
    act.rights.must_manage(unit)
    must_be_kept(table)
    with database.reading() as connection:
        unit_id = unit_named(connection, unit).id
        tables = units.load(connection, unit_id)
        rows = records.load(connection, unit_id, table)
    names, teams = names_in(tables), teams_by_officer(tables)
    found = [
        its
        for its in rows
        if _is_listed(act.rights, unit, table, its.row, teams)
        and _holds(seen(act.rights, unit, table, its, teams), words, names)
    ]
    found.sort(key=lambda its: place_of(its.row, act.today))
    pages = max(-(-len(found) // ON_A_PAGE), 1)
    page = min(max(page, 1), pages)
    on_page = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return RecordPage(
        heading=_heading(act.rights, unit, table, tables),
        records=tuple(seen(act.rights, unit, table, its, teams) for its in on_page),
        found=len(found),
        page=page,
        pages=pages,
        names=names,
    )


def opened(
    database: Database, act: Act, *, unit: str, table: str, number: int | None = None
) -> Opened:
    """The record of that number, or a blank one where none is given.

    Raises NotFound if it is not there, Forbidden if it is not theirs to change.
    """
    must_be_kept(table)
    must_begin(act.rights, unit, table)
    with database.reading() as connection:
        unit_id = unit_named(connection, unit).id
        tables = units.load_staff(connection, unit_id)
        row = None if number is None else found(connection, unit_id, table, number)
    record = None
    if row is not None:
        teams = teams_by_officer(tables)
        record = seen(act.rights, unit, table, row, teams)
        for staff_no in () if record.may_change else officers_of(table, row.row):
            act.rights.must_manage(unit, teams.get(staff_no))
    return Opened(RECORD_TABLES[table], record, dict(_choices(act, unit, table, tables)))


def must_be_kept(table: str) -> None:
    """Raise NotFound if there is no such table."""
    if table not in RECORD_TABLES:
        raise NotFound(f"There are no records called {table}.")


def found(connection: Connection, unit_id: int, table: str, number: int) -> NumberedRow:
    """The row of that number. Raises NotFound if it is not there."""
    row = records.find(connection, unit_id, table, number)
    if row is None:
        raise NotFound("This record is not there any more. Perhaps somebody removed it.")
    return row


def seen(
    rights: Rights, unit: str, table: str, numbered: NumberedRow, teams: Mapping[str, str]
) -> Record:
    """The row as it is for somebody with these rights."""
    number, row, source = numbered
    texts = row_texts(table, row)
    readers = readers_of(rights, unit, table, row, teams)
    return Record(
        number=number,
        texts=readable(texts, COLUMNS[table], readers),
        seal=seal_of(texts),
        may_change=may_keep(rights, unit, table, row, teams),
        source=source if Readers.MANAGERS in readers else None,
    )


def _heading(rights: Rights, unit: str, table: str, tables: Unit) -> Heading:
    teams = teams_by_officer(tables)
    rows = getattr(tables, table)
    count = sum(_is_listed(rights, unit, table, row, teams) for row in rows)
    may_add = rights.manages_whole(unit) or not RECORD_TABLES[table].is_of_whole_unit
    return Heading(RECORD_TABLES[table], count, may_add)


def _is_listed(rights: Rights, unit: str, table: str, row: Any, teams: Mapping[str, str]) -> bool:
    """Whether any column of the row is for them."""
    readers = readers_of(rights, unit, table, row, teams)
    return bool(readable(COLUMNS[table], COLUMNS[table], readers))


def _holds(record: Record, words: str, names: Mapping[str, str]) -> bool:
    """Whether each of the words stands in the record, the names of its officers or its dates."""
    texts = record.texts.values()
    told = " ".join((*texts, *(names.get(text, "") for text in texts))).casefold()
    return all(word in told for word in words.casefold().split())


def place_of(row: Any, today: date) -> tuple[bool, int]:
    """Where the row stands: those to come in their order, and after them the latest gone by.

    What has no date stays as it came; officers who have left come last.
    """
    if isinstance(row, Officer):
        left = row.leave_date
        return (True, -left.toordinal()) if left and left < today else (False, 0)
    first = getattr(row, "first", None) or getattr(row, "date", None)
    last = getattr(row, "last", None) or first
    if first is None or last is None:
        return False, 0
    return last < today, first.toordinal() if last >= today else -first.toordinal()


def _has_left(officer: Officer, today: date) -> bool:
    return officer.leave_date is not None and officer.leave_date < today


def _choices(
    act: Act, unit: str, table: str, tables: Unit
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for column in RECORD_TABLES[table].columns:
        if column.refers_to:
            yield column.name, tuple(_named(act, unit, column, tables))


def _named(act: Act, unit: str, column: Column, tables: Unit) -> Iterator[tuple[str, str]]:
    """What the column may name. Whom a row is about is an officer of theirs."""
    match column.refers_to:
        case "officers":
            by_name = sorted(tables.officers, key=lambda officer: officer.name.casefold())
            for officer in sorted(by_name, key=lambda officer: _has_left(officer, act.today)):
                if not column.required or act.rights.manages(unit, officer.team):
                    left = ", has left" if _has_left(officer, act.today) else ""
                    yield officer.staff_no, f"{officer}{left}"
        case "teams":
            yield from ((t.name, t.name) for t in tables.teams if act.rights.manages(unit, t.name))
        case "sites":
            is_office = column.name == "office"
            sites = (s.name for s in tables.sites if s.kind == OFFICE or not is_office)
            yield from ((name, name) for name in sites)


def names_in(tables: Unit) -> Mapping[str, str]:
    """The name of every officer by staff number."""
    return {officer.staff_no: officer.name for officer in tables.officers}
