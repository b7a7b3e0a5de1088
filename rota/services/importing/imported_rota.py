"""The rota that comes with imported files: what of it is published, and what stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.checker import Finding
from rota.domain import (
    HOME,
    OfficerDay,
    PastSeat,
    Period,
    Policy,
    PublishedSeat,
    SeatsByDay,
    Unit,
    Week,
    find_sites,
    flatten_days,
    group_by_day,
)
from rota.records.history_change import HistoryChange
from rota.services.access.act import Act
from rota.services.importing.import_reliance import Shrinking
from rota.services.publishing.notices import tell_officers
from rota.services.publishing.publication import IMPORTED, Publication
from rota.services.publishing.publish import publish_rota
from rota.services.units.planning_problem import build_published_problem
from rota.store.rotas import versions
from rota.store.units import history, units
from rota.store.units.units import StoredUnit


@dataclass(frozen=True, slots=True)
class ImportedRota:
    """The seats that an import publishes anew, those that it takes back, and those that stay.

    `since` has the officer days that are other than in the files because somebody, or a night,
    changed them since the last import. `breaches` is what of the first levels is broken more.
    """

    published_anew: tuple[PublishedSeat, ...] = ()
    taken_back: tuple[PublishedSeat, ...] = ()
    since: tuple[OfficerDay, ...] = ()
    breaches: tuple[Finding, ...] = ()
    shrinking: tuple[Shrinking, ...] = ()
    """That a large part of the published seats would go, and no others come instead."""


def publish_files(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    tables: Unit,
    *,
    last: SeatsByDay,
    over_records: bool,
    is_acknowledged: bool,
) -> ImportedRota:
    """Publish the seats of the files, period by period, where they say something new.

    `last` has the days in the last files. What was published otherwise since stays, unless
    it is to be undone. Those are told whose days change; what is published for the first time they
    know already.
    """
    if not tables.published:
        return ImportedRota()
    in_force = versions.list_in_force(connection, unit.id)
    periods = [version.period for version in in_force]
    seats = load_published_seats(connection, unit)
    published = group_by_day(seats)
    after = _compute_days_after(seats, tables, periods, act.today)
    since = _find_changed_since(published, after, last, act.today)
    stays = frozenset() if over_records else since
    officer_days = [
        key
        for key in published.keys() | after.keys()
        if key not in stays and published.get(key) != after.get(key)
    ]
    breaches: list[Finding] = []
    for period, days_of_period in _group_by_period(officer_days, periods, unit.policy):
        publication = Publication(
            cause=IMPORTED,
            problem=build_published_problem(connection, unit, period, act.today),
            put={key: after.get(key) for key in days_of_period},
            planned_revision=unit.revision,
            is_acknowledged=is_acknowledged,
            why={},
        )
        breaches += _publish(connection, act, unit, publication)
    seats_before = flatten_days(published.get(key) for key in officer_days)
    seats_after = flatten_days(after.get(key) for key in officer_days)
    days_taken_back = [key for key in officer_days if key in published and key not in after]
    seats_to_come = sum(day > act.today for _, day in published)
    shrinking = Shrinking("rota", len(days_taken_back), seats_to_come)
    return ImportedRota(
        shrinking=(shrinking,) if shrinking.is_large else (),
        published_anew=tuple(sorted(set(seats_after).difference(seats_before))),
        taken_back=tuple(sorted(set(seats_before).difference(seats_after))),
        since=tuple(sorted(since)),
        breaches=tuple(breaches),
    )


def _publish(
    connection: Connection, act: Act, unit: StoredUnit, publication: Publication
) -> Sequence[Finding]:
    """Publish the seats of one period, tell whom it concerns, and return what they break more."""
    version = publish_rota(connection, act, unit, publication)
    if publication.changes:
        tell_officers(connection, act, unit, version, [publication])
    return publication.added_breaches


def keep_history(
    connection: Connection, unit: StoredUnit, seats: tuple[PastSeat, ...]
) -> HistoryChange:
    """Have these seats of earlier rotas in place of those before, unless there are none."""
    change = HistoryChange.between(history.load(connection, unit.id), seats)
    if change:
        history.replace_all(connection, unit.id, seats)
        units.raise_revision(connection, unit.id)
    return change


def load_published_seats(connection: Connection, unit: StoredUnit) -> tuple[PublishedSeat, ...]:
    """Every seat that is in force in the unit."""
    periods = (version.period for version in versions.list_in_force(connection, unit.id))
    return tuple(s for p in periods for s in versions.list_seats_in_force(connection, unit.id, p))


def keep_exportable_seats(
    tables: Unit, seats: Iterable[PublishedSeat]
) -> tuple[PublishedSeat, ...]:
    """The seats of days of which the tables know the officer and every site."""
    officers, sites = _list_known(tables)
    days = group_by_day(seats).values()
    return flatten_days(
        of_day
        for of_day in days
        if of_day.staff_no in officers and sites.issuperset(of_day.sites_used)
    )


def keep_exportable_history(
    tables: Unit, seats: Iterable[PastSeat], policy: Policy
) -> tuple[PastSeat, ...]:
    """The seats before the period of the policy of which the tables know officer and site."""
    officers, sites = _list_known(tables)
    return tuple(
        seat
        for seat in seats
        if seat.date < policy.start and seat.staff_no in officers and seat.site in sites
    )


def _list_known(tables: Unit) -> tuple[frozenset[str], frozenset[str]]:
    """The staff numbers and the names of sites that the tables know."""
    officers = (officer.staff_no for officer in tables.officers)
    return frozenset(officers), frozenset((HOME.name, *(site.name for site in tables.sites)))


def _compute_days_after(
    published_seats: Sequence[PublishedSeat], tables: Unit, periods: Sequence[Period], today: date
) -> SeatsByDay:
    """What is published if the rota of the files is taken over whole.

    What was published up to today stays, whatever they say. Days that no file can hold stay too,
    unless the files have something else for that officer and date.
    """
    history = [seat for seat in published_seats if seat.date <= today]
    in_files = [
        seat
        for seat in tables.published
        if seat.date > today or not any(seat.date in period for period in periods)
    ]
    exportable = group_by_day(keep_exportable_seats(tables, published_seats))
    days = group_by_day(published_seats)
    in_no_file = {day: of_day for day, of_day in days.items() if day not in exportable}
    return {**in_no_file, **group_by_day(in_files), **group_by_day(history)}


def _find_changed_since(
    published: SeatsByDay, after: SeatsByDay, last: SeatsByDay, today: date
) -> Set[OfficerDay]:
    """The officer days after today that differ from the last files, and from these.

    While no files had a rota, those are all that are published otherwise than these files say.
    """
    last_days = last or {key: of_day for key, of_day in after.items() if key in published}
    return {
        key
        for key in published.keys() | after.keys()
        if key[1] > today
        and find_sites(published, key) not in (find_sites(last_days, key), find_sites(after, key))
    }


def _group_by_period(
    officer_days: Iterable[OfficerDay], published: Sequence[Period], policy: Policy
) -> Iterator[tuple[Period, list[OfficerDay]]]:
    """The officer days by the periods that they are published in, by date."""
    periods: dict[Period, list[OfficerDay]] = {}
    for officer_day in sorted(officer_days):
        periods.setdefault(_find_period(officer_day[1], published, policy), []).append(officer_day)
    yield from sorted(periods.items(), key=lambda item: item[0].first)


def _find_period(day: date, published: Iterable[Period], policy: Policy) -> Period:
    """The published period that holds the day, or the one of the policy's length around it."""
    for period in published:
        if day in period:
            return period
    weeks = policy.weeks
    since = (Week.of(day).monday - policy.start).days // 7
    return Period(policy.start + timedelta(weeks=since // weeks * weeks), weeks)
