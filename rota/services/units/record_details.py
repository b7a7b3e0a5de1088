"""One record: opened to be changed, or shown with all that is recorded about an officer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from rota.domain import OFFICE, Officer, Unit
from rota.records import RECORD_TABLES, Column, Table
from rota.records.terms_in_turn import find_usual_first_day
from rota.records.timeline import begin_on
from rota.services.access.act import Act
from rota.services.access.record_rights import (
    is_about_officers,
    must_change_table,
    read_staff_numbers,
    read_teams_by_officer,
)
from rota.services.units.lookup import find_unit
from rota.services.units.record_list import (
    Record,
    find_row,
    find_sort_key,
    name_officers,
    read_all_timelines,
    refuse_unknown_table,
    show_record,
    show_with_terms,
)
from rota.store.databases.database import Database
from rota.store.units import records, units
from rota.store.units.records import NumberedRow


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record to be changed, or none to add one, with what columns may name, in words.

    Where it has terms, its texts are those that hold from tomorrow, or from an officer's start; its
    seal is that of the record as it is.
    `choices` has values and their words for each column that names rows of other tables; `names`
    are those of all officers by staff number.
    """

    table: Table
    record: Record | None
    choices: Mapping[str, tuple[tuple[str, str], ...]]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfficerRecords:
    """An officer, with the records of other tables about them, if the officer is of their teams.

    `names` are those of all officers by staff number.
    """

    officer: Record
    about: Mapping[str, tuple[Record, ...]]
    names: Mapping[str, str]


def open_record(
    database: Database, act: Act, *, unit: str, table: str, number: int | None = None
) -> OpenRecord:
    """The record of that number, or a blank one where none is given.

    Raises NotFound if it is not there, Forbidden if it is not theirs to change.
    """
    refuse_unknown_table(table)
    must_change_table(act.rights, unit, table)
    with database.reading() as connection:
        unit_id = find_unit(connection, unit).id
        tables = units.load_staff_with_terms(connection, unit_id)
        row = None if number is None else find_row(connection, unit_id, table, number)
    record = None
    if row is not None:
        teams = read_teams_by_officer(tables, act.today)
        record = _show_from_usual_day(act, unit, table, row, teams, tables)
        for staff_no in () if record.may_change else read_staff_numbers(table, row.row):
            act.rights.must_manage(unit, teams.get(staff_no))
    choices = dict(_list_choices(act, unit, table, tables))
    return OpenRecord(RECORD_TABLES[table], record, choices, name_officers(tables))


def find_officer_records(database: Database, act: Act, *, unit: str, number: int) -> OfficerRecords:
    """The officer whose row has that number. Raises NotFound if there is none."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        unit_id = find_unit(connection, unit).id
        tables = units.load_staff_with_terms(connection, unit_id)
        officer = find_row(connection, unit_id, "officers", number)
        teams = read_teams_by_officer(tables, act.today)
        timelines = read_all_timelines(tables, "officers")
        record = show_with_terms(act.rights, unit, "officers", officer, teams, timelines)
        about = {
            table: _list_about(connection, unit_id, act, unit, table, officer.row.staff_no, teams)
            for table in RECORD_TABLES
            if record.may_change and table != "officers" and is_about_officers(table)
        }
    return OfficerRecords(record, about, name_officers(tables))


def _show_from_usual_day(
    act: Act, unit: str, table: str, row: NumberedRow, teams: Mapping[str, str], tables: Unit
) -> Record:
    timelines = read_all_timelines(tables, table)
    record = show_with_terms(act.rights, unit, table, row, teams, timelines)
    if not timelines:
        return record
    first = find_usual_first_day(row.row, act.tomorrow)
    then = row._replace(row=begin_on(row.row, first))
    texts = show_record(act.rights, unit, table, then, teams).texts
    return replace(record, texts=texts)


def _list_about(
    connection: Connection,
    unit_id: int,
    act: Act,
    unit: str,
    table: str,
    staff_no: str,
    teams: Mapping[str, str],
) -> tuple[Record, ...]:
    every_row = records.load(connection, unit_id, table)
    rows = [
        numbered for numbered in every_row if staff_no in read_staff_numbers(table, numbered.row)
    ]
    rows.sort(key=lambda numbered: find_sort_key(numbered.row, act.today))
    return tuple(show_record(act.rights, unit, table, row, teams) for row in rows)


def _list_choices(
    act: Act, unit: str, table: str, tables: Unit
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for column in RECORD_TABLES[table].columns:
        if column.refers_to:
            yield column.name, tuple(_name_list_choices(act, unit, column, tables))


def _name_list_choices(
    act: Act, unit: str, column: Column, tables: Unit
) -> Iterator[tuple[str, str]]:
    """What the column may name. A row can only be about an officer whom they manage."""
    match column.refers_to:
        case "officers":
            by_name = sorted(tables.officers, key=lambda officer: officer.name.casefold())
            for officer in sorted(by_name, key=lambda officer: _has_left(officer, act.today)):
                if not column.required or act.rights.manages(unit, officer.team):
                    note = ", has left" if _has_left(officer, act.today) else ""
                    yield officer.staff_no, f"{officer}{note}"
        case "teams":
            yield from ((t.name, t.name) for t in tables.teams if act.rights.manages(unit, t.name))
        case "sites":
            is_office = column.name == "office"
            sites = (s.name for s in tables.sites if s.kind == OFFICE or not is_office)
            yield from ((name, name) for name in sites)


def _has_left(officer: Officer, today: date) -> bool:
    return officer.leave_date is not None and officer.leave_date < today
