"""Calendars behind secret addresses: who may read them, what they hold, and how they change."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import pytest
from icalendar import Calendar

from rota.errors import Forbidden, NotFound, RotaError
from rota.services.access.rights import Grant, Rights, Role
from rota.services.importing import imports
from rota.services.my_rota import calendar_links
from rota.services.units import record_changes, renaming
from tests.rota.reading.small_unit import OFFICERS, write_unit
from tests.rota.services.ledger import ledger
from tests.stored import act, audited

TODAY = date(2027, 1, 6)
MON, TUE = date(2027, 1, 4), date(2027, 1, 5)
MEL = act(TODAY)
POLICY = "start = 2026-11-02\nweeks = 26\n"
NOT_THERE = "There is no calendar at this address, or it was revoked."


class Event(NamedTuple):
    """What a calendar shows of a day, and whether it has changed."""

    date: date
    summary: str
    status: str
    sequence: int
    modified: datetime


@pytest.fixture
def publish(database, tmp_path):
    """Publish the rota of these lines, and no other, for a unit at an instant."""

    def publish(*lines, at=MEL, unit="Blue", **files):
        rota = "\n".join(["staff_no,date,site,locked", *lines])
        folder = write_unit(tmp_path, policy=POLICY, rota=rota, **files)
        imports.import_unit(database, at, name=unit, path=folder, is_agreed=True)

    return publish


def told(database, secret, doer=MEL):
    return Calendar.from_ical(calendar_links.load_feed(database, doer, secret=secret))


def events(database, secret, doer=MEL):
    return [
        Event(its.start, str(its["summary"]), str(its.status), its.sequence, its.last_modified)
        for its in told(database, secret, doer).events
    ]


def refused(database, secret):
    with pytest.raises(NotFound) as error:
        calendar_links.load_feed(database, MEL, secret=secret)
    return str(error.value)


def test_a_calendar_shows_the_seats_of_its_officer_alone(database, publish):
    publish("101,2027-01-04,Luton,", "101,2027-01-05,home,", "102,2027-01-04,Bedford,")
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    calendar = told(database, secret)
    assert str(calendar["x-wr-calname"]) == "Rota of Ana Bell"
    luton, home = calendar.events
    assert (luton.uid, home.uid) == ("1-101-2027-01-04@rota", "1-101-2027-01-05@rota")
    assert (luton.start, luton.end) == (MON, TUE)
    assert (str(luton["summary"]), str(luton["location"])) == ("Luton", "Luton")
    assert str(luton["description"]) == "Luton on Monday 4 January 2027. Blue"
    assert (str(home["summary"]), home.get("location")) == ("Working at home", None)
    assert str(home["description"]) == "Working at home on Tuesday 5 January 2027. Blue"
    assert events(database, secret) == [
        Event(MON, "Luton", "CONFIRMED", 0, MEL.at),
        Event(TUE, "Working at home", "CONFIRMED", 0, MEL.at),
    ]


def test_it_reaches_from_four_weeks_ago_to_twelve_weeks_ahead(database, publish):
    first, last = date(2026, 12, 9), date(2027, 3, 31)
    assert (TODAY - first, last - TODAY) == (timedelta(days=28), timedelta(days=84))
    day = timedelta(days=1)
    dates = (first - day, first, TODAY, last, last + day)
    publish(*(f"101,{its},Luton," for its in dates))
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    assert [its.date for its in events(database, secret)] == [first, TODAY, last]


def test_its_today_is_london_s(database, publish):
    """At a quarter past midnight of a summer's day in London it is still the day before in UTC."""
    publish("101,2027-04-27,Luton,")
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    assert len(events(database, secret, act(date(2027, 5, 25), at=time(23, 45)))) == 1
    assert events(database, secret, act(date(2027, 5, 26), at=time(0, 15))) == []


def test_an_event_keeps_its_uid_and_counts_its_changes(database, publish):
    monday, tuesday = date(2027, 2, 1), date(2027, 2, 2)
    line = "101,2027-02-01,{},"
    steps = (
        (line.format("Luton"), Event(monday, "Luton", "CONFIRMED", 0, nine(0))),
        (line.format("Bedford"), Event(monday, "Bedford", "CONFIRMED", 1, nine(1))),
        ("", Event(monday, "Bedford", "CANCELLED", 2, nine(2))),
        (line.format("Bedford"), Event(monday, "Bedford", "CONFIRMED", 3, nine(3))),
        (line.format("home"), Event(monday, "Working at home", "CONFIRMED", 4, nine(4))),
        ("", Event(monday, "Working at home", "CANCELLED", 5, nine(5))),
    )
    uids = set()
    for n, (line, event) in enumerate(steps):
        publish("101,2027-02-02,Luton,", line, at=act(TODAY + timedelta(days=n)))
        secret = calendar_links.make_link(database, MEL, staff_no="101")
        unchanged = Event(tuesday, "Luton", "CONFIRMED", 0, nine(0))
        assert events(database, secret) == [event, unchanged]
        uids.add(told(database, secret).events[0].uid)
    assert uids == {"1-101-2027-02-01@rota"}


