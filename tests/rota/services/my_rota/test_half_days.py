"""What staff see of halves of days: their own days, who is in, the list of seats, calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from rota.domain import AM, PM, Away, Duty
from rota.services.my_rota import calendar_links
from rota.services.my_rota.calendar_links import _find_times
from rota.services.my_rota.my_rota import MyRota, load_my_rota
from rota.services.my_rota.office_share import DayCount
from rota.services.my_rota.own_day import OwnDay
from rota.services.my_rota.who_is_in import WhoIsIn, load_who_is_in
from rota.services.rotas import published_seats, versions
from rota.services.upkeep import unit_figures
from rota.store.databases.database import Database
from rota.store.units import units
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, keep, record, sick
from tests.rota_text import FRI, MON, TUE, WED, rota
from tests.stored import act, publish

# Ned is new and Ann is his mentor. She is due at the court on Tuesday morning. Bob works on
# mornings only.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   C/O H   O   O
Ned     O   O   O   O   H
Bob     O/- O/- H/- O/- O/-
"""
OFFICERS = {
    "Ann": {"skills": frozenset(["trial"])},
    "Ned": {"start_date": date(2026, 9, 1), "mentor": "ann"},
}
ON_TUESDAY = "Crown Court in the morning, Leeds in the afternoon"


@pytest.fixture(autouse=True)
@filled_once
def published(database: Database) -> None:
    duties = [Duty(TUE, "Crown Court", 1, "trial", part=AM)]
    share = {"on": ["office-minimum"], "office_percent": 60}
    keep(database, CHART, officers=OFFICERS, duties=duties, desks={"O": 2}, **share)
    publish(database, EARLIER, rota=rota(CHART))


def look(database: Database, who: str) -> MyRota:
    return load_my_rota(database, act(MON, who), unit="Blue", staff_no=who, user_id=1)


def day_of(its: MyRota, day: date) -> OwnDay:
    return next(own for days in its.weeks.values() for own in days if own.date == day)


def in_on(database: Database, day: date) -> WhoIsIn:
    return load_who_is_in(database, act(MON), unit="Blue", day=day, office="Leeds")


# My rota


def test_a_split_day_is_told_in_words_and_half_by_half(database: Database) -> None:
    assert day_of(look(database, "ann"), TUE) == OwnDay(
        date=TUE,
        site=ON_TUESDAY,
        new_starters=("Ned",),
        halves=(
            OwnDay(date=TUE, part=AM, site="Crown Court", kind="court"),
            OwnDay(date=TUE, part=PM, site="Leeds", kind="office", new_starters=("Ned",)),
        ),
    )
    assert day_of(look(database, "ned"), TUE).mentor == "Ann"
    assert day_of(look(database, "ann"), MON).halves == ()


def test_half_a_day_of_leave_is_told_beside_the_half_that_is_worked(database: Database) -> None:
    sick(database, EARLIER, Away("ned", FRI, FRI, part=PM))
    morning, afternoon = day_of(look(database, "ned"), FRI).halves
    assert (morning.site, afternoon.site, afternoon.why_off) == ("home", None, "away")
    assert day_of(look(database, "ned"), FRI).site == "home in the morning"


def test_a_changed_half_is_news_of_its_day(database: Database) -> None:
    about = {"unit": "Blue", "staff_no": "ann", "day": TUE}
    draft_edits.move(database, EARLIER, site="home", **about)
    versions.publish(database, EARLIER, unit="Blue", start=MON, is_acknowledged=True)
    (change,) = look(database, "ann").news
    assert (change.date, change.before, change.after) == (TUE, ON_TUESDAY, "home")


def test_the_share_counts_half_days(database: Database) -> None:
    # Bob works five mornings and is at Leeds on four of them; 60 % of 2½ days are 1½.
    share = look(database, "bob").share
    assert share is not None
    (over_period,) = share.spans
    assert (over_period.office_days, over_period.working_days) == (2, 2.5)
    assert (over_period.least, over_period.percent) == (1.5, 80)
    # Ann is at Leeds on three days and an afternoon of five.
    ann = look(database, "ann").share
    assert ann is not None
    assert ann.over_period == DayCount(ann.over_period.when, 3.5, 5, 3)


# Who is in


def test_who_is_in_for_half_a_day_is_told_with_the_half(database: Database) -> None:
    its = in_on(database, TUE)
    assert [(person.name, person.part) for person in its.people] == [
        ("Ann", PM),
        ("Bob", AM),
        ("Ned", ""),
    ]
    # Two desks, of which Ned has one and Bob or Ann the other.
    assert (its.desks, its.free) == (2, 0)
    assert its.elsewhere == {"Crown Court": 1}


def test_a_closure_for_half_a_day_takes_desks_away_in_that_half(database: Database) -> None:
    dates = {"first": f"{TUE}", "last": f"{TUE}"}
    record(database, EARLIER, "closures", site="Leeds", desks="1", part=PM, **dates)
    its = in_on(database, TUE)
    assert its.desks_by_half == {AM: 2, PM: 1}
    assert (its.desks, its.free) == (1, -1)


