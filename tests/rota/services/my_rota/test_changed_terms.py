"""My rota around a change of terms: each day is shown by what holds on it."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import Week
from rota.errors import NotFound
from rota.services.my_rota.my_rota import MyRota, load_my_rota
from rota.services.my_rota.office_share import PercentAsked
from rota.services.my_rota.own_day import OwnDay
from rota.store.databases.database import Database
from tests.rota.services.example import EARLIER, ON_SQLITE, change, keep, remove, set_policy
from tests.rota_text import FRI, MON, rota
from tests.stored import act, publish

pytestmark = ON_SQLITE

# Ned is new, of Blue, which meets at Leeds, and Ann is his mentor. Cal is Red, which meets at York.
CHART = """
        4 Jan 2027  11 Jan 2027  18 Jan 2027
        Mon Tue     Mon Tue      Mon Tue
Ned     O   N       O   N        O   N
Ann     O   H       O   H        O   H
Bob     O   O       O   O        O   O
Cal     N   N       N   N        N   N
"""
OFFICERS = {
    "Ned": {"start_date": date(2026, 9, 1), "mentor": "ann", "other_sites": ("York",)},
    "Cal": {"team": "Red", "base": "York"},
}
WEEKS = [Week(date(2027, 1, day)) for day in (4, 11, 18)]
CHANGE_DAY = date(2027, 1, 18)


def publish_chart(database: Database, **details: object) -> None:
    teams = {"Blue": "Leeds", "Red": "York"}
    keep(database, CHART, officers=OFFICERS, teams=teams, **details)
    publish(database, EARLIER, rota=rota(CHART))


def look(database: Database, who: str, today: date = FRI) -> MyRota:
    return load_my_rota(database, act(today, who), unit="Blue", staff_no=who, user_id=1)


def list_days(page: MyRota) -> list[OwnDay]:
    """Monday and Tuesday of the three weeks."""
    return [day for week in WEEKS for day in page.weeks[week][:2]]


def find_team_days(page: MyRota) -> list[int]:
    return [day.date.day for day in list_days(page) if day.is_team_day]


def test_a_coming_change_of_team_and_mentor_shows_from_its_day_on(database: Database) -> None:
    publish_chart(database)
    change(database, act(FRI), "officers", "ned", team="Red", mentor="cal", since=f"{CHANGE_DAY}")
    ned, ann, cal = (look(database, who) for who in ("ned", "ann", "cal"))
    assert [day.mentor for day in list_days(ned)] == ["Ann", None, "Ann", None, None, "Cal"]
    assert find_team_days(ned) == [4, 11, 19]
    none, with_ned = (), ("Ned",)
    assert [d.new_starters for d in list_days(ann)] == [with_ned, none, with_ned, none, none, none]
    assert [d.new_starters for d in list_days(cal)] == [*[none] * 5, with_ned]
    # Blue is Ann and Bob alone from then on, and meets on Mondays as before; Cal was Red alone.
    assert find_team_days(ann) == [4, 11, 18]
    assert find_team_days(cal) == [19]


def test_a_team_that_moves_meets_at_its_office_of_the_day(database: Database) -> None:
    # Red moves to Leeds on 18 January, where Cal may not be: Ned alone has no team day.
    publish_chart(database)
    change(database, EARLIER, "officers", "ned", team="Red")
    assert find_team_days(look(database, "ned")) == [5, 12, 19]
    change(database, act(FRI), "teams", "Red", office="Leeds", since=f"{CHANGE_DAY}")
    assert find_team_days(look(database, "ned")) == [5, 12]


def test_who_leaves_the_team_in_mid_week_counts_on_the_days_before(database: Database) -> None:
    # Bob goes on Tuesday 12 January; on the day before, all three meet.
    publish_chart(database)
    change(database, act(FRI), "officers", "bob", team="Red", since="2027-01-12")
    assert find_team_days(look(database, "ann")) == [4, 11, 18]
    # Once Ann has gone too, Ned would meet nobody.
    change(database, act(FRI), "officers", "ann", team="Red", since="2027-01-18")
    assert find_team_days(look(database, "ned")) == [4, 11]


def test_a_mentor_who_has_gone_is_named_on_days_before(database: Database) -> None:
    publish_chart(database)
    change(database, act(FRI), "officers", "ned", mentor="")
    remove(database, act(FRI), "officers", "ann")
    ned = look(database, "ned", date(2027, 1, 12))
    assert [day.mentor for day in list_days(ned)] == ["Ann", *[None] * 5]
    # Bob is all that is left of the team; Ann's seats are void from Saturday on.
    assert find_team_days(ned) == [4, 11, 18]
    with pytest.raises(NotFound, match=r"^ann is not a staff number in Blue\.$"):
        look(database, "ann", date(2027, 1, 12))


def test_days_off_are_those_of_the_policy_of_the_week(database: Database) -> None:
    # Until 18 January the 12th is a day off; what holds after that knows none.
    tuesday = date(2027, 1, 12)
    publish_chart(database, days_off=(tuesday,))
    set_policy(database, act(date(2027, 1, 11)), days_off="")
    page = look(database, "bob", date(2027, 1, 11))
    assert page.weeks[WEEKS[1]][1].why_off == "day off of the unit"
    assert [day.date.day for day in page.next_two] == [11, 13]


def test_the_share_asks_each_day_for_the_percentage_of_that_day(database: Database) -> None:
    # Bob works 6 days. 4 days at 60 % and 2 at 30 % are 3 days.
    publish_chart(database, on=["office-minimum"])
    change(database, act(FRI), "officers", "bob", office_percent="30", since=f"{CHANGE_DAY}")
    share = look(database, "bob").share
    assert share is not None
    assert share.percents_asked == (PercentAsked(60, date(2027, 1, 17)), PercentAsked(30, None))
    assert share.over_period.least == 3


def test_the_share_counts_days_at_the_base_of_each_day(database: Database) -> None:
    # Only the court is asked for where no kind counts. Ned is based at York from 18 January on.
    publish_chart(database, on=["office-minimum"], counts=())
    change(database, act(FRI), "officers", "ned", base_site="York", since=f"{CHANGE_DAY}")
    share = look(database, "ned").share
    assert share is not None
    # Leeds on the 4th and 11th, York on the 19th.
    assert (share.over_period.office_days, share.so_far.office_days) == (3, 1)


def test_a_new_starter_is_one_by_the_policy_of_the_day(database: Database) -> None:
    # Ned has been here for 4 whole months on Monday 4 January.
    publish_chart(database)
    set_policy(database, act(MON), monday=date(2027, 1, 11), new_starter_months="4")
    assert [day.mentor for day in list_days(look(database, "ned"))] == ["Ann", *[None] * 5]
