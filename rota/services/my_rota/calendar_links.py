"""An officer's published seats as a calendar, behind a secret address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from rota.domain import HOME, Policy, in_words, name_part, say_half
from rota.errors import NotFound, RotaError
from rota.moments import find_instant, find_start_of_day
from rota.services.access.act import Act
from rota.services.access.secrets import compute_digest, make_secret
from rota.store.accounts import calendar_links
from rota.store.databases.database import Database
from rota.store.rotas import versions
from rota.store.rotas.versions import TimedSeat
from rota.store.units import renamings, units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit
from rota.writing.calendar_feed import CalendarEntry, build_calendar_feed

PAST, COMING = timedelta(weeks=4), timedelta(weeks=12)
"""How much of the rota is in the calendar, before and after today."""

CANCELLED_FOR = timedelta(days=14)
"""A day that was taken back is shown as cancelled for so long.

Programs that store copies of events learn from it that the day is off. After that it is left out,
since most of them show a cancelled event for as long as it is in the calendar.
"""

PATH = "/calendar/{secret}.ics"
"""Where the pages give out calendars."""


def make_link(database: Database, act: Act, *, staff_no: str, unit: str | None = None) -> str:
    """A new secret, which is not stored and cannot be shown again; earlier ones stay valid."""
    secret = make_secret()
    with database.writing() as connection:
        unit_id = _find_unit(connection, act, staff_no, unit)
        calendar_links.add(connection, unit_id, staff_no, digest=compute_digest(secret), at=act.at)
        entry = act.entry("made a calendar link", after={"staff_no": staff_no})
        audit.add(connection, unit_id, entry)
    return secret


def revoke_links(database: Database, act: Act, *, staff_no: str, unit: str | None = None) -> int:
    """End every secret of the officer, who may have left the unit. How many there were."""
    with database.writing() as connection:
        earlier_units = calendar_links.list_units_with(connection, staff_no)
        unit_id = _find_unit(connection, act, staff_no, unit, *earlier_units)
        return end_links(connection, act, unit_id, staff_no)


def end_links(connection: Connection, act: Act, unit_id: int, staff_no: str) -> int:
    """End every secret of the officer; the caller has checked the rights. How many there were."""
    ended = calendar_links.revoke(connection, unit_id, staff_no, at=act.at)
    if ended:
        after = {"staff_no": staff_no, "ended": ended}
        audit.add(connection, unit_id, act.entry("revoked calendar links", after=after))
    return ended


def load_feed(database: Database, act: Act, *, secret: str) -> bytes:
    """The calendar (RFC 5545) behind the secret. Raises NotFound if there is none, or no more."""
    with database.reading() as connection:
        link = calendar_links.find(connection, compute_digest(secret))
        if link is None:
            raise NotFound("There is no calendar at this address, or it was revoked.")
        unit_id, staff_no = link
        unit = units.load_by_number(connection, unit_id)
        officers = units.load_officers_ever(connection, unit_id, act.today)
        first, last = act.today - PAST, act.today + COMING
        history = versions.list_history(connection, unit_id, staff_no, first=first, last=last)
        lasting_name = renamings.find_first_name(connection, unit_id, "officers", staff_no)
    officer = officers.get(staff_no)
    title = f"Rota of {officer.name if officer else staff_no}"
    return build_calendar_feed(
        title, _build_entries(f"{unit_id}-{lasting_name}", unit, history, act.at)
    )


def _build_entries(
    key: str, unit: StoredUnit, history: Sequence[TimedSeat], at: datetime
) -> Iterator[CalendarEntry]:
    """An entry for each day, and for each half of which there ever was a seat by itself."""
    days: dict[tuple[date, str], list[TimedSeat]] = defaultdict(list)
    for seat in history:
        days[seat.date, seat.part].append(seat)
    for (day, part), timed_seats in days.items():
        latest = timed_seats[-1]
        cancelled_at = _find_cancelled_at(latest)
        if cancelled_at and at - cancelled_at > CANCELLED_FOR:
            continue
        is_changed = latest.until is None and latest.part_there != part
        part_there = part if latest.part_there is None else latest.part_there
        site = _describe_site(latest.site)
        yield CalendarEntry(
            uid=f"{key}-{day}{f'-{part}' if part else ''}@rota",
            date=day,
            summary=f"{site} {say_half(part_there)}".strip(),
            description=f"{site} {in_words(name_part(day, part_there))}. {unit.name}",
            location="" if latest.site == HOME.name else latest.site,
            sequence=len(_list_versions(timed_seats)) - 1 + is_changed,
            modified=latest.taken_back_at or latest.told_at,
            is_cancelled=cancelled_at is not None,
            times=_find_times(unit.policy, day, part_there) if part_there else None,
        )


def _find_times(policy: Policy, day: date, half: str) -> tuple[datetime, datetime]:
    """The instants at which half of a day begins and ends."""
    begins, ends = policy.find_times(half)
    return find_instant(day, begins), find_instant(day, ends)


def _find_cancelled_at(seat: TimedSeat) -> datetime | None:
    """When the day was cancelled, if it was.

    It is not stored when the officer came to be away. A coming day is taken back by the next night;
    a past one counts as cancelled from its beginning.
    """
    if seat.taken_back_at:
        return seat.taken_back_at
    return max(seat.told_at, find_start_of_day(seat.date)) if seat.is_void else None


def _list_versions(timed_seats: Sequence[TimedSeat]) -> Set[int | None]:
    """The versions that published or took back one of the seats."""
    return ({seat.since for seat in timed_seats} | {seat.until for seat in timed_seats}) - {None}


def _describe_site(site: str) -> str:
    return "Working at home" if site == HOME.name else site


def _find_unit(
    connection: Connection, act: Act, staff_no: str, unit: str | None, *earlier_units: int
) -> int:
    """The number of the officer's unit, which has to be named if there are several.

    Units that they have left count too, as `earlier_units`. Raises Forbidden for anybody else.
    """
    if not act.rights.is_operator:
        act.rights.must_be(unit or "", staff_no)
    stored_units = units.list_with_officer(connection, staff_no)
    numbers = (*(stored_unit.id for stored_unit in stored_units), *earlier_units)
    names = {units.load_name(connection, number): number for number in numbers}
    matches = {name: number for name, number in names.items() if unit in (None, name)}
    if not matches:
        raise NotFound(f"{staff_no} is not a staff number in {unit or 'any unit'}.")
    if len(matches) > 1:
        raise RotaError(
            f"{staff_no} is in several units: {', '.join(matches)}. Name one with --unit"
        )
    return matches.popitem()[1]
