"""The rota that a version told, as it was: who was to be where on each day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rota.domain import HOME, Period, PublishedSeat, Unit, group_by_day
from rota.services.access.act import Act
from rota.services.rotas import versions as version_services
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.rotas import versions
from rota.store.rotas.versions import Version
from rota.store.units import units


@dataclass(frozen=True, slots=True)
class OfficerSites:
    """An officer's sites by day, in words. The team is empty if nothing is known of them."""

    staff_no: str
    name: str
    team: str
    sites: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class VersionRota:
    """A version with everybody's days, by team and name, and the kinds of the sites it knows."""

    version: Version
    rows: tuple[OfficerSites, ...]
    kinds: Mapping[str, str]


def load_version_rota(database: Database, act: Act, *, unit: str, number: int) -> VersionRota:
    """The whole rota of a version, for all who see what is published.

    Of the version in force, those have no days from today on who have come to be away then.
    """
    act.rights.must_see(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        version = version_services.find_version(connection, stored_unit, number)
        if versions.is_in_force(connection, stored_unit.id, version):
            period, today = version.period, act.today
            seats = versions.list_seats_as_worked(connection, stored_unit.id, period, since=today)
        else:
            seats = versions.list_seats(connection, stored_unit.id, version)
        tables = units.load_around(connection, stored_unit.id, since=date.min)
    names = _name_officers(tables, version.period)
    rows = (
        OfficerSites(staff_no, name, team, sites)
        for staff_no, sites in _group_by_officer(seats)
        for team, name in (names.get(staff_no, ("", staff_no)),)
    )
    (version,) = version_services.hide_costs(act, unit, (version,))
    return VersionRota(
        version=version,
        rows=tuple(sorted(rows, key=lambda row: (row.team, row.name, row.staff_no))),
        kinds={
            HOME.name: HOME.kind,
            **{site.name: site.kind for site in tables.sites_ever.values()},
        },
    )


def _name_officers(tables: Unit, period: Period) -> Mapping[str, tuple[str, str]]:
    """The team when the period ends and the name of everybody who was there at some time of it."""
    of_period = tables.spread_officers(period.first, period.last).by_name
    officers = {**tables.officers_ever, **of_period}
    return {staff_no: (officer.team, officer.name) for staff_no, officer in officers.items()}


def _group_by_officer(seats: tuple[PublishedSeat, ...]) -> Iterator[tuple[str, Mapping[date, str]]]:
    sites: dict[str, dict[date, str]] = {}
    for (staff_no, day), of_day in group_by_day(seats).items():
        sites.setdefault(staff_no, {})[day] = of_day.sites
    yield from sites.items()
