"""A draft brought together with what was published since it was begun, day by day.

Where the draft still has what its base published, the newer published seat stands. Where the draft
changed it, by hand or by its run, the draft's stands, and it is told if a version changed it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from rota.domain import (
    OfficerDay,
    PublishedSeat,
    SeatsByDay,
    SeatsOfDay,
    find_sites,
    flatten_days,
    group_by_day,
)
from rota.store.rotas import version_changes, versions
from rota.store.rotas.drafts import Draft
from rota.store.units.units import StoredUnit


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
    """A day that the draft changed and that a version has changed too since.

    `before` has the sites that the draft's base published, `published` those that stand now; they
    are None where nothing was, or is, published.
    """

    staff_no: str
    date: date
    before: str | None
    published: str | None
    sites: str
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
            number=number, changed_days=dict.fromkeys(group_by_day(published), number)
        )
    return PublishedSince(
        number=number,
        base=group_by_day(versions.list_seats(connection, unit.id, base)),
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
    return flatten_days(merge_days(draft, since, published))


def merge_days(
    draft: Draft, since: PublishedSince, published: Iterable[PublishedSeat]
) -> Iterator[SeatsOfDay]:
    """The days of the draft, and in place of those that it left as they were, the newer ones.

    Where neither the draft nor its base had a seat, as on an extra day, a newer one stands too.
    """
    newer, of_draft = group_by_day(published), group_by_day(draft.seats)
    for officer_day, of_day in newer.items():
        had_none = officer_day not in of_draft and officer_day not in since.base
        if had_none and officer_day in since.changed_days:
            yield of_day
    for officer_day, of_day in of_draft.items():
        is_as_before = since.base.get(officer_day) == of_day and officer_day not in draft.moved_from
        yield newer.get(officer_day, of_day) if is_as_before else of_day


def find_overlaps(
    since: PublishedSince, published: SeatsByDay, days: Iterable[SeatsOfDay]
) -> Iterator[Overlap]:
    """The drafted days that are not as a version has put their officers since."""
    for of_day in days:
        officer_day = of_day.officer_day
        version = since.changed_days.get(officer_day)
        before, published_sites = (
            find_sites(since.base, officer_day),
            find_sites(published, officer_day),
        )
        if version is not None and published_sites not in (before, of_day.sites):
            yield Overlap(*officer_day, before, published_sites, of_day.sites, version)
