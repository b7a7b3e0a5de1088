"""Who may see and change which records of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from typing import Any

from rota.domain import Readers, Unit
from rota.records import BY_NAME, OFFICERS, TABLES
from rota.records.differences import Difference
from rota.services.access.column_rights import find_readers
from rota.services.access.rights import Rights

_ABOUT: Mapping[str, tuple[str, ...]] = {
    table.name: tuple(
        column.attribute
        for column in table.columns
        if column.is_about and column.refers_to == OFFICERS
    )
    for table in TABLES
} | {OFFICERS: (BY_NAME[OFFICERS].name_column.attribute,)}
"""The attributes that say about which officers a row is."""


def read_staff_numbers(table: str, row: Any) -> tuple[str, ...]:
    """The staff numbers of the officers that the row is about; none for one about the unit."""
    return tuple(getattr(row, attribute) for attribute in _ABOUT[table])


def is_about_officers(table: str) -> bool:
    return bool(_ABOUT[table])


def read_teams_by_officer(unit: Unit, day: date) -> Mapping[str, str]:
    """The name of each officer's team on the day: rights follow it, whatever is to come."""
    terms = unit.spread_officers(day, day)
    return {staff_no: terms.find_on(staff_no, day).team for staff_no in terms.by_name}


def must_change_table(rights: Rights, unit: str, table: str) -> None:
    """Raise Forbidden if no row of the table is theirs to change."""
    if BY_NAME[table].is_of_whole_unit:
        rights.must_manage_whole(unit)
    else:
        rights.must_manage(unit)


def must_change_rows(
    rights: Rights,
    unit: str,
    differences: Iterable[Difference],
    *,
    before: Unit,
    after: Unit,
    today: date,
) -> None:
    """Raise Forbidden if a row is about an officer who is in no team of theirs, before or after.

    The team is that of today; whoever sends an officer to another has to manage that too.
    """
    if rights.manages_whole(unit):
        return
    teams_before = read_teams_by_officer(before, today)
    teams_after = read_teams_by_officer(after, today)
    for difference in differences:
        old_rows = (*difference.removed_rows, *(row for row, _ in difference.changed_rows))
        for team in _list_teams(difference.table, old_rows, teams_before):
            _must_manage(rights, unit, team)
        new_rows = (*difference.added_rows, *(row for _, row in difference.changed_rows))
        for team in _list_teams(difference.table, new_rows, teams_after):
            _must_manage(rights, unit, team)
        for old, new in difference.changed_rows if difference.table == OFFICERS else ():
            if new.team != old.team:
                _must_manage(rights, unit, new.team)


def find_readers_of_row(
    rights: Rights, unit: str, table: str, row: Any, teams: Mapping[str, str]
) -> Set[Readers]:
    """As which readers they see the row: as managers, if it is about the unit or their officers."""
    staff_numbers = read_staff_numbers(table, row)
    return find_readers(rights, unit, (teams.get(staff_no) for staff_no in staff_numbers))


def may_change_row(
    rights: Rights, unit: str, table: str, row: Any, teams: Mapping[str, str]
) -> bool:
    """Whether they may change the row as it stands."""
    if BY_NAME[table].is_of_whole_unit:
        return rights.manages_whole(unit)
    staff_numbers = read_staff_numbers(table, row)
    return all(_manages(rights, unit, teams.get(staff_no)) for staff_no in staff_numbers)


def _list_teams(table: str, rows: Iterable[Any], teams: Mapping[str, str]) -> Iterator[str | None]:
    return (teams.get(staff_no) for row in rows for staff_no in read_staff_numbers(table, row))


def _manages(rights: Rights, unit: str, team: str | None) -> bool:
    return rights.manages_whole(unit) if team is None else rights.manages(unit, team)


def _must_manage(rights: Rights, unit: str, team: str | None) -> None:
    """Raise Forbidden unless they manage the team; without a team, the whole unit."""
    if team is None:
        rights.must_manage_whole(unit)
    else:
        rights.must_manage(unit, team)
