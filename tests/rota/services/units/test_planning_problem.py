"""What is stored of a unit becomes the problem that is planned, with what was told already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import (
    Away,
    Duty,
    EarlierPolicy,
    Period,
    Policy,
    Problem,
    PublishedSeat,
    group_by_day,
)
from rota.errors import NotFound
from rota.services.rotas import versions
from rota.services.units.lookup import find_unit, hold_unit
from rota.services.units.planning_problem import (
    build_draft_problem,
    build_problem,
    build_published_problem,
    compute_draft_changes,
    mark_locks,
)
from rota.store.databases.database import Database
from rota.store.rotas import drafts as stored_drafts
from tests import draft_edits
from tests.filling import filled
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, record
from tests.rota_text import MON, THU, TUE, WED, problem, rota, seat
from tests.stored import in_force, publish

CHART = """
        4 Jan 2027
        Mon Tue Wed Thu
Ann     O   H   O   H
Bob     H   O   H   O
"""
WEEK = Period(MON, 1)


def published_as(database: Database, today: date, period: Period = WEEK) -> Problem:
    with database.reading() as connection:
        return build_published_problem(connection, find_unit(connection, "Blue"), period, today)


def drafted_as(database: Database, today: date) -> Problem:
    with database.reading() as connection:
        unit = find_unit(connection, "Blue")
        draft = stored_drafts.find(connection, unit.id, MON)
        return build_draft_problem(connection, unit, WEEK, today, draft.seats if draft else None)


# The unit


@ON_SQLITE
def test_a_unit_that_is_not_there_is_told_with_what_is(database: Database) -> None:
    with database.writing() as connection:
        for find in (find_unit, hold_unit):
            with pytest.raises(NotFound) as told:
                find(connection, "Blue")
            assert str(told.value) == "There is no unit Blue. There are: none yet."
    keep(database, CHART)
    keep(database, CHART, name="Red")
    with database.writing() as connection:
        for find in (find_unit, hold_unit):
            with pytest.raises(NotFound) as told:
                find(connection, "Bleu")
            assert str(told.value) == "There is no unit Bleu. Maybe Blue?"
            with pytest.raises(NotFound) as told:
                find(connection, "Yorkshire")
            assert str(told.value) == "There is no unit Yorkshire. There are: Blue, Red."
            assert find(connection, "Red").name == "Red"


# What is to be planned


def test_the_problem_is_the_stored_unit_in_the_period_seen_from_today(database: Database) -> None:
    kept = keep(database, CHART, on=["cover"], duties=[Duty(TUE, "Crown Court", 1)])
    period = Period(date(2027, 3, 22), 2)
    found = published_as(database, TUE, period)
    assert found.unit == kept.unit
    assert found.policy == replace(kept.policy, start=period.first, weeks=2)
    assert (found.today, found.period) == (TUE, period)
    # Good Friday is a bank holiday.
    assert [day for day in period.weekdays() if day not in found.dates] == [
        date(2027, 3, 26),
        date(2027, 3, 29),
    ]


def test_what_is_published_and_locked_is_in_the_problem(database: Database) -> None:
    keep(database, CHART)
    publish(database, EARLIER, rota=rota(CHART))
    draft_edits.lock(database, EARLIER, unit="Blue", staff_no="ann", first=WED)
    versions.publish(database, EARLIER, unit="Blue")
    found = published_as(database, MON)
    assert found.unit.published == in_force(database)
    assert found.unit.locked == ()
    # Monday is history, Wednesday of Ann is locked.
    assert found.locked == {
        ("ann", MON): (seat("Ann", MON, "O"),),
        ("ann", WED): (seat("Ann", WED, "O"),),
        ("bob", MON): (seat("Bob", MON, "H"),),
    }


@ON_SQLITE
def test_the_locks_of_a_draft_hold_in_place_of_the_published_ones(database: Database) -> None:
    keep(database, CHART)
    publish(database, EARLIER, rota=rota(CHART))
    draft_edits.lock(database, EARLIER, unit="Blue", staff_no="ann", first=WED)
    versions.publish(database, EARLIER, unit="Blue")
    # While there is no draft, those that are published hold.
    assert drafted_as(database, EARLIER.today).unit.locked == (seat("Ann", WED, "O"),)
    draft_edits.unlock(database, EARLIER, unit="Blue", staff_no="ann", first=WED)
    draft_edits.move(database, EARLIER, unit="Blue", staff_no="bob", day=THU, site="home")
    draft_edits.lock(database, EARLIER, unit="Blue", staff_no="bob", first=THU)
    found = drafted_as(database, EARLIER.today)
    assert found.unit.locked == (seat("Bob", THU, "H"),)
    assert found.locked == {("bob", THU): (seat("Bob", THU, "H"),)}
    assert [its for its in found.unit.published if its.locked] == []
    assert [its.site for its in found.published["bob", THU]] == ["Leeds"]
    assert PublishedSeat("ann", WED, "Leeds", locked=True) in in_force(database)


@ON_SQLITE
def test_nobody_works_on_past_days_for_which_nothing_was_published_for_them(
    database: Database,
) -> None:
    keep(database, CHART)
    cat = {"staff_no": "cat", "name": "Cat", "team": "Blue", "grade": "PO", "base_site": "Leeds"}
    days = {"start_date": "2020-01-06", "working_days": "Mon Tue Wed Thu"}
    record(database, EARLIER, "officers", **cat, **days)
    # While nothing is published, all days are to be planned.
    assert published_as(database, TUE).working_days["cat"] == (MON, TUE, WED, THU)
    publish(database, EARLIER)
    dan = {**cat, "staff_no": "dan", "name": "Dan"}
    record(database, EARLIER, "officers", **dan, **days)
    found = published_as(database, TUE)
    assert found.working_days["cat"] == (MON, TUE, WED, THU)
    assert found.working_days["dan"] == (WED, THU)
    assert found.not_planned == {("dan", MON, ""), ("dan", TUE, "")}


# A whole rota


def test_each_place_has_the_first_of_the_wishes_that_is_allowed() -> None:
    unit = problem(CHART, officers={"Ann": {"other_sites": ("York",)}, "Bob": {}})
    first = [seat("Ann", MON, "N"), seat("Ann", TUE, "J"), seat("Bob", MON, "N")]
    second = [seat("Ann", MON, "H"), seat("Ann", TUE, "N"), seat("Bob", MON, "H")]
    # Nobody may use the prison, and Bob may not use York. Without a wish the base comes first.
    assert filled(unit, first, second) == rota("""
        4 Jan 2027
        Mon Tue Wed Thu
