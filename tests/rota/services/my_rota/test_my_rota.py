"""My rota: my days, with whom I share them, what changed, and my office share."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rota.domain import OVER_WEEK, Away, Closure, Period, Week
from rota.errors import Forbidden, NotFound
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.my_rota.my_rota import MyRota, load_my_rota, mark_as_read
from rota.services.my_rota.office_share import DayCount
from rota.services.my_rota.own_day import OwnDay
from rota.services.rotas import versions
from rota.services.runs import run_requests
from rota.store.databases.database import Database
from tests import draft_edits
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, sick, work_off_as
from tests.rota_text import FRI, MON, THU, TUE, WED, rota
from tests.stored import act, publish

# Ned started in September and Ann is his mentor. Cal's base is the court; he never uses Leeds.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   H   O   H
Ned     O   H   O   O   H
Bob     O   O   H   O   N
Cal     C   C   C   C   C
"""
OFFICERS = {
    "Ned": {"start_date": date(2026, 9, 1), "mentor": "ann"},
    "Bob": {"other_sites": ("York",)},
    "Cal": {"base": "Crown Court"},
}
PERIOD = Week(MON)
SHARE = {"on": ["office-minimum"], "office_percent": 60}
USERS = {"ann": 1, "ned": 2, "bob": 3, "cal": 4}


@pytest.fixture(autouse=True)
def users(database: Database) -> None:
    """The users that look; who they are makes no difference here."""
    with database.writing() as connection:
        for name, number in USERS.items():
            connection.exec_driver_sql(
                "INSERT INTO user_account (id, email, name, must_change_password, is_active, "
                f"made_at) VALUES ({number}, '{name}@example.org', '{name}', false, true, "
                "'2026-12-01 09:00:00')"
            )


def published(database: Database, **details: object) -> None:
    keep(database, CHART, **{"officers": OFFICERS, **SHARE, **details})
    publish(database, EARLIER, rota=rota(CHART))


def look(database: Database, who: str, today: date = MON, rights: Rights | None = None) -> MyRota:
    doer = act(today, who)
    if rights is not None:
        doer = Act(doer.actor, doer.place, doer.at, rights)
    return load_my_rota(database, doer, unit="Blue", staff_no=who, user_id=USERS[who])


def week_of(its: MyRota, monday: date = MON) -> list[tuple[str | None, str | None]]:
    return [(day.site or day.why_off, day.kind) for day in its.weeks[Week(monday)]]


def test_my_days_are_told_with_today_and_the_next_first(database: Database) -> None:
    published(database)
    its = look(database, "bob")
    assert week_of(its) == [
        ("Leeds", "office"),
        ("Leeds", "office"),
        ("home", "home"),
        ("Leeds", "office"),
        ("York", "office"),
    ]
    assert [day.date for day in its.next_two] == [MON, TUE]
    assert its.officer.name == "Bob"
    assert (its.news, its.newest, its.linked_at) == ((), 1, None)


@ON_SQLITE
def test_my_mentor_and_my_new_starters_are_named_where_we_share_an_office(
    database: Database,
) -> None:
    # Both are at Leeds on Monday and Thursday; on Friday each is at home alone.
    published(database)
    ned, ann = look(database, "ned"), look(database, "ann")
    assert [day.mentor for day in ned.weeks[PERIOD]] == ["Ann", None, None, "Ann", None]
    assert [day.new_starters for day in ann.weeks[PERIOD]] == [("Ned",), (), (), ("Ned",), ()]
    assert {day.mentor for day in ann.weeks[PERIOD]} == {None}


@ON_SQLITE
def test_nobody_has_a_mentor_for_ever(database: Database) -> None:
    # Ned has been here for 4 whole months on Monday 4 January.
    published(database, new_starter_months=4)
    assert {day.mentor for day in look(database, "ned").weeks[PERIOD]} == {None}
    assert {day.new_starters for day in look(database, "ann").weeks[PERIOD]} == {()}


@ON_SQLITE
def test_a_team_day_has_all_in_who_ever_use_the_office_that_week(database: Database) -> None:
    # On Monday and Thursday Ann, Ned and Bob are in; Cal cannot be, and has no team day himself.
    published(database)
    assert team_days(look(database, "bob")) == [MON, THU]
    assert team_days(look(database, "cal")) == []


@ON_SQLITE
def test_who_is_ill_is_with_nobody_that_day(database: Database) -> None:
    published(database)
    sick(database, EARLIER, Away("ann", THU, THU))
    assert [day.mentor for day in look(database, "ned").weeks[PERIOD]] == ["Ann", *[None] * 4]
    assert team_days(look(database, "bob")) == [MON]
    assert week_of(look(database, "ann"))[3] == ("away", None)


@ON_SQLITE
def test_who_is_away_all_week_does_not_count_for_the_team_day(database: Database) -> None:
    # Without Ann, Ned and Bob are in together on Monday and Thursday, as before.
    published(database)
    sick(database, EARLIER, Away("ann", MON, FRI))
    assert team_days(look(database, "bob")) == [MON, THU]


