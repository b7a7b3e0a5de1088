"""The calendar feed: each property as calendars read it, and the bytes as they are sent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from rota.writing.calendar_feed import CalendarEntry, build_calendar_feed

MON, TUE = date(2027, 1, 4), date(2027, 1, 5)
PUBLISHED = datetime(2026, 12, 30, 9, 15, tzinfo=UTC)

MONDAY = CalendarEntry(
    uid="101-2027-01-04@rota.example.org",
    date=MON,
    summary="Luton",
    description="",
    location="Luton",
    sequence=0,
    modified=PUBLISHED,
)
TUESDAY = CalendarEntry(
    uid="101-2027-01-05@rota.example.org",
    date=TUE,
    summary="Siân, at home; all day",
    description="Was: Luton\nWhy: illness \\ leave",
    location="",
    sequence=2,
    modified=PUBLISHED + timedelta(hours=2),
    is_cancelled=True,
)

GOLDEN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Rota//Published seats//EN
METHOD:PUBLISH
NAME:Ana Bell
X-WR-CALNAME:Ana Bell
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
BEGIN:VEVENT
SUMMARY:Luton
DTSTART;VALUE=DATE:20270104
DTEND;VALUE=DATE:20270105
DTSTAMP:20261230T091500Z
UID:101-2027-01-04@rota.example.org
SEQUENCE:0
CATEGORIES:Rota
LAST-MODIFIED:20261230T091500Z
LOCATION:Luton
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
SUMMARY:Siân\\, at home\\; all day
DTSTART;VALUE=DATE:20270105
DTEND;VALUE=DATE:20270106
DTSTAMP:20261230T111500Z
UID:101-2027-01-05@rota.example.org
SEQUENCE:2
CATEGORIES:Rota
DESCRIPTION:Was: Luton\\nWhy: illness \\\\ leave
LAST-MODIFIED:20261230T111500Z
STATUS:CANCELLED
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""


def test_the_bytes_of_two_days():
    feed = build_calendar_feed("Ana Bell", [MONDAY, TUESDAY])
    assert feed.decode().split("\r\n") == GOLDEN.split("\n")


def test_the_same_entries_in_any_order_give_the_same_bytes():
    another = replace(MONDAY, uid="102-2027-01-04@rota.example.org")
    feeds = [
        build_calendar_feed("Ana Bell", [MONDAY, another, TUESDAY]),
        build_calendar_feed("Ana Bell", iter([TUESDAY, another, MONDAY])),
    ]
    assert feeds[0] == feeds[1]


def test_what_a_calendar_reads_of_a_day():
    (event,) = Calendar.from_ical(build_calendar_feed("Ana Bell", [TUESDAY])).events
    assert (event.start, event.end, event.uid) == (TUE, date(2027, 1, 6), TUESDAY.uid)
    assert (str(event["summary"]), str(event["description"])) == (
        TUESDAY.summary,
        TUESDAY.description,
    )
    assert (event.sequence, event.stamp, event.last_modified) == (
        2,
        TUESDAY.modified,
        TUESDAY.modified,
    )
    assert (event.status, event.transparency, event.categories) == (
        "CANCELLED",
        "TRANSPARENT",
        ["Rota"],
    )
    assert "location" not in event


def test_what_a_calendar_reads_of_the_whole():
    calendar = Calendar.from_ical(build_calendar_feed("Siân Bell", [MONDAY]))
    assert (calendar.version, calendar.method) == ("2.0", "PUBLISH")
    assert calendar.prodid == "-//Rota//Published seats//EN"
    assert (calendar["name"], calendar["x-wr-calname"]) == ("Siân Bell", "Siân Bell")
    assert calendar.refresh_interval == timedelta(hours=1)
    assert calendar["x-published-ttl"] == "PT1H"
    (event,) = calendar.events
    assert (str(event["location"]), event.status) == ("Luton", "CONFIRMED")


def test_the_name_that_programs_show_is_escaped_like_every_text():
    lines = build_calendar_feed("Bell; Ana, \\\nÓ", []).decode().split("\r\n")
    assert [line for line in lines if "Bell" in line] == [
        "NAME:Bell\\; Ana\\, \\\\\\nÓ",
        "X-WR-CALNAME:Bell\\; Ana\\, \\\\\\nÓ",
    ]


def test_no_line_is_longer_than_75_octets_and_none_ends_within_a_character():
    entry = replace(MONDAY, summary="Łódź 日本 Siân " * 20, location="é" * 200)
    feed = build_calendar_feed("Ó" * 100, [entry])
    lines = feed.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line for line in lines if b"\n" in line or b"\r" in line] == []
    assert "\ufffd" not in "".join(line.decode("utf-8", "replace") for line in lines)
    (event,) = Calendar.from_ical(feed).events
    assert (str(event["summary"]), str(event["location"])) == (entry.summary, entry.location)


def test_a_calendar_without_a_day_is_a_calendar():
    assert Calendar.from_ical(build_calendar_feed("Ana Bell", [])).events == []
