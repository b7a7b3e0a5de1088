"""All that is recorded about one officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from rota.records import RECORD_TABLES
from rota.services.access.act import Act
from rota.services.access.record_rights import is_about_officers, officers_of, teams_by_officer
from rota.services.units.lookup import unit_named
from rota.services.units.record_list import Record, found, names_in, place_of, seen
from rota.store.databases.database import Database
from rota.store.units import records, units


@dataclass(frozen=True, slots=True)
class Dossier:
    """An officer, with the records of other tables about them, if the officer is of their teams."""

    officer: Record
    about: Mapping[str, tuple[Record, ...]]
    names: Mapping[str, str]


def dossier(database: Database, act: Act, *, unit: str, number: int) -> Dossier:
    """The officer whose row has that number. Raises NotFound if there is none."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        unit_id = unit_named(connection, unit).id
        tables = units.load_staff(connection, unit_id)
        officer = found(connection, unit_id, "officers", number)
        teams = teams_by_officer(tables)
        record = seen(act.rights, unit, "officers", officer, teams)
        about = {
            table: _about(connection, unit_id, act, unit, table, officer.row.staff_no, teams)
            for table in RECORD_TABLES
            if record.may_change and table != "officers" and is_about_officers(table)
        }
    return Dossier(record, about, names_in(tables))


def _about(
    connection: Connection,
    unit_id: int,
    act: Act,
    unit: str,
    table: str,
    staff_no: str,
    teams: Mapping[str, str],
) -> tuple[Record, ...]:
    rows = records.load(connection, unit_id, table)
    mine = [its for its in rows if staff_no in officers_of(table, its.row)]
    mine.sort(key=lambda its: place_of(its.row, act.today))
    return tuple(seen(act.rights, unit, table, its, teams) for its in mine)