def team_days(its: MyRota) -> list[date]:
    return [day.date for day in its.weeks[PERIOD] if day.is_team_day]


@ON_SQLITE
def test_why_there_is_no_place_is_said(database: Database) -> None:
    # Good Friday of 2027 is 26 March; Ann is on leave on Monday and in no pattern on Tuesday.
    chart = """
            22 Mar 2027
            Mon Tue Wed Thu Fri
    Ann     -   -   O   O   *
    Bob     O   O   O   O   *
    """
    monday = date(2027, 3, 22)
    days = frozenset({0, 2, 3, 4})
    leave = [Away("ann", monday, monday)]
    keep(database, chart, officers={"Ann": {"working_days": days}}, away=leave)
    publish(database, EARLIER, rota=rota(chart))
    its = look(database, "ann", monday + timedelta(days=3))
    assert week_of(its, monday) == [
        ("leave", None),
        ("not planned", None),
        ("Leeds", "office"),
        ("Leeds", "office"),
        ("bank holiday", None),
    ]
    # After Thursday 25 March comes Tuesday 30 March, of which nothing is published.
    assert its.next_two == (
        OwnDay(date=date(2027, 3, 25), site="Leeds", kind="office", is_team_day=True),
        OwnDay(date=date(2027, 3, 30), why_off="not published"),
    )


@ON_SQLITE
def test_a_day_off_of_the_unit_is_told_and_passed_over(database: Database) -> None:
    published(database, days_off=(TUE,))
    its = look(database, "cal")
    assert [day.date for day in its.next_two] == [MON, WED]
    tuesday = next(day for days in its.weeks.values() for day in days if day.date == TUE)
    assert (tuesday.why_off, tuesday.site) == ("day off of the unit", None)


@ON_SQLITE
def test_before_anything_is_published_there_are_no_weeks(database: Database) -> None:
    keep(database, CHART, officers=OFFICERS)
    its = look(database, "ann", date(2027, 1, 2))
    assert (its.weeks, its.share, its.news, its.newest) == ({}, None, (), 0)
    assert its.next_two == (OwnDay(date=MON, why_off="not published"),)


@ON_SQLITE
def test_the_share_counts_as_the_rule_does(database: Database) -> None:
    # Bob: 4 office days of 5; 60 % of 5 are 3. On Wednesday it is 2 days of 3 so far.
    published(database)
    share = look(database, "bob", WED).share
    assert share is not None
    assert (share.over_period.office_days, share.over_period.working_days) == (4, 5)
    assert (share.over_period.least, share.over_period.percent) == (3, 80)
    assert (share.so_far.office_days, share.so_far.working_days) == (2, 3)
    assert share.so_far.percent == 67
    assert share.spans == (share.over_period,)
    assert [asked.percent for asked in share.percents_asked] == [60]


@ON_SQLITE
def test_leave_asks_for_fewer_office_days(database: Database) -> None:
    # With Monday and Tuesday off, Bob has 2 office days of 3; 60 % of 3, rounded up, are 2.
    published(database)
    sick(database, EARLIER, Away("bob", MON, TUE))
    share = look(database, "bob").share
    assert share is not None
    its = share.over_period
    assert (its.office_days, its.working_days, its.least, its.is_short) == (2, 3, 2, False)


@ON_SQLITE
def test_a_base_counts_and_so_does_a_percentage_of_one_s_own(database: Database) -> None:
    # All of Cal's days are at his base, a court. Ann needs 80 %, which is 4 of 5, and has 3.
    own = {**OFFICERS, "Ann": {"office_percent": 80}}
    published(database, officers=own)
    cal, ann = look(database, "cal").share, look(database, "ann").share
    assert cal is not None
    assert ann is not None
    assert (cal.over_period.office_days, cal.over_period.least) == (5, 3)
    assert (ann.over_period.office_days, ann.over_period.least) == (3, 4)
    assert (ann.over_period.is_short, ann.percents_asked[0].percent) == (True, 80)


@ON_SQLITE
def test_the_percentage_of_the_base_counts_before_the_policy_s(database: Database) -> None:
    # 80 % of 5 days is 4; Cal is based at the court.
    published(database, sites={"O": {"office_percent": 80}})
    ann, cal = look(database, "ann").share, look(database, "cal").share
    assert ann is not None
    assert cal is not None
    assert (ann.over_period.least, ann.percents_asked[0].percent) == (4, 80)
    assert cal.percents_asked[0].percent == 60


@ON_SQLITE
def test_days_on_which_no_office_is_open_are_not_asked(database: Database) -> None:
    # Leeds is closed from Wednesday to Friday: 60 % of 2 days is 1.2, so 2. Bob may use York.
    closure = Closure("Leeds", WED, MON + timedelta(days=12), 0)
    published(database, closures=[closure])
    ann, bob = look(database, "ann").share, look(database, "bob").share
    assert ann is not None
    assert bob is not None
    assert (ann.over_period.working_days, ann.over_period.least, ann.days_not_asked) == (5, 2, 3)
    assert (bob.over_period.least, bob.days_not_asked) == (3, 0)


