"""An officer's published seats as an iCalendar feed (RFC 5545), to which a calendar subscribes.

What programs make of it: Outlook shows an all-day event as busy unless it is transparent, and
takes X-PUBLISHED-TTL for how often it asks again; others take REFRESH-INTERVAL (RFC 7986), and
Google asks when it likes. Outlook overlooks what the calendar says of itself after its first event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import STATUS, TRANSP, Calendar, Event, vDuration, vText

PRODUCT = "-//Rota//Published seats//EN"
CATEGORY = "Rota"
REFRESH_EVERY = timedelta(hours=1)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One day of an officer, or half of one, the last that was told of it.

    `times` are the instants at which a half begins and ends; None is all day long. `uid` names the
    day for ever, whatever its seat. `sequence` is 0 for the first told seat of the day and one more
    at each change. `modified`, in UTC, is when this was published.
    """

    uid: str
    date: date
    summary: str
    description: str
    location: str
    sequence: int
    modified: datetime
    is_cancelled: bool = False
    times: tuple[datetime, datetime] | None = None


def build_calendar_feed(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """The calendar of that name; the same entries in any order give the same bytes."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    for title in ("name", "x-wr-calname"):
        calendar.add(title, vText(name))  # as a plain str the library would not escape it
    calendar.add("refresh-interval", REFRESH_EVERY, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH_EVERY))
    for entry in sorted(entries, key=lambda entry: (entry.date, entry.uid)):
        calendar.add_component(_build_event(entry))
    feed: bytes = calendar.to_ical()
    return feed


def _build_event(entry: CalendarEntry) -> Event:
    start, end = entry.times or (entry.date, entry.date + _DAY)
    return Event.new(
        uid=entry.uid,
        start=start,
        end=end,
        summary=entry.summary,
        description=entry.description or None,
        location=entry.location or None,
        categories=[CATEGORY],
        status=STATUS.CANCELLED if entry.is_cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT,
        sequence=entry.sequence,
        stamp=entry.modified,
        last_modified=entry.modified,
    )
