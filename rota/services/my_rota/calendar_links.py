"""An officer's published seats as a calendar, behind a secret address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from rota.domain import HOME, in_words
from rota.errors import NotFound, RotaError
from rota.moments import find_start_of_day
from rota.services.access.act import Act
from rota.services.access.secrets import digest_of, new_secret
from rota.store.accounts import calendar_links
from rota.store.databases.database import Database
from rota.store.rotas import versions
from rota.store.rotas.versions import TimedSeat
from rota.store.units import renamings, units
from rota.store.upkeep import audit
from rota.writing.calendar_feed import CalendarEntry, build_calendar_feed

PAST, COMING = timedelta(weeks=4), timedelta(weeks=12)
"""How much of the rota is in the calendar, before and after today."""

CANCELLED_FOR = timedelta(days=14)
"""So long a day that was taken back is shown as cancelled.

Programs that keep copies of events learn by it that the day is gone. Then it is left out, since
most of them list it for as long as it is there.
"""

PATH = "/calendar/{secret}.ics"
"""Where the pages give out calendars."""


def make_link(database: Database, act: Act, *, staff_no: str, unit: str | None = None) -> str:
    """A new secret, which is not kept and cannot be shown again; earlier ones stay good."""
    secret = new_secret()
    with database.writing() as connection:
        unit_id = _unit_of(connection, act, staff_no, unit)
        calendar_links.add(connection, unit_id, staff_no, digest=digest_of(secret), at=act.at)
        entry = act.entry("made a calendar link", after={"staff_no": staff_no})
        audit.add(connection, unit_id, entry)
    return secret


def revoke_links(database: Database, act: Act, *, staff_no: str, unit: str | None = None) -> int:
    """End every secret of the officer, who may have left. How many there were."""
    with database.writing() as connection:
        others = calendar_links.units_with(connection, staff_no)
        unit_id = _unit_of(connection, act, staff_no, unit, *others)
        return end_links(connection, act, unit_id, staff_no)


def end_links(connection: Connection, act: Act, unit_id: int, staff_no: str) -> int:
    """End every secret of the officer, for a service that has asked who may. How many."""
    ended = calendar_links.revoke(connection, unit_id, staff_no, at=act.at)
    if ended:
        told = {"staff_no": staff_no, "ended": ended}
        audit.add(connection, unit_id, act.entry("revoked calendar links", after=told))
    return ended


def feed(database: Database, act: Act, *, secret: str) -> bytes:
    """The calendar (RFC 5545) behind the secret. Raises NotFound if there is none, or no more."""
    with database.reading() as connection:
        found = calendar_links.find(connection, digest_of(secret))
        if found is None:
            raise NotFound("There is no calendar at this address, or it was revoked.")
        unit_id, staff_no = found
        name = units.name_of(connection, unit_id)
        officers = units.officers(connection, unit_id)
        first, last = act.today - PAST, act.today + COMING
        history = versions.history_of(connection, unit_id, staff_no, first=first, last=last)
        steady = renamings.first_name(connection, unit_id, "officers", staff_no)
    officer = next((its for its in officers if its.staff_no == staff_no), None)
    title = f"Rota of {officer.name if officer else staff_no}"
    return build_calendar_feed(title, _entries(f"{unit_id}-{steady}", name, history, act.at))


def _entries(
    whose: str, unit: str, history: Sequence[TimedSeat], at: datetime
) -> Iterator[CalendarEntry]:
    days: dict[date, list[TimedSeat]] = defaultdict(list)
    for seat in history:
        days[seat.date].append(seat)
    for day, told in days.items():
        now = told[-1]
        cancelled_at = _cancelled_at(now)
        if cancelled_at and at - cancelled_at > CANCELLED_FOR:
            continue
        is_void = now.until is None and now.is_void
        yield CalendarEntry(
            uid=f"{whose}-{day}@rota",
            date=day,
            summary=_title(now.site),
            description=f"{_title(now.site)} {in_words(day)}. {unit}",
            location="" if now.site == HOME.name else now.site,
            sequence=len(_versions(told)) - 1 + is_void,
            modified=now.taken_back_at or now.told_at,
            is_cancelled=cancelled_at is not None,
        )


def _cancelled_at(seat: TimedSeat) -> datetime | None:
    """When the day was cancelled, if it was.

    Nobody keeps when its officer came to be away. A coming day is taken back by the next night; a
    past one counts as cancelled when it began.
    """
    if seat.taken_back_at:
        return seat.taken_back_at
    return max(seat.told_at, find_start_of_day(seat.date)) if seat.is_void else None


def _versions(told: Sequence[TimedSeat]) -> Set[int | None]:
    """The versions that told or took back one of the seats."""
    return ({seat.since for seat in told} | {seat.until for seat in told}) - {None}


def _title(site: str) -> str:
    return "Working at home" if site == HOME.name else site


def _unit_of(
    connection: Connection, act: Act, staff_no: str, unit: str | None, *others: int
) -> int:
    """The number of the officer's unit, of which there may be others they have left.

    It has to be named if there are several. Raises Forbidden if they are not that officer.
    """
    if not act.rights.is_operator:
        act.rights.must_be(unit or "", staff_no)
    numbers = (*(its.id for its in units.with_officer(connection, staff_no)), *others)
    names = {units.name_of(connection, number): number for number in numbers}
    found = {name: number for name, number in names.items() if unit in (None, name)}
    if not found:
        raise NotFound(f"{staff_no} is not a staff number in {unit or 'any unit'}.")
    if len(found) > 1:
        raise RotaError(f"{staff_no} is in several units: {', '.join(found)}. Name one with --unit")
    return found.popitem()[1]
