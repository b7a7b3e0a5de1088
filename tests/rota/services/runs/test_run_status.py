"""Whoever waits for a run sees how it stands, and what may be asked for next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rota.domain import Period
from rota.errors import Forbidden, NotFound
from rota.services.access.rights import Grant, Rights, Role
from rota.services.drafts import drafts
from rota.services.runs import claims, run_requests, run_status
from rota.services.runs.run_status import DRAFTED, NEW, PUBLISHED, Offer, RunOverview, RunStatus
from rota.store.databases.database import Database
from rota.store.runs import workers
from tests.rota.services.example import EARLIER, ON_SQLITE, keep
from tests.rota_text import MON, TUE, rota
from tests.stored import LEASE, act, publish, work_off

pytestmark = ON_SQLITE

CHART = """
        4 Jan 2027
        Mon Tue
Ann     O   H
Bob     H   O
"""
SECOND = timedelta(seconds=1)


@pytest.fixture
def unit(database: Database) -> Database:
    """A database with a unit of two officers and a period of one week from 4 January 2027."""
    keep(database, CHART)
    return database


def asked(database: Database, **what: object) -> int:
    return run_requests.request_run(database, EARLIER, unit="Blue", seconds=30, **what).run.id


def taken(database: Database) -> str | None:
    return claims.claim_next(database, worker="east", now=EARLIER.at, lease=LEASE, attempts=5)


def followed(database: Database, number: int = 1, later: timedelta = 0 * SECOND) -> RunStatus:
    doer = replace(EARLIER, at=EARLIER.at + later)
    return run_status.load_status(database, doer, unit="Blue", number=number, lease=LEASE)


def desk(database: Database, day: date = EARLIER.today) -> RunOverview:
    return run_status.load_overview(database, act(day), unit="Blue", lease=LEASE)


def test_a_run_that_waits_tells_its_place_in_the_queue(unit: Database) -> None:
    keep(unit, CHART, name="Red")
    run_requests.request_run(unit, EARLIER, unit="Red", seconds=30)
    number = asked(unit)
    assert (followed(unit, number).ahead, followed(unit, number).is_under_way) == (1, True)
    taken(unit)
    assert followed(unit, number).ahead == 0
    taken(unit)
    assert (followed(unit, number).ahead, followed(unit, number).is_under_way) == (None, True)


def test_that_no_worker_is_alive_is_told(unit: Database) -> None:
    asked(unit)
    assert followed(unit).is_worker_alive is desk(unit).is_worker_alive is False
    claims.mark_alive(unit, "east", at=EARLIER.at)
    assert followed(unit).is_worker_alive is desk(unit).is_worker_alive is True
    assert followed(unit, later=workers.LEASES * LEASE + SECOND).is_worker_alive is False


def test_a_run_whose_worker_fell_silent_is_lost_until_another_takes_it(unit: Database) -> None:
    asked(unit)
    taken(unit)
    assert followed(unit, later=LEASE).is_lost is False
    lost = followed(unit, later=LEASE + SECOND)
    assert (lost.is_lost, lost.ahead, lost.run.state) == (True, 0, "running")


def test_a_run_that_is_done_tells_whether_its_draft_is_as_it_left_it(unit: Database) -> None:
    asked(unit)
    work_off(unit, EARLIER, rota=rota(CHART))
    done = followed(unit)
    assert (done.is_under_way, done.is_own_draft, done.ahead) == (False, True, None)
    later = act(EARLIER.today + timedelta(days=1))
    drafts.move(unit, later, unit="Blue", staff_no="bob", day=TUE, site="home")
    assert followed(unit).is_own_draft is False
    drafts.discard(unit, EARLIER, unit="Blue")
    assert (followed(unit).draft, followed(unit).is_own_draft) == (None, False)


def test_a_run_of_another_unit_is_not_there(unit: Database) -> None:
    keep(unit, CHART, name="Red")
    run_requests.request_run(unit, EARLIER, unit="Red", seconds=30)
    with pytest.raises(NotFound, match=r"^Blue has no run 1\.$"):
        followed(unit)
    with pytest.raises(NotFound, match=r"^Blue has no run 7\.$"):
        followed(unit, 7)


def test_runs_are_followed_by_those_who_know_figures(unit: Database) -> None:
    asked(unit)
    for role in (Role.MANAGER, Role.HEAD):
        doer = replace(EARLIER, rights=Rights((Grant(role, 1, "Blue"),)))
        assert run_status.load_status(unit, doer, unit="Blue", number=1, lease=LEASE).run.id == 1
        assert len(run_status.load_overview(unit, doer, unit="Blue", lease=LEASE).runs) == 1
    doer = replace(EARLIER, rights=Rights((Grant(Role.OFFICER, 1, "Blue", staff_no="ann"),)))
    with pytest.raises(Forbidden):
        run_status.load_status(unit, doer, unit="Blue", number=1, lease=LEASE)
    with pytest.raises(Forbidden):
        run_status.load_overview(unit, doer, unit="Blue", lease=LEASE)


def week(first: date) -> Period:
    return Period(first, 1)


def test_of_a_new_unit_the_first_mondays_of_its_policy_are_offered(unit: Database) -> None:
    assert desk(unit).offers == tuple(
        Offer(week(MON + timedelta(weeks=number)), NEW) for number in range(4)
    )
    # In the middle of its week the first Monday is the next one.
    assert desk(unit, TUE).offers[0] == Offer(week(date(2027, 1, 11)), NEW)


def test_what_is_published_or_drafted_may_be_planned_anew(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    assert desk(unit).offers[:2] == (
        Offer(week(MON), PUBLISHED),
        Offer(week(date(2027, 1, 11)), NEW),
    )
    asked(unit, start=MON)
    work_off(unit, EARLIER, rota=rota(CHART))
    assert desk(unit).offers[0] == Offer(week(MON), DRAFTED)
    # On the day after its last there is nothing of it to be planned.
    assert desk(unit, date(2027, 1, 11)).offers[0] == Offer(week(date(2027, 1, 18)), NEW)


def test_a_run_without_weeks_takes_those_of_the_period_that_starts_then(unit: Database) -> None:
    asked(unit, start=MON, weeks=2)
    work_off(unit, EARLIER)
    asked(unit, start=MON)
    assert followed(unit, 2).run.weeks == 2
    work_off(unit, EARLIER)
    publish_two_weeks = drafts.look(unit, EARLIER, unit="Blue").draft.period
    assert publish_two_weeks == Period(MON, 2)