@ON_SQLITE
def test_where_weeks_are_counted_each_has_its_own_share(database: Database) -> None:
    published(database, over=OVER_WEEK)
    share = look(database, "bob").share
    assert share is not None
    assert share.spans == (DayCount(PERIOD, 4, 5, 3),)
    assert share.over_period.least is None


HISTORY = """
        21 Dec 2026             28 Dec 2026
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Bob     H   H   H   O   -       -   H   H   N   -
Ned     O   O   O   O   O       O   O   O   O   O
"""


@ON_SQLITE
def test_over_many_weeks_the_span_has_its_own_share(database: Database) -> None:
    # Over three weeks Bob has 2 office days of the 7 that are known before, of which Friday and
    # Monday are holidays, and 4 of 5 in the period: 6 of 12; 60 % of 12 is 7.2, so 8.
    published(database, over=3, history=HISTORY)
    share = look(database, "bob", WED).share
    assert share is not None
    span = Period(MON - timedelta(weeks=2), 3)
    assert share.spans == (DayCount(span, 6, 12, 8),)
    assert share.spans[0].is_short
    assert share.reaches_back
    assert (share.over_period.office_days, share.over_period.working_days) == (4, 5)
    assert share.over_period.least is None
    assert (share.so_far.office_days, share.so_far.working_days) == (2, 3)


@ON_SQLITE
def test_a_published_period_counts_for_the_next_one(database: Database) -> None:
    # Bob had 4 office days of 5 in the first week, and has 2 in the next. 60 % of 10 days is 6.
    published(database, over=2)
    next_week = MON + timedelta(weeks=1)
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=30, start=next_week)
    chart = """
            11 Jan 2027
            Mon Tue Wed Thu Fri
    Bob     O   H   H   O   H
    """
    work_off_as(database, EARLIER, rota(chart))
    versions.publish(database, EARLIER, unit="Blue", is_acknowledged=True)
    share = look(database, "bob", next_week).share
    assert share is not None
    assert share.spans == (DayCount(Period(MON, 2), 6, 10, 6),)


@ON_SQLITE
@pytest.mark.parametrize("details", [{"office_percent": 0}, {"on": []}])
def test_where_no_share_is_asked_none_is(database: Database, details: dict[str, object]) -> None:
    published(database, **details)
    share = look(database, "bob").share
    assert share is not None
    assert (share.spans, share.over_period.office_days, share.over_period.least) == ((), 4, None)


def test_what_changed_is_told_until_it_is_marked_as_read(database: Database) -> None:
    published(database)
    move_bob(database, "Leeds", days=4)
    (news,) = look(database, "bob").news
    assert (news.date, news.before, news.after, news.version) == (WED, "home", "Leeds", 2)
    assert news.reason
    assert look(database, "ann").news == ()
    mark_as_read(database, act(MON), unit="Blue", user_id=USERS["bob"], version=1)
    assert look(database, "bob").news == (news,)
    for version in (2, 1, 99):
        mark_as_read(database, act(MON), unit="Blue", user_id=USERS["bob"], version=version)
        assert look(database, "bob").news == ()
    # Nobody can have read what is not yet published.
    move_bob(database, "home", days=3)
    (news,) = look(database, "bob").news
    assert (news.after, news.version) == ("home", 3)


def move_bob(database: Database, site: str, *, days: int) -> None:
    """Publish that Bob is at this site on Wednesday, so many days before the period."""
    doer = act(MON - timedelta(days=days))
    draft_edits.move(database, doer, unit="Blue", staff_no="bob", day=WED, site=site)
    versions.publish(database, doer, unit="Blue", is_acknowledged=True)


@ON_SQLITE
def test_of_past_weeks_no_change_is_news(database: Database) -> None:
    published(database)
    move_bob(database, "Leeds", days=4)
    assert look(database, "bob", FRI).news
    assert look(database, "bob", FRI + timedelta(days=3)).news == ()


@ON_SQLITE
def test_nobody_reads_the_rota_of_another(database: Database) -> None:
    published(database)
    bob = Rights((Grant(Role.OFFICER, unit_id=1, unit="Blue", staff_no="bob"),))
    assert look(database, "bob", rights=bob).officer.name == "Bob"
    mel = Rights((Grant(Role.MANAGER, unit_id=1, unit="Blue"),))
    for rights in (bob, mel, Rights()):
        with pytest.raises(Forbidden):
            look(database, "ann", rights=rights)


@ON_SQLITE
def test_an_officer_who_has_gone_is_not_found(database: Database) -> None:
    published(database)
    with pytest.raises(NotFound, match=r"^zoe is not a staff number in Blue\.$"):
        load_my_rota(database, act(MON), unit="Blue", staff_no="zoe", user_id=1)
