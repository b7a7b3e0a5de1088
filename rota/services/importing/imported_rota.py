"""The rota that comes with imported files: what of it is published, and what stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.checker import Finding
from rota.domain import HOME, OfficerDay, Period, Policy, PublishedSeat, Unit, Week
from rota.services.access.act import Act
from rota.services.drafts.merging import find_site, index_seats
from rota.services.importing.import_reliance import Shrinking
from rota.services.publishing.notices import tell_officers
from rota.services.publishing.publication import IMPORTED, Publication
from rota.services.publishing.publish import publish_rota
from rota.services.units.planning_problem import published_problem
from rota.store.rotas import versions
from rota.store.units.units import StoredUnit

Seats = Mapping[OfficerDay, PublishedSeat]
"""Seats by officer and date."""


@dataclass(frozen=True, slots=True)
class ImportedRota:
    """The seats that an import publishes anew, those that it takes back, and those that stay.

    `since` has the places that are other than in the files because somebody, or a night, changed
    them since the last import. `breaches` is what of the first levels is broken more.
    """

    added: tuple[PublishedSeat, ...] = ()
    removed: tuple[PublishedSeat, ...] = ()
    since: tuple[OfficerDay, ...] = ()
    breaches: tuple[Finding, ...] = ()
    shrinking: tuple[Shrinking, ...] = ()
    """That a large part of the published seats would go, and no others come in their places."""


def publish_files(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    tables: Unit,
    *,
    last: Mapping[OfficerDay, str],
    over_records: bool,
    is_acknowledged: bool,
) -> ImportedRota:
    """Publish the seats of the files, period by period, where they say something new.

    `last` has the sites that the last files told. What was published otherwise since stays, unless
    it is to be undone. Those are told whose days change; what is published for the first time they
    know already.
    """
    if not tables.published:
        return ImportedRota()
    in_force = versions.list_in_force(connection, unit.id)
    periods = [version.period for version in in_force]
    was = index_seats(published_seats(connection, unit))
    wanted = _seats_after(was, tables, periods, act.today)
    since = _changed_since(was, wanted, last, act.today)
    stays = frozenset() if over_records else since
    places = [
        p for p in was.keys() | wanted.keys() if p not in stays and was.get(p) != wanted.get(p)
    ]
    breaches: list[Finding] = []
    for period, put in _by_period(places, periods, unit.policy):
        publication = Publication(
            cause=IMPORTED,
            problem=published_problem(connection, unit, period, act.today),
            put={place: wanted.get(place) for place in put},
            planned_revision=unit.revision,
            is_acknowledged=is_acknowledged,
            why={},
        )
        breaches += _publish(connection, act, unit, publication)
    gone = [place for place in places if place in was and place not in wanted]
    shrinking = Shrinking("rota", len(gone), sum(day > act.today for _, day in was))
    return ImportedRota(
        shrinking=(shrinking,) if shrinking.is_large else (),
        added=tuple(sorted(wanted[place] for place in places if place in wanted)),
        removed=tuple(sorted(was[place] for place in places if place in was)),
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


def published_seats(connection: Connection, unit: StoredUnit) -> tuple[PublishedSeat, ...]:
    """Every seat that is in force in the unit."""
    periods = (version.period for version in versions.list_in_force(connection, unit.id))
    return tuple(s for p in periods for s in versions.list_seats_in_force(connection, unit.id, p))


def tellable_seats(tables: Unit, seats: Iterable[PublishedSeat]) -> tuple[PublishedSeat, ...]:
    """The seats whose officer and site the tables know."""
    officers = {officer.staff_no for officer in tables.officers}
    sites = {HOME.name, *(site.name for site in tables.sites)}
    return tuple(seat for seat in seats if seat.staff_no in officers and seat.site in sites)


def _seats_after(was: Seats, tables: Unit, published: Sequence[Period], today: date) -> Seats:
    """What is published if all that the files say is taken in.

    What was published up to today stays, whatever they say. Seats that no file can tell stay too,
    unless the files have another for that officer and date.
    """
    history = [seat for seat in was.values() if seat.date <= today]
    in_files = [
        seat
        for seat in tables.published
        if seat.date > today or not any(seat.date in period for period in published)
    ]
    untold = set(was.values()) - {*tellable_seats(tables, was.values())}
    return {**index_seats(untold), **index_seats(in_files), **index_seats(history)}


def _changed_since(
    was: Seats, wanted: Seats, last: Mapping[OfficerDay, str], today: date
) -> Set[OfficerDay]:
    """The places after today that are other now than files told last, and than these files say.

    While no files told a rota, that is all that is published otherwise than they say.
    """
    told_last = last or {place: seat.site for place, seat in wanted.items() if place in was}
    return {
        place
        for place in was.keys() | wanted.keys()
        if place[1] > today
        and find_site(was, place) not in (told_last.get(place), find_site(wanted, place))
    }


def _by_period(
    places: Iterable[OfficerDay], published: Sequence[Period], policy: Policy
) -> Iterator[tuple[Period, list[OfficerDay]]]:
    """The places by the periods that they are published in, by date."""
    periods: dict[Period, list[OfficerDay]] = {}
    for place in sorted(places):
        periods.setdefault(_period_of(place[1], published, policy), []).append(place)
    yield from sorted(periods.items(), key=lambda item: item[0].first)


def _period_of(day: date, published: Iterable[Period], policy: Policy) -> Period:
    """The published period that holds the day, or the one of the policy's length around it."""
    for period in published:
        if day in period:
            return period
    weeks = policy.weeks
    since = (Week.of(day).monday - policy.start).days // 7
    return Period(policy.start + timedelta(weeks=since // weeks * weeks), weeks)
