"""Nights looked back at: what ran, how it ended, and what it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from rota.domain import Away, Period
from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.runs import claims, night, night_history, run_requests
from rota.services.runs.night_history import (
    NightHistory,
    NightPunctuality,
    PastNight,
    PastRun,
    judge_punctuality,
)
from rota.store.databases.database import Database
from rota.store.runs.nights import Night
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, sick, work_off_as
from tests.rota_text import FRI, MON, TUE, WED, rota
from tests.stored import LEASE, act, publish, work_off

CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   O   O
Bob     H   H   H   H   H
"""
WITHOUT_ANN = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   -   -   -   -
Bob     H   O   H   H   O
"""
# Ann is ill from Tuesday on. Tuesday is at short notice, so that Bob's change waits there.

NIGHT_AT = time(2, 30)
NIGHT = act(MON, "the night", NIGHT_AT)
MORNING = act(MON)


@pytest.fixture
@filled_once
def blue(database: Database) -> Database:
    """A unit with a published week, of which nothing has to be drafted soon."""
    keep(database, CHART, plan_ahead_weeks=0)
    publish(database, EARLIER, rota=rota(CHART))
    return database


def the_night(database: Database, doer: Act = NIGHT) -> None:
    night.begin_night(database, doer, seconds=30)


def shown(database: Database, doer: Act = MORNING, before: date | None = None) -> NightHistory:
    return night_history.load_for_unit(
        database, doer, unit="Blue", night_at=NIGHT_AT, before=before
    )


def only_run(history: NightHistory) -> PastRun:
    ((run,),) = (night.runs for night in history.nights)
    return run


def test_what_a_night_changed_and_proposed(blue: Database) -> None:
    sick(blue, EARLIER, Away("ann", TUE, FRI))
    the_night(blue)
    work_off_as(blue, replace(NIGHT, at=NIGHT.at + timedelta(seconds=90)), rota(WITHOUT_ANN))
    history = shown(blue)
    (night,) = history.nights
    assert (night.date, night.night) == (MON, Night(MON, NIGHT.at, "the night", 1))
    assert (night.changed, night.proposed, night.failed) == (5, 1, 0)
    run = only_run(history)
    assert (run.is_done, run.plans_anew, run.period) == (True, True, None)
    assert (run.changed, run.people, run.proposed) == (5, 2, 1)
    assert run.took == timedelta(seconds=90)


def test_how_long_a_run_searched(blue: Database) -> None:
    sick(blue, EARLIER, Away("ann", TUE, FRI))
    the_night(blue)
    work_off(blue, NIGHT)
    run = only_run(shown(blue)).run
    told = replace(
        run,
        result={"periods": [{"seconds": {"total": 1.5}}, {"seconds": {"total": 2.0}}]},
    )
    assert PastRun(told).seconds == 3.5
    assert PastRun(replace(run, result={"seconds": {"total": 4.0}})).seconds == 4.0
    assert PastRun(replace(run, result=None)).seconds == 0


def test_a_run_that_waits_has_no_end_yet(blue: Database) -> None:
    sick(blue, EARLIER, Away("ann", TUE, FRI))
    the_night(blue)
    run = only_run(shown(blue))
    assert (run.is_done, run.is_failed, run.took, run.changed) == (False, False, None, 0)


def test_a_failure_is_told_with_its_error(blue: Database) -> None:
    sick(blue, EARLIER, Away("ann", TUE, FRI))
    the_night(blue)
    claim = claims.claim_next(blue, worker="east", now=NIGHT.at, lease=LEASE, attempts=5)
    assert claim
    claims.fail(blue, claim=claim, error="The disk is full.", now=NIGHT.at)
    history = shown(blue)
    assert only_run(history).run.error == "The disk is full."
    assert history.nights[0].failed == 1


def test_a_draft_of_the_next_period_is_a_run_of_the_night_too(database: Database) -> None:
    keep(database, CHART, plan_ahead_weeks=3, weeks=1)
    publish(database, EARLIER, rota=rota(CHART))
    the_night(database)
    run = only_run(shown(database))
    assert (run.plans_anew, run.period) == (False, Period(date(2027, 1, 11), 1))


def test_runs_that_managers_ask_for_are_no_part_of_a_night(blue: Database) -> None:
    the_night(blue)
    run_requests.request_run(blue, NIGHT, unit="Blue", seconds=1)
    assert shown(blue).nights == (PastNight(MON, Night(MON, NIGHT.at, "the night", 0), ()),)


def test_a_night_asked_for_by_hand_is_shown_without_one_that_was_begun(blue: Database) -> None:
    sick(blue, EARLIER, Away("ann", TUE, FRI))
    night.request_nights(blue, MORNING, unit="Blue", as_of=MON, seconds=1)
    history = shown(blue)
    assert [(night.date, night.night) for night in history.nights] == [(MON, None)]
    assert only_run(history).run.asked_by == "Mel"


def test_so_many_nights_are_shown_and_the_older_ones_after_them(blue: Database) -> None:
    first = MON - timedelta(days=night_history.OF_UNIT)
    for number in range(night_history.OF_UNIT + 1):
        the_night(blue, act(first + timedelta(days=number), "the night", NIGHT_AT))
    history = shown(blue)
    assert [night.date for night in history.nights][:2] == [MON, MON - timedelta(days=1)]
    assert (len(history.nights), history.older) == (
        night_history.OF_UNIT,
        first + timedelta(days=1),
    )
    older = shown(blue, before=history.older)
    assert ([night.date for night in older.nights], older.older) == ([first], None)


def test_no_night_yet(blue: Database) -> None:
    assert shown(blue) == NightHistory(
        punctuality=NightPunctuality.NEVER, last=None, nights=(), older=None
    )


@pytest.mark.parametrize(
    ("at", "its"),
    [
        # The night to Tuesday is due at 2.30, and is late from 3 on.
        (datetime(2027, 1, 5, 2, 29), NightPunctuality.BEGUN),
        (datetime(2027, 1, 5, 2, 30), NightPunctuality.SOON),
        (datetime(2027, 1, 5, 2, 59), NightPunctuality.SOON),
        (datetime(2027, 1, 5, 3, 0), NightPunctuality.MISSED),
    ],
)
def test_a_night_is_missed_half_an_hour_after_its_time(at: datetime, its: NightPunctuality) -> None:
    last = Night(MON, NIGHT.at, "the night", 1)
    now = act(at.date(), at=at.time()).at
    assert judge_punctuality(last, now, NIGHT_AT) == its
    assert judge_punctuality(None, now, NIGHT_AT) == NightPunctuality.NEVER


# Who may look


@ON_SQLITE
def test_heads_and_managers_see_the_nights_of_their_units(blue: Database) -> None:
    keep(blue, CHART, name="Red", plan_ahead_weeks=0)
    publish(blue, EARLIER, name="Red", rota=rota(CHART))
    for name in ("Blue", "Red"):
        sick(blue, EARLIER, Away("ann", TUE, WED), unit=name)
    the_night(blue)
    head = replace(MORNING, rights=Rights((Grant(Role.HEAD, 1, "Blue"),)))
    manager = replace(MORNING, rights=Rights((Grant(Role.MANAGER, 2, "Red", team="Blue"),)))
    seen = [units_in(blue, doer) for doer in (head, manager, MORNING)]
    assert seen == [["Blue"], ["Red"], ["Blue", "Red"]]
    assert shown(blue, head).nights
    with pytest.raises(Forbidden):
        shown(blue, manager)


def units_in(database: Database, doer: Act) -> list[str]:
    (night,) = night_history.load_for_all(database, doer, night_at=NIGHT_AT).nights
    return [run.run.unit for run in night.runs]


@ON_SQLITE
def test_only_who_manages_a_unit_may_ask_for_its_night(blue: Database) -> None:
    officer = replace(MORNING, rights=Rights((Grant(Role.OFFICER, 1, "Blue", staff_no="ann"),)))
    with pytest.raises(Forbidden):
        night.request_nights(blue, officer, unit="Blue", as_of=MON, seconds=1)
    with pytest.raises(Forbidden):
        night.begin_night(blue, officer, seconds=1)