def test_a_new_staff_number_leaves_every_uid_as_it_was(database, publish):
    publish("101,2027-01-04,Luton,")
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    before = [event.uid for event in told(database, secret).events]
    for old, new in (("101", "901"), ("901", "801")):
        renaming.rename(database, MEL, unit="Blue", table="officers", before=old, after=new)
    assert [event.uid for event in told(database, secret).events] == before


def test_a_day_on_which_its_officer_has_come_to_be_away_is_cancelled(database, publish):
    publish("101,2027-01-04,Luton,", "101,2027-01-05,home,")
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    row = {"staff_no": "101", "first": f"{TUE}", "last": f"{TUE}", "kind": "sick"}
    record_changes.record(database, MEL, unit="Blue", table="away", rows=[row])
    assert events(database, secret) == [
        Event(MON, "Luton", "CONFIRMED", 0, MEL.at),
        Event(TUE, "Working at home", "CANCELLED", 1, MEL.at),
    ]


def test_a_day_that_was_taken_back_is_left_out_after_two_weeks(database, publish):
    """Its number goes on counting, and its name stays, in case it comes back."""
    publish("101,2027-02-01,Luton,", "101,2027-02-02,home,")
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    publish("101,2027-02-01,Luton,", at=act(TODAY + timedelta(days=1)))
    monday = Event(date(2027, 2, 1), "Luton", "CONFIRMED", 0, nine(0))
    gone = Event(date(2027, 2, 2), "Working at home", "CANCELLED", 1, nine(1))
    assert events(database, secret, act(TODAY + timedelta(days=15))) == [monday, gone]
    later = act(TODAY + timedelta(days=15), at=time(9, 0, 1))
    assert events(database, secret, later) == [monday]
    back = TODAY + timedelta(days=16)
    publish("101,2027-02-01,Luton,", "101,2027-02-02,home,", at=act(back))
    again = Event(date(2027, 2, 2), "Working at home", "CONFIRMED", 2, nine(16))
    assert events(database, secret, act(back)) == [monday, again]
    assert told(database, secret, act(back)).events[1].uid == "1-101-2027-02-02@rota"


def test_a_day_of_somebody_away_is_left_out_two_weeks_after_it(database, publish):
    new_year = act(date(2027, 1, 1))
    publish("101,2027-01-05,home,", at=new_year)
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    row = {"staff_no": "101", "first": f"{TUE}", "last": f"{TUE}", "kind": "sick"}
    record_changes.record(database, MEL, unit="Blue", table="away", rows=[row])
    gone = Event(TUE, "Working at home", "CANCELLED", 1, new_year.at)
    assert events(database, secret, act(date(2027, 1, 19), at=time(0))) == [gone]
    assert events(database, secret, act(date(2027, 1, 19), at=time(0, 0, 1))) == []


def nine(days):
    """Nine o'clock so many days after today, as the calendar tells it."""
    return act(TODAY + timedelta(days=days)).at.astimezone(UTC)


def test_the_same_seats_give_the_same_bytes(database, publish):
    publish("101,2027-01-05,home,", "101,2027-01-04,Luton,yes")
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    first = calendar_links.load_feed(database, MEL, secret=secret)
    before = ledger(database)
    assert calendar_links.load_feed(database, act(TODAY, at=time(17)), secret=secret) == first
    assert ledger(database) == before


def test_of_a_secret_only_a_digest_is_kept(database, publish):
    publish("101,2027-01-04,Luton,")
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    assert len(secret) >= 43  # 256 bits, six in each character.
    kept = ledger(database)
    assert [row["digest"] for row in kept["calendar_link"]] == [
        hashlib.sha256(secret.encode()).hexdigest()
    ]
    assert secret not in str(kept)
    assert refused(database, kept["calendar_link"][0]["digest"]) == NOT_THERE


def test_each_link_has_a_secret_of_its_own_and_all_are_good(database, publish):
    publish("101,2027-01-04,Luton,")
    secrets = [calendar_links.make_link(database, MEL, staff_no="101") for _ in range(3)]
    assert len(set(secrets)) == 3
    assert [len(events(database, secret)) for secret in secrets] == [1, 1, 1]


def test_an_unknown_address_has_no_calendar(database, publish):
    publish("101,2027-01-04,Luton,")
    secret = calendar_links.make_link(database, MEL, staff_no="101")
    assert refused(database, secret[:-1]) == NOT_THERE
    assert refused(database, secret.swapcase()) == NOT_THERE
    assert refused(database, "") == NOT_THERE