Ann     N   N   O   O
Bob     H   O   O   O
""")


def test_wishes_for_days_off_are_not_filled() -> None:
    unit = problem(CHART, away=[Away("ann", MON, THU)])
    assert {its.staff_no for its in filled(unit, rota(CHART))} == {"bob"}


def test_a_locked_place_is_filled_with_its_lock() -> None:
    unit = problem(CHART, published=CHART.replace("Ann     O   H", "Ann     O   H!"))
    assert seat("Ann", TUE, "H") in filled(unit, [seat("Ann", TUE, "O")]).seats


# What is published of it


OTHER = """
        4 Jan 2027
        Mon Tue Wed Thu
Ann     H   O   H   O
Bob     O   H   O   H
"""


def test_of_a_first_rota_every_seat_is_published() -> None:
    unit = problem(CHART, today=TUE)
    seats = [PublishedSeat(*its[:3]) for its in rota(CHART)]
    assert compute_draft_changes(unit, seats) == group_by_day(seats)


def test_of_a_draft_what_can_be_used_after_today_is_put_in_place() -> None:
    # Ann was away on Tuesday in the end: her seat of that day stays, although it is void, and her
    # published seat of Wednesday is taken back. Her draft seat of Wednesday falls away.
    unit = problem(CHART, published=CHART, today=TUE, away=[Away("ann", TUE, WED)])
    drafted = [PublishedSeat(*its[:3]) for its in rota(OTHER)]
    assert compute_draft_changes(unit, drafted) == {
        ("ann", WED): None,
        **group_by_day(
            [
                PublishedSeat("ann", THU, "Leeds"),
                PublishedSeat("bob", WED, "Leeds"),
                PublishedSeat("bob", THU, "home"),
            ]
        ),
    }


def test_a_published_seat_stays_where_the_draft_has_none_that_can_be_used() -> None:
    # Bob may not use York any more, and the draft says nothing of Ann's Thursday.
    unit = problem(CHART, published=CHART, today=TUE)
    drafted = [PublishedSeat("ann", WED, "home"), PublishedSeat("bob", WED, "York")]
    assert compute_draft_changes(unit, drafted) == group_by_day(drafted[:1])


def test_locks_are_marked_where_a_draft_or_the_published_rota_has_them() -> None:
    unit = problem(CHART, published=CHART.replace("Bob     H   O   H", "Bob     H   O   H!"))
    locked = replace(unit, unit=replace(unit.unit, locked=(seat("Ann", TUE, "H"),)))
    marked = [its for its in mark_locks(locked, rota(CHART)) if its.locked]
    assert marked == [
        PublishedSeat("ann", TUE, "home", locked=True),
        PublishedSeat("bob", WED, "home", locked=True),
    ]
    assert [its.seat for its in mark_locks(locked, rota(CHART))] == list(rota(CHART))


def test_a_policy_of_later_weeks_tells_at_once_how_to_plan_but_judges_nothing_yet() -> None:
    of_now = Policy(start=MON, weeks=1, office_percent=60, notice_days=2)
    of_later = replace(of_now, office_percent=40, notice_days=5)
    earlier = (EarlierPolicy(of_now, date(2027, 1, 11)),)
    unit = replace(problem(CHART).unit, earlier_policies=earlier)
    this_week = build_problem(unit, of_later, WEEK, MON)
    assert (this_week.policy.office_percent, this_week.policy.notice_days) == (60, 5)
    next_week = build_problem(unit, of_later, Period(date(2027, 1, 11), 1), MON)
    assert (next_week.policy.office_percent, next_week.policies) == (40, (next_week.policy,))