def test_who_is_away_for_half_a_day_is_in_for_the_other(database: Database) -> None:
    sick(database, EARLIER, Away("ned", TUE, TUE, part=AM))
    assert ("Ned", PM) in [(person.name, person.part) for person in in_on(database, TUE).people]
    sick(database, EARLIER, Away("bob", TUE, TUE, part=PM))
    assert ("Bob", AM) in [(person.name, person.part) for person in in_on(database, TUE).people]
    sick(database, EARLIER, Away("bob", TUE, TUE, part=AM))
    assert "Bob" not in [person.name for person in in_on(database, TUE).people]


# Lists, figures and calendars


def test_the_list_goes_on_after_the_half_with_which_a_part_ends(database: Database) -> None:
    about = {"unit": "Blue", "first": TUE, "last": TUE}
    every = published_seats.list_seats(database, EARLIER, **about, most=10)
    assert [(seat.staff_no, seat.site, seat.part) for seat in every] == [
        ("ann", "Crown Court", AM),
        ("ann", "Leeds", PM),
        ("bob", "Leeds", AM),
        ("ned", "Leeds", ""),
    ]
    later = published_seats.list_seats(database, EARLIER, **about, most=10, after=(TUE, "ann", AM))
    assert later == every[1:]


def test_figures_of_units_count_half_days(database: Database) -> None:
    (line,) = unit_figures.load_region(database, EARLIER, first=MON, weeks=1).lines
    # Ann 5 and Ned 5, Bob 2½; at home Ann and Ned for a day each, Bob for a half; ½ at the court.
    assert (line.days, line.counting, line.home) == (12.5, 9.5, 2.5)


def entries(database: Database, secret: str) -> list[tuple[str, str, str, int]]:
    calendar = Calendar.from_ical(calendar_links.load_feed(database, act(MON), secret=secret))
    return [
        (str(its["uid"]), str(its["summary"]), str(its.status), its.sequence)
        for its in calendar.events
        if its.start == TUE or getattr(its.start, "date", lambda: None)() == TUE
    ]


def test_a_half_is_at_its_time_of_the_day_and_a_whole_day_all_day_long(database: Database) -> None:
    secret = calendar_links.make_link(database, act(MON, "Mel"), staff_no="ann")
    calendar = Calendar.from_ical(calendar_links.load_feed(database, act(MON), secret=secret))
    times = {str(its["uid"]): (its.start, its.end) for its in calendar.events}
    nine, one, five = (datetime(2027, 1, 5, hour, tzinfo=UTC) for hour in (9, 13, 17))
    assert times["1-ann-2027-01-05-am@rota"] == (nine, one)
    assert times["1-ann-2027-01-05-pm@rota"] == (one, five)
    assert times["1-ann-2027-01-04@rota"] == (MON, TUE)


def test_the_times_of_halves_are_those_of_the_policy_on_london_s_clock(database: Database) -> None:
    with database.reading() as connection:
        unit = units.find(connection, "Blue")
    assert unit is not None
    policy = replace(unit.policy, day_start=time(8, 30), noon=time(12))
    summer = date(2027, 7, 6)
    assert _find_times(policy, summer, AM) == (
        datetime(2027, 7, 6, 7, 30, tzinfo=UTC),
        datetime(2027, 7, 6, 11, tzinfo=UTC),
    )


def test_a_calendar_has_an_entry_for_each_half_of_a_split_day(database: Database) -> None:
    secret = calendar_links.make_link(database, act(MON, "Mel"), staff_no="ann")
    halves = [
        ("1-ann-2027-01-05-am@rota", "Crown Court in the morning", "CONFIRMED", 0),
        ("1-ann-2027-01-05-pm@rota", "Leeds in the afternoon", "CONFIRMED", 0),
    ]
    assert sorted(entries(database, secret)) == halves
    about = {"unit": "Blue", "staff_no": "ann", "day": TUE}
    draft_edits.move(database, EARLIER, site="home", **about)
    versions.publish(database, EARLIER, unit="Blue", start=MON, is_acknowledged=True)
    assert sorted(entries(database, secret)) == [
        *((uid, summary, "CANCELLED", 1) for uid, summary, _, _ in halves),
        ("1-ann-2027-01-05@rota", "Working at home", "CONFIRMED", 0),
    ]


def test_the_entry_of_a_whole_day_tells_which_half_is_left_of_it(database: Database) -> None:
    secret = calendar_links.make_link(database, act(MON, "Mel"), staff_no="ned")
    sick(database, EARLIER, Away("ned", TUE, TUE, part=AM))
    assert entries(database, secret) == [
        ("1-ned-2027-01-05@rota", "Leeds in the afternoon", "CONFIRMED", 1)
    ]


def test_a_day_off_for_half_of_it_is_no_team_day(database: Database) -> None:
    assert not day_of(look(database, "ned"), MON).is_team_day
    assert day_of(look(database, "ann"), WED).site == "home"
