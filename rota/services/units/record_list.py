"""The records of a unit, table by table, as those see them who may change them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.domain import Officer, Readers, Unit
from rota.errors import NotFound
from rota.records import RECORD_TABLES, Table
from rota.records.naming import name_of
from rota.records.row_dates import find_first_and_last
from rota.records.terms_in_turn import TermsInTurn, list_terms_in_turn
from rota.records.timeline import Timeline, read_timelines
from rota.services.access.act import Act
from rota.services.access.column_rights import COLUMNS, keep_readable
from rota.services.access.record_rights import (
    find_readers_of_row,
    may_change_row,
    read_teams_by_officer,
)
from rota.services.access.rights import Rights
from rota.services.access.secrets import compute_seal
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.units import records, units
from rota.store.units.records import NumberedRow
from rota.store.units.sources import RowSource
from rota.writing import row_texts

ON_A_PAGE = 50
"""Records on a page of a list."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row: its number, the text of each column, and a seal that changes when a text does.

    Columns that the reader may not see are left out, and then the source is too. `terms` are all
    that it has in turn, if it has had or will have others.
    """

    number: int
    texts: Mapping[str, str]
    seal: str
    may_change: bool
    source: RowSource | None = None
    terms: tuple[RecordTerms, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordTerms:
    """Terms of a record: the days on which they hold, and the texts of what differs from others.

    Without a first day they held ever since, without a last day they have no end yet.
    """

    first: date | None
    last: date | None
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """A table, how many of its records the reader may see, and whether they may add to it."""

    table: Table
    count: int
    may_add: bool


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A page of the records of a table; `matches` is how many hold the words looked for.

    `names` are those of all officers by staff number.
    """

    heading: Heading
    records: tuple[Record, ...]
    matches: int
    page: int
    pages: int
    names: Mapping[str, str]


def list_headings(database: Database, act: Act, *, unit: str) -> tuple[Heading, ...]:
    """Every table of the unit."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        tables = units.load(connection, find_unit(connection, unit).id)
    return tuple(_build_heading(act, unit, table, tables) for table in RECORD_TABLES)


def list_records(
    database: Database, act: Act, *, unit: str, table: str, words: str = "", page: int = 1
) -> RecordPage:
    """A page of the records that hold all of the words; what is to come is first.

    Raises NotFound for a table that there is not.
    """
    act.rights.must_manage(unit)
    refuse_unknown_table(table)
    with database.reading() as connection:
        unit_id = find_unit(connection, unit).id
        tables = units.load(connection, unit_id)
        rows = records.load(connection, unit_id, table)
    names, teams = name_officers(tables), read_teams_by_officer(tables, act.today)
    matches = [
        numbered
        for numbered in rows
        if _is_readable_row(act.rights, unit, table, numbered.row, teams)
        and _has_words(show_record(act.rights, unit, table, numbered, teams), words, names)
    ]
    matches.sort(key=lambda numbered: find_sort_key(numbered.row, act.today))
    pages = max(-(-len(matches) // ON_A_PAGE), 1)
    page = min(max(page, 1), pages)
    on_page = matches[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    timelines = read_all_timelines(tables, table)
    return RecordPage(
        heading=_build_heading(act, unit, table, tables),
        records=tuple(
            show_with_terms(act.rights, unit, table, row, teams, timelines) for row in on_page
        ),
        matches=len(matches),
        page=page,
        pages=pages,
        names=names,
    )


def refuse_unknown_table(table: str) -> None:
    """Raise NotFound if there is no such table."""
    if table not in RECORD_TABLES:
        raise NotFound(f"There are no records called {table}.")


def find_row(connection: Connection, unit_id: int, table: str, number: int) -> NumberedRow:
    """The row of that number. Raises NotFound if it is not there."""
    row = records.find(connection, unit_id, table, number)
    if row is None:
        raise NotFound("This record is not there any more. Perhaps somebody removed it.")
    return row


def show_record(
    rights: Rights, unit: str, table: str, numbered: NumberedRow, teams: Mapping[str, str]
) -> Record:
    """The row as it is for somebody with these rights."""
    number, row, source = numbered
    texts = row_texts(table, row)
    readers = find_readers_of_row(rights, unit, table, row, teams)
    return Record(
        number=number,
        texts=keep_readable(texts, COLUMNS[table], readers),
        seal=compute_seal(texts),
        may_change=may_change_row(rights, unit, table, row, teams),
        source=source if Readers.MANAGERS in readers else None,
    )


def read_all_timelines(tables: Unit, table: str) -> Mapping[str, Timeline]:
    """The terms of every row of the table by its name; none if its rows have no terms."""
    return read_timelines(tables, table) if RECORD_TABLES[table].has_terms else {}


def show_with_terms(
    rights: Rights,
    unit: str,
    table: str,
    numbered: NumberedRow,
    teams: Mapping[str, str],
    timelines: Mapping[str, Timeline],
) -> Record:
    """The row with its earlier and later terms, as it is for somebody with these rights."""
    record = show_record(rights, unit, table, numbered, teams)
    if not timelines:
        return record
    readers = find_readers_of_row(rights, unit, table, numbered.row, teams)
    in_turn = list_terms_in_turn(table, timelines[name_of(table, numbered.row)])
    every = (_show_terms(table, terms, readers) for terms in in_turn)
    return replace(record, terms=tuple(terms for terms in every if terms.texts))


def _show_terms(table: str, terms: TermsInTurn, readers: Set[Readers]) -> RecordTerms:
    texts = row_texts(table, terms.row)
    differing = {name: texts[name] for name in terms.columns}
    return RecordTerms(terms.first, terms.last, keep_readable(differing, COLUMNS[table], readers))


def _build_heading(act: Act, unit: str, table: str, tables: Unit) -> Heading:
    rights, teams = act.rights, read_teams_by_officer(tables, act.today)
    rows = getattr(tables, table)
    count = sum(_is_readable_row(rights, unit, table, row, teams) for row in rows)
    may_add = rights.manages_whole(unit) or not RECORD_TABLES[table].is_of_whole_unit
    return Heading(RECORD_TABLES[table], count, may_add)


def _is_readable_row(
    rights: Rights, unit: str, table: str, row: Any, teams: Mapping[str, str]
) -> bool:
    """Whether any column of the row is for them."""
    readers = find_readers_of_row(rights, unit, table, row, teams)
    return bool(keep_readable(COLUMNS[table], COLUMNS[table], readers))


def _has_words(record: Record, words: str, names: Mapping[str, str]) -> bool:
    """Whether each of the words stands in the record, the names of its officers or its dates."""
    texts = record.texts.values()
    text = " ".join((*texts, *(names.get(text, "") for text in texts))).casefold()
    return all(word in text for word in words.casefold().split())


def find_sort_key(row: Any, today: date) -> tuple[bool, int]:
    """The key by which rows are sorted: those to come by date, then past ones, the latest first.

    Rows without a date stand first in their order; officers who have left come last.
    """
    if isinstance(row, Officer):
        last_day = row.leave_date
        return (True, -last_day.toordinal()) if last_day and last_day < today else (False, 0)
    first, last = find_first_and_last(row)
    if last is not None and last < today:
        return True, -(first or last).toordinal()
    return False, first.toordinal() if first else 0


def name_officers(tables: Unit) -> Mapping[str, str]:
    """The name of every officer by staff number."""
    return {officer.staff_no: officer.name for officer in tables.officers}
