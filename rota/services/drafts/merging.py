"""A draft brought together with what was published since it was begun, day by day.

Where the draft still has what its base published, the newer published seat stands. Where the draft
changed it, by hand or by its run, the draft's stands, and it is told if a version changed it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from rota.domain import OfficerDay, PublishedSeat
from rota.store.rotas import version_changes, versions
from rota.store.rotas.drafts import Draft
from rota.store.units.units import StoredUnit

SeatsByDay = Mapping[OfficerDay, PublishedSeat]
"""Seats by officer and date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSince:
    """What was published of a draft's period since the draft was begun.

    `number` is the version in force now, 0 if none is. If it is not the draft's base, `base` has
    what that published, and `changed_days` the days of officers that versions
    changed since, each with the last one.
    """

    number: int
    base: SeatsByDay = field(default_factory=dict)
    changed_days: Mapping[OfficerDay, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overlap:
    """A seat that the draft changed and that a version has changed too since.

    `before` is the site that the draft's base published, `published` the one that stands now; they
    are None where nothing was, or is, published.
    """

    staff_no: str
    date: date
    before: str | None
    published: str | None
    site: str
    version: int


def load_published_since(
    connection: Connection, unit: StoredUnit, draft: Draft, number: int
) -> PublishedSince:
    """What was published since the draft was begun, now that the version of this number stands."""
    if draft.base == number:
        return PublishedSince(number=number)
    base = versions.find(connection, unit.id, draft.base)
    if base is None:
        published = versions.list_seats_in_force(connection, unit.id, draft.period)
        return PublishedSince(
            number=number, changed_days=dict.fromkeys(index_seats(published), number)
        )
    return PublishedSince(
        number=number,
        base=index_seats(versions.list_seats(connection, unit.id, base)),
        changed_days=version_changes.find_changed_since(
            connection, unit.id, draft.period, draft.base
        ),
    )


def load_merged_seats(
    connection: Connection, unit: StoredUnit, draft: Draft, number: int
) -> tuple[PublishedSeat, ...]:
    """The seats of the draft, brought together with those of the version of this number."""
    since = load_published_since(connection, unit, draft, number)
    published = versions.list_seats_in_force(connection, unit.id, draft.period)
    return tuple(merge_seats(draft, since, published))


def merge_seats(
    draft: Draft, since: PublishedSince, published: Iterable[PublishedSeat]
) -> Iterator[PublishedSeat]:
    """The seats of the draft, and in place of those that it left as they were, the newer ones."""
    newer = index_seats(published)
    for seat in draft.seats:
        officer_day = seat.staff_no, seat.date
        is_as_before = since.base.get(officer_day) == seat and officer_day not in draft.moved_from
        yield newer.get(officer_day, seat) if is_as_before else seat


def find_overlaps(
    since: PublishedSince, published: SeatsByDay, seats: Iterable[PublishedSeat]
) -> Iterator[Overlap]:
    """The drafted seats that are not where a version has put their officers since."""
    for seat in seats:
        officer_day = seat.staff_no, seat.date
        version = since.changed_days.get(officer_day)
        before, published_site = (
            find_site(since.base, officer_day),
            find_site(published, officer_day),
        )
        if version is not None and published_site not in (before, seat.site):
            yield Overlap(*officer_day, before, published_site, seat.site, version)


def index_seats(seats: Iterable[PublishedSeat]) -> SeatsByDay:
    return {(seat.staff_no, seat.date): seat for seat in seats}


def find_site(seats: SeatsByDay, officer_day: OfficerDay) -> str | None:
    """The site of the seat there; None where there is none."""
    seat = seats.get(officer_day)
    return seat.site if seat else None