def test_to_revoke_ends_every_address_of_the_officer_and_no_other(database, publish):
    publish("101,2027-01-04,Luton,", "102,2027-01-04,Luton,")
    secrets = [calendar_links.make_link(database, MEL, staff_no="101") for _ in range(2)]
    others = calendar_links.make_link(database, MEL, staff_no="102")
    assert calendar_links.revoke_links(database, MEL, staff_no="101") == 2
    assert [refused(database, secret) for secret in secrets] == [NOT_THERE, NOT_THERE]
    assert len(events(database, others)) == 1
    assert calendar_links.revoke_links(database, MEL, staff_no="101") == 0
    again = calendar_links.make_link(database, MEL, staff_no="101")
    assert len(events(database, again)) == 1


def test_the_address_of_somebody_who_has_gone_can_be_revoked(database, publish):
    publish("101,2027-01-04,Luton,", "103,2027-01-04,Luton,")
    secret = calendar_links.make_link(database, MEL, staff_no="103")
    staff = "\n".join(line for line in OFFICERS.splitlines() if not line.startswith("103"))
    publish("101,2027-01-04,Luton,", officers=staff)
    assert str(told(database, secret)["x-wr-calname"]) == "Rota of Eve Frost"
    with pytest.raises(NotFound, match="103 is not a staff number in any unit"):
        calendar_links.make_link(database, MEL, staff_no="103")
    assert calendar_links.revoke_links(database, MEL, staff_no="103") == 1
    assert refused(database, secret) == NOT_THERE


def test_a_staff_number_of_several_units_needs_the_unit_s_name(database, publish):
    publish("101,2027-01-04,Luton,")
    publish("101,2027-01-04,Bedford,", unit="Green")
    for service in (calendar_links.make_link, calendar_links.revoke_links):
        with pytest.raises(RotaError) as error:
            service(database, MEL, staff_no="101")
        says = "101 is in several units: Blue, Green. Name one with --unit"
        assert str(error.value) == says
    blue = calendar_links.make_link(database, MEL, staff_no="101", unit="Blue")
    green = calendar_links.make_link(database, MEL, staff_no="101", unit="Green")
    assert [its.summary for its in events(database, blue)] == ["Luton"]
    assert [its.summary for its in events(database, green)] == ["Bedford"]
    assert [its.uid for its in told(database, green).events] == ["2-101-2027-01-04@rota"]
    assert calendar_links.revoke_links(database, MEL, staff_no="101", unit="Blue") == 1
    assert refused(database, blue) == NOT_THERE
    assert len(events(database, green)) == 1


def test_who_is_not_there_is_told(database, publish):
    publish("101,2027-01-04,Luton,")
    for service in (calendar_links.make_link, calendar_links.revoke_links):
        with pytest.raises(NotFound) as error:
            service(database, MEL, staff_no="999")
        assert str(error.value) == "999 is not a staff number in any unit."
        with pytest.raises(NotFound) as error:
            service(database, MEL, staff_no="101", unit="Green")
        assert str(error.value) == "101 is not a staff number in Green."


def test_links_are_audited_without_their_secrets(database, publish):
    publish("101,2027-01-04,Luton,")
    calendar_links.make_link(database, act(TODAY, "Ana"), staff_no="101")
    calendar_links.revoke_links(database, act(TODAY, "Ida"), staff_no="101")
    revoked, made = audited(database, unit="Blue", most=2)
    assert (made.actor, made.what, made.before, made.after) == (
        "Ana",
        "made a calendar link",
        None,
        {"staff_no": "101"},
    )
    assert (revoked.actor, revoked.what, revoked.after) == (
        "Ida",
        "revoked calendar links",
        {"staff_no": "101", "ended": 1},
    )


def test_a_link_is_for_the_officer_alone(database, publish):
    publish("101,2027-01-04,Luton,", "102,2027-01-04,Luton,")
    ana = replace(MEL, rights=Rights((Grant(Role.OFFICER, 1, "Blue", staff_no="101"),)))
    manager = replace(MEL, rights=Rights((Grant(Role.MANAGER, 1, "Blue"),)))
    secret = calendar_links.make_link(database, ana, staff_no="101", unit="Blue")
    nobody = replace(MEL, rights=Rights())
    assert len(events(database, secret, nobody)) == 1
    for service in (calendar_links.make_link, calendar_links.revoke_links):
        for doer, staff_no in ((ana, "102"), (manager, "101"), (nobody, "101")):
            with pytest.raises(Forbidden):
                service(database, doer, staff_no=staff_no, unit="Blue")
        with pytest.raises(Forbidden):
            service(database, ana, staff_no="101")
    assert calendar_links.revoke_links(database, ana, staff_no="101", unit="Blue") == 1
