"""Who may see and change which records of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from rota.domain import Readers, Unit
from rota.records import BY_NAME, OFFICERS, TABLES
from rota.records.differences import Difference
from rota.services.access.column_rights import readers_in
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


def officers_of(table: str, row: Any) -> tuple[str, ...]:
    """The staff numbers of the officers that the row is about; none for one about the unit."""
    return tuple(getattr(row, attribute) for attribute in _ABOUT[table])


def is_about_officers(table: str) -> bool:
    return bool(_ABOUT[table])


def teams_by_officer(unit: Unit) -> Mapping[str, str]:
    """The name of each officer's team."""
    return {officer.staff_no: officer.team for officer in unit.officers}


def must_begin(rights: Rights, unit: str, table: str) -> None:
    """Raise Forbidden if no row of the table is theirs to change."""
    if BY_NAME[table].is_of_whole_unit:
        rights.must_manage_whole(unit)
    else:
        rights.must_manage(unit)


def must_keep(
    rights: Rights, unit: str, told: Iterable[Difference], *, before: Unit, after: Unit
) -> None:
    """Raise Forbidden if a row is about an officer who is in no team of theirs, before or after."""
    if rights.manages_whole(unit):
        return
    was, now = teams_by_officer(before), teams_by_officer(after)
    for its in told:
        changed = tuple(zip(*its.changed, strict=True)) or ((), ())
        for team in _teams(its.table, (*its.removed, *changed[0]), was):
            _must_manage(rights, unit, team)
        for team in _teams(its.table, (*its.added, *changed[1]), now):
            _must_manage(rights, unit, team)


def readers_of(
    rights: Rights, unit: str, table: str, row: Any, teams: Mapping[str, str]
) -> Set[Readers]:
    """As whom they read the row: as managers, if it is about the unit or one of their officers."""
    return readers_in(rights, unit, (teams.get(who) for who in officers_of(table, row)))


def may_keep(rights: Rights, unit: str, table: str, row: Any, teams: Mapping[str, str]) -> bool:
    """Whether they may change the row as it stands."""
    if BY_NAME[table].is_of_whole_unit:
        return rights.manages_whole(unit)
    return all(_manages(rights, unit, teams.get(who)) for who in officers_of(table, row))


def _teams(table: str, rows: Iterable[Any], teams: Mapping[str, str]) -> Iterator[str | None]:
    return (teams.get(staff_no) for row in rows for staff_no in officers_of(table, row))


def _manages(rights: Rights, unit: str, team: str | None) -> bool:
    return rights.manages_whole(unit) if team is None else rights.manages(unit, team)


def _must_manage(rights: Rights, unit: str, team: str | None) -> None:
    """An officer whom nobody knows is in no team."""
    if team is None:
        rights.must_manage_whole(unit)
    else:
        rights.must_manage(unit, team)
