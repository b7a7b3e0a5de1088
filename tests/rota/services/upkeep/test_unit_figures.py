"""Figures are of what is published, over weeks that are chosen, for those who may know them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import event

from rota.domain import Away, Period
from rota.errors import Forbidden, NotFound
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.runs import night
from rota.services.units import record_changes
from rota.services.upkeep import unit_figures
from rota.services.upkeep.unit_figures import Overview
from rota.store.databases.database import Database
from tests.filled_once import filled_once
from tests.rota.services.example import (
    EARLIER,
    ON_SQLITE,
    change,
    keep,
    remove,
    set_policy,
    sick,
    work_off_as,
)
from tests.rota_text import FRI, MON, THU, TUE, rota
from tests.stored import act, publish

CHART = """
        4 Jan 2027              11 Jan 2027
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Ann     O   O   O   H   H       O   O   H   H   H
Bob     O   O   O   H   H       O   O   O   H   H
"""
WITHOUT_ANN = """
        4 Jan 2027              11 Jan 2027
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Ann     O   -   -   -   -       O   O   H   H   H
Bob     O   O   O   O   H       O   O   O   H   H
"""
FIRST, SECOND = MON, date(2027, 1, 11)
TODAY = act(MON)


@pytest.fixture
@filled_once
def blue(database: Database) -> Database:
    """A unit of which two weeks are published."""
    keep(database, CHART, plan_ahead_weeks=0)
    publish(database, EARLIER, rota=rota(CHART))
    return database


def shares(its: Overview) -> tuple[object, ...]:
    """The row of the whole unit in the first figure, from its working days on."""
    return its.figures[0].rows[0][2:5]


def somebody(*grants: Grant) -> Act:
    return replace(TODAY, rights=Rights(grants))


def head(unit: str = "Blue", number: int = 1) -> Act:
    return somebody(Grant(Role.HEAD, number, unit))


def test_the_figures_are_of_the_published_period(blue: Database) -> None:
    its = unit_figures.load_overview(blue, TODAY, unit="Blue")
    assert its.span == its.period == Period(FIRST, 2)
    assert its.periods == (Period(FIRST, 2),)
    assert shares(its) == (20, 11, 55)


def test_a_week_may_be_chosen(blue: Database) -> None:
    its = unit_figures.load_overview(blue, TODAY, unit="Blue", start=FIRST, week=SECOND)
    assert (its.period, its.span) == (Period(FIRST, 2), Period(SECOND, 1))
    assert shares(its) == (10, 5, 50)


def test_a_week_outside_the_period_is_not_chosen(blue: Database) -> None:
    its = unit_figures.load_overview(blue, TODAY, unit="Blue", week=SECOND + timedelta(weeks=1))
    assert its.span == Period(FIRST, 2)


def test_the_current_period_comes_first_then_the_next_then_the_last(database: Database) -> None:
    one_week = "\n4 Jan 2027\nMon Tue\nAnn O O\n"
    keep(database, one_week)
    publish(database, EARLIER, rota=rota(one_week))
    publish(database, EARLIER)
    shown = [
        unit_figures.load_overview(database, act(day), unit="Blue").span
        for day in (FIRST - timedelta(1), FIRST, SECOND, SECOND + timedelta(weeks=9))
    ]
    first, second = Period(FIRST, 1), Period(SECOND, 1)
    assert shown == [first, first, second, second]


def test_a_period_that_is_not_published_has_no_figures(blue: Database) -> None:
    with pytest.raises(NotFound, match="a period that starts on 2027-01-11"):
        unit_figures.load_overview(blue, TODAY, unit="Blue", start=SECOND)


def test_nothing_published_is_no_period(database: Database) -> None:
    keep(database, CHART)
    its = unit_figures.load_overview(database, TODAY, unit="Blue")
    assert (its.period, its.span, its.periods, its.figures) == (None, None, (), ())


def test_days_on_which_somebody_is_away_in_the_end_do_not_count(blue: Database) -> None:
    assert shares(unit_figures.load_overview(blue, TODAY, unit="Blue")) == (20, 11, 55)
    sick(blue, TODAY, Away("ann", TUE, FRI))
    assert shares(unit_figures.load_overview(blue, TODAY, unit="Blue")) == (16, 9, 56)


def test_changes_of_a_night_are_counted_by_seats_and_people(blue: Database) -> None:
    sick(blue, TODAY, Away("ann", TUE, FRI))
    the_night = act(MON, "the night", time(2, 30))
    assert night.begin_night(blue, the_night, seconds=1) == (2,)
    work_off_as(blue, the_night, rota(WITHOUT_ANN))
    changes = unit_figures.load_overview(blue, TODAY, unit="Blue").figures[-1]
    # Ann's four seats go, and Bob's of Thursday moves.
    assert changes.rows == ((MON, 5, 2),)
    (line,) = unit_figures.load_region(blue, TODAY).lines
    assert line.seats_moved == 5


def test_a_night_that_changed_nothing_is_told_too(blue: Database) -> None:
    for day in (FIRST - timedelta(weeks=1), MON, TUE):
        night.begin_night(blue, act(day, "the night", time(2, 30)), seconds=1)
    shown = unit_figures.load_overview(blue, act(MON + timedelta(days=23)), unit="Blue").figures[-1]
    assert shown.rows == ((MON, 0, 0), (TUE, 0, 0))


def test_a_figure_is_had_for_spreadsheets(blue: Database) -> None:
    csv = unit_figures.write_figure_csv(blue, TODAY, unit="Blue", key="duties")
    assert csv == "Kind,Duties,People needed,People sent,People missing,Share (%)\n"
    with pytest.raises(NotFound, match="Blue has no figure luck"):
        unit_figures.write_figure_csv(blue, TODAY, unit="Blue", key="luck")


def test_units_stand_side_by_side_over_the_same_weeks(blue: Database) -> None:
    keep(blue, CHART, name="Red")
    its = unit_figures.load_region(blue, TODAY, first=THU, weeks=1)
    assert its.span == Period(MON, 1)
    assert [(line.unit, line.days, line.counting, line.home) for line in its.lines] == [
        ("Blue", 10, 6, 4),
        ("Red", 0, 0, 0),
    ]
    # Asked are 60 %. Of Red nothing is published.
    assert its.figure.rows == (
        ("Blue", 2, 10, 60, 60, 40, 0, 0, 0, 0),
        ("Red", 2, 0, None, 60, None, None, None, None, 0),
    )


@ON_SQLITE
def test_what_is_asked_of_a_unit_is_what_is_asked_of_its_people(database: Database) -> None:
    # Ann has 100 % and Bob, who has 10 days like her, the 40 % of his base: 70 % of all days.
    people = {"Ann": {"office_percent": 100}}
    keep(database, CHART, plan_ahead_weeks=0, officers=people, sites={"O": {"office_percent": 40}})
    publish(database, EARLIER, rota=rota(CHART))
    (line,) = unit_figures.load_region(database, TODAY, first=FIRST, weeks=2).lines
    assert (line.percent_asked, line.share, line.is_short) == (70, 55, True)
    (later,) = unit_figures.load_region(database, TODAY, first=date(2027, 3, 1), weeks=1).lines
    assert (later.percent_asked, later.is_short) == (60, False)


def test_what_is_broken_in_all_units_is_the_cost_of_the_newest_version(database: Database) -> None:
    keep(database, CHART, on=["office-minimum"])
    # 12 days of 20 are asked, 6 of each; Ann has 5, at a weight of 3.
    publish(database, EARLIER, rota=rota(CHART))
    assert [line.policy for line in unit_figures.load_region(database, TODAY).lines] == [3]
    (later,) = unit_figures.load_region(database, TODAY, first=SECOND + timedelta(weeks=1)).lines
    assert (later.policy, later.days) == (0, 0)


def test_a_day_at_the_own_base_counts_where_its_kind_does_not(database: Database) -> None:
    chart = "\n4 Jan 2027\nMon Tue Wed\nAnn C O H\n"
    keep(database, chart, officers={"Ann": {"base": "Crown Court", "other_sites": ("Leeds",)}})
    publish(database, EARLIER, rota=rota(chart))
    (line,) = unit_figures.load_region(database, TODAY).lines
    assert (line.days, line.counting, line.home) == (3, 2, 1)
    assert shares(unit_figures.load_overview(database, TODAY, unit="Blue")) == (3, 2, 66)


@ON_SQLITE
def test_many_units_take_no_more_queries_than_one(blue: Database) -> None:
    one = queries(blue)
    for number in range(20):
        keep(blue, CHART, name=f"Unit {number}")
    assert queries(blue) == one == 8  # Seven, and the begin of the transaction.
    assert queries(blue) == 5  # What is published has not changed, and is not counted again.


def queries(database: Database) -> int:
    asked: list[str] = []

    def count(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    unit_figures.load_region(database, TODAY)
    event.remove(database.engine, "before_cursor_execute", count)
    return len(asked)


def test_all_units_are_counted_anew_when_one_publishes_or_changes(blue: Database) -> None:
    def days() -> list[int]:
        return [line.days for line in unit_figures.load_region(blue, TODAY).lines]

    keep(blue, CHART, name="Red")
    assert days() == [20, 0]
    publish(blue, EARLIER, name="Red", rota=rota(CHART))
    assert days() == [20, 20]
    leaves = {"staff_no": "bob", "name": "Bob", "team": "Blue", "grade": "PO"}
    gone = {"start_date": "2020-01-06", "base_site": "Leeds", "working_days": "Mon"}
    record_changes.withdraw(blue, TODAY, unit="Red", table="officers", rows=[leaves | gone])
    # Of Bob the Monday stays, on which he was still there.
    assert days() == [20, 11]


# Who may know them


@ON_SQLITE
def test_heads_and_managers_know_the_figures_of_their_units(blue: Database) -> None:
    manager = somebody(Grant(Role.MANAGER, 1, "Blue", team="Blue"))
    for doer in (head(), manager):
        assert unit_figures.load_overview(blue, doer, unit="Blue").figures
        assert len(unit_figures.load_region(blue, doer).lines) == 1


@ON_SQLITE
def test_others_do_not(blue: Database) -> None:
    officer = somebody(Grant(Role.OFFICER, 1, "Blue", staff_no="ann"))
    administrator = somebody(Grant(Role.ADMINISTRATOR))
    for doer in (officer, administrator, head("Red", 2)):
        with pytest.raises(Forbidden):
            unit_figures.load_overview(blue, doer, unit="Blue")
        with pytest.raises(Forbidden):
            unit_figures.write_figure_csv(blue, doer, unit="Blue", key="desks")
        assert unit_figures.load_region(blue, doer).lines == ()


@ON_SQLITE
def test_each_day_of_a_unit_counts_by_what_held_on_it(database: Database) -> None:
    # From 11 January on Ann is asked for 100 %, the policy asks for 40 % and counts courts alone.
    keep(database, CHART, plan_ahead_weeks=0)
    publish(database, EARLIER, rota=rota(CHART))

    def load_line(monday: date, weeks: int = 1) -> tuple[float, ...]:
        (line,) = unit_figures.load_region(database, act(FRI), first=monday, weeks=weeks).lines
        return line.days, line.counting, line.hundredths_asked, line.policy_percent

    before = load_line(FIRST)
    assert before == (10, 6, 600, 60)
    change(database, act(FRI), "officers", "ann", office_percent="100", since=f"{SECOND}")
    change(database, act(FRI), "officers", "ann", base_site="York", since=f"{SECOND}")
    set_policy(database, act(FRI), SECOND, office_percent="40", counts="court")
    assert load_line(FIRST) == before
    # Five days of Ann at 100 % and five of Bob at 40 %; of the office days his 3 at his base count.
    assert load_line(SECOND) == (10, 3, 700, 40)
    assert load_line(FIRST, 2) == (20, 9, 1300, 40)


@ON_SQLITE
def test_who_has_been_removed_counts_on_days_before(database: Database) -> None:
    keep(database, CHART, plan_ahead_weeks=0)
    publish(database, EARLIER, rota=rota(CHART))
    remove(database, act(THU), "officers", "ann")
    (line,) = unit_figures.load_region(database, act(FRI), first=FIRST, weeks=1).lines
    assert (line.days, line.counting, line.home, line.officers) == (9, 6, 3, 1)


@ON_SQLITE
def test_officers_stand_under_the_team_of_their_last_day(blue: Database) -> None:
    change(blue, act(FRI), "teams", "Blue", office="York")
    record_changes.record(
        blue, act(FRI), unit="Blue", table="teams", rows=[{"team": "Red", "office": "York"}]
    )
    change(blue, act(FRI), "officers", "ann", team="Red")
    week = unit_figures.load_overview(blue, act(FRI), unit="Blue", week=FIRST).figures[0]
    assert [row[:2] for row in week.rows] == [("Whole unit", 2), ("Blue", 2)]
    period = unit_figures.load_overview(blue, act(FRI), unit="Blue").figures[0]
    assert [row[:2] for row in period.rows] == [("Whole unit", 2), ("Blue", 1), ("Red", 1)]
