"""Runs are asked for, taken by one worker alone, and end with a draft or with words."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from rota.domain import PublishedSeat, Rota, Seat
from rota.errors import Conflict, Forbidden, NotFound, RotaError
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.drafts import drafts
from rota.services.rotas import versions
from rota.services.runs import claimed_run, claims, run_requests, run_result, run_status
from rota.services.runs.claimed_run import ClaimedRun, LostClaim
from rota.services.runs.run_requests import RequestedRun
from rota.services.runs.run_result import SolvedProblem
from rota.store.databases.database import Database
from rota.store.runs.runs import Run
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, costs, keep
from tests.rota_text import MON, TUE, rota
from tests.stored import LEASE, ONLOOKER, act, audited, in_force, publish, solved_by, work_off

CHART = """
        4 Jan 2027
        Mon Tue
Ann     O   H
Bob     H   O
"""
OTHER = """
        4 Jan 2027
        Mon Tue
Ann     H   H
Bob     O   O
"""
SECOND = timedelta(seconds=1)


@pytest.fixture
@filled_once
def unit(database: Database) -> Database:
    """A database with a unit of two officers and a period of one week from 4 January 2027."""
    keep(database, CHART, on=["office-minimum"], office_percent=50)
    return database


def asked(database: Database, **what: object) -> Run:
    return run_requests.request_run(database, EARLIER, unit="Blue", seconds=30, **what).run


def taken(
    database: Database, at: datetime = EARLIER.at, *, worker: str = "east", attempts: int = 5
) -> str | None:
    return claims.claim_next(database, worker=worker, now=at, lease=LEASE, attempts=attempts)


def loaded(database: Database, claim: str | None, at: datetime = EARLIER.at) -> ClaimedRun:
    assert claim
    return claimed_run.load_claimed_run(database, claim=claim, now=at)


def reported(database: Database, claimed: ClaimedRun, at: datetime = EARLIER.at) -> bool:
    return claims.report_progress(database, claimed, progress={"seconds": 1.5}, now=at, lease=LEASE)


def solved(claimed: ClaimedRun, chart: str = CHART) -> SolvedProblem:
    return solved_by(claimed.problems[0], rota(chart))


def the_run(database: Database) -> Run:
    (run,) = run_status.list_latest(database, ONLOOKER)
    return run


# What may be asked for


@ON_SQLITE
def test_a_run_is_of_the_policys_period_where_nothing_is_published(unit: Database) -> None:
    run = asked(unit)
    assert run == Run(
        id=1,
        unit_id=1,
        unit="Blue",
        kind="draft",
        start=MON,
        weeks=1,
        today=None,
        seconds=30,
        seed=1,
        state="waiting",
        asked_at=EARLIER.at,
        asked_by="Mel",
        claim=None,
        claimed_by=None,
        lease_until=None,
        attempts=0,
        stop_asked=False,
        progress=None,
        result=None,
        error=None,
        planned_revision=None,
        ended_at=None,
        afresh=False,
    )
    assert (
        run_status.list_latest(unit, ONLOOKER, unit="Blue")
        == run_status.list_in_states(unit, "waiting")
        == (run,)
    )
    assert run_status.find(unit, ONLOOKER, 1) == run


@ON_SQLITE
def test_a_run_is_of_the_period_after_what_is_published(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    run = asked(unit)
    assert (run.start, run.weeks) == (date(2027, 1, 11), 1)


@ON_SQLITE
def test_a_run_may_be_of_any_other_weeks(unit: Database) -> None:
    run = asked(unit, start=date(2027, 3, 1), weeks=3, seed=7)
    assert (run.start, run.weeks, run.seed) == (date(2027, 3, 1), 3, 7)


@ON_SQLITE
def test_to_ask_for_a_run_is_audited(unit: Database) -> None:
    asked(unit)
    entry = audited(unit, unit="Blue")[0]
    assert (entry.actor, entry.place, entry.what) == ("Mel", "a test", "asked for a run")
    assert entry.after == {"run": 1, "period": "2027-01-04/2027-01-10", "seconds": 30, "seed": 1}


@ON_SQLITE
@pytest.mark.parametrize(
    ("today", "start", "weeks", "says"),
    [
        (EARLIER.today, TUE, 1, "A period starts on a Monday; 2027-01-05 is not one."),
        (EARLIER.today, MON, -1, "A period has at least 1 week, not -1."),
        (
            date(2027, 1, 10),
            MON,
            1,
            "The period 2027-01-04/2027-01-10 is over; today is 2027-01-10.",
        ),
        (
            EARLIER.today,
            date(2026, 12, 28),
            2,
            "The period 2026-12-28/2027-01-10 shares days with 2027-01-04/2027-01-10, "
            "which is published or drafted already.",
        ),
        (
            EARLIER.today,
            MON,
            2,
            "The period 2027-01-04/2027-01-17 shares days with 2027-01-04/2027-01-10, "
            "which is published or drafted already.",
        ),
    ],
    ids=["no Monday", "no week", "over", "overlapping", "longer than what is published"],
)
def test_what_cannot_be_planned_is_refused(
    unit: Database, today: date, start: date, weeks: int, says: str
) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    with pytest.raises(RotaError) as told:
        run_requests.request_run(
            unit, act(today), unit="Blue", seconds=30, start=start, weeks=weeks
        )
    assert str(told.value) == says
    assert len(run_status.list_latest(unit, ONLOOKER)) == 1


@ON_SQLITE
def test_a_period_may_be_planned_until_the_day_before_its_last(unit: Database) -> None:
    saturday = act(date(2027, 1, 9))
    assert run_requests.request_run(unit, saturday, unit="Blue", seconds=30).run.start == MON


@ON_SQLITE
def test_a_draft_of_other_weeks_from_the_same_start_is_in_the_way(unit: Database) -> None:
    asked(unit)
    work_off(unit, EARLIER, rota=rota(CHART))
    with pytest.raises(RotaError) as told:
        asked(unit, start=MON, weeks=2)
    assert str(told.value) == (
        "The period 2027-01-04/2027-01-17 shares days with 2027-01-04/2027-01-10, "
        "which is published or drafted already."
    )


@ON_SQLITE
def test_a_run_of_other_weeks_that_was_asked_for_before_the_draft_was_there_fails(
    unit: Database,
) -> None:
    asked(unit)
    asked(unit, start=MON, weeks=2)
    work_off(unit, EARLIER, rota=rota(CHART))
    claim = taken(unit)
    with pytest.raises(RotaError) as told:
        loaded(unit, claim)
    assert str(told.value) == (
        "The period 2027-01-04/2027-01-17 shares days with 2027-01-04/2027-01-10, "
        "which is published or drafted already."
    )


@ON_SQLITE
def test_what_is_not_there_is_told(unit: Database) -> None:
    with pytest.raises(NotFound, match=r"^There is no unit Bleu\. Maybe Blue\?$"):
        run_requests.request_run(unit, EARLIER, unit="Bleu", seconds=30)
    with pytest.raises(NotFound, match=r"^There is no run 7\.$"):
        run_status.find(unit, ONLOOKER, 7)
    with pytest.raises(NotFound, match=r"^There is no run 7\.$"):
        run_status.stop_run(unit, EARLIER, 7)


# What waits already


FEBRUARY = date(2027, 2, 1)


@ON_SQLITE
def test_what_is_asked_for_twice_is_one_run_while_it_waits(unit: Database) -> None:
    first = asked_for(unit, act(EARLIER.today, "Mel"))
    second = asked_for(unit, act(EARLIER.today, "Sam"), start=MON, weeks=1)
    assert (first.is_new, first.says, second.is_new) == (True, "", False)
    assert second.run == first.run
    assert second.says == "The same is asked for already: run 1 still waits, so there is no second."
    assert len(run_status.list_latest(unit, ONLOOKER)) == 1
    assert [entry.what for entry in audited(unit, unit="Blue")].count("asked for a run") == 1
    taken(unit)
    assert asked_for(unit, EARLIER).run.id == 2


@ON_SQLITE
def test_a_run_of_other_weeks_or_of_another_unit_is_another(unit: Database) -> None:
    keep(unit, CHART, name="Red")
    asked(unit)
    others = [
        asked_for(unit, EARLIER, start=FEBRUARY),
        asked_for(unit, EARLIER, start=FEBRUARY, weeks=2),
        asked_for(unit, EARLIER, unit="Red"),
    ]
    assert [its.is_new for its in others] == [True, True, True]


@ON_SQLITE
def test_a_run_that_waits_takes_over_the_seconds_and_the_seed(unit: Database) -> None:
    before = asked(unit)
    run_status.stop_run(unit, EARLIER, 1)
    changed = asked_for(unit, act(EARLIER.today, "Sam"), seconds=600, seed=7)
    assert changed.run == replace(before, seconds=600, seed=7, asked_by="Sam")
    assert changed.says == (
        "Run 1 still waits to plan these weeks, so there is no second. "
        "It now searches for at most 600 seconds, with the seed 7."
    )
    entry = audited(unit, unit="Blue")[0]
    assert (entry.actor, entry.what) == ("Sam", "asked for a run")
    assert entry.before == {"seconds": 30.0, "seed": 1, "asked_by": "Mel"}
    assert entry.after == {"run": 1, "period": "2027-01-04/2027-01-10", "seconds": 600, "seed": 7}
    assert len(run_status.list_latest(unit, ONLOOKER)) == 1


@ON_SQLITE
def test_a_run_that_waits_starts_afresh_if_whoever_asks_again_wants_it(unit: Database) -> None:
    before = asked(unit)
    changed = asked_for(unit, EARLIER, afresh=True)
    assert changed.run == replace(before, afresh=True)
    assert changed.says.endswith("for at most 30 seconds, with the seed 1, and starts afresh.")
    entry = audited(unit, unit="Blue")[0]
    assert entry.after is not None
    assert entry.after["afresh"] is True
    assert asked_for(unit, EARLIER, afresh=True).standing == run_requests.SAME
    assert asked_for(unit, EARLIER).run == before


@ON_SQLITE
def test_so_many_runs_of_a_unit_may_wait(unit: Database) -> None:
    keep(unit, CHART, name="Red")
    for number in range(run_requests.MOST_WAITING):
        asked(unit, start=MON + timedelta(weeks=number))
    after_all = MON + timedelta(weeks=run_requests.MOST_WAITING)
    with pytest.raises(Conflict) as told:
        asked(unit, start=after_all)
    assert str(told.value) == (
        "Blue has 12 runs that wait already, and no unit may have more. "
        "Ask again when a worker has taken one of them."
    )
    assert asked_for(unit, EARLIER, seed=2).run.id == 1
    assert asked_for(unit, EARLIER, unit="Red").is_new
    taken(unit)
    assert asked(unit, start=after_all).start == after_all


@ON_SQLITE
@pytest.mark.parametrize("seconds", [0, -1, 3601, float("nan"), float("inf")])
def test_no_run_may_search_for_longer_than_an_hour(unit: Database, seconds: float) -> None:
    with pytest.raises(RotaError, match=r"^A run searches for more than 0 and at most 3,600 sec"):
        asked_for(unit, EARLIER, seconds=seconds)
    assert asked_for(unit, EARLIER, seconds=3600).is_new


def test_two_who_ask_at_once_have_one_run(unit: Database) -> None:
    start = Barrier(4)

    def ask(_: int) -> int:
        own = Database(unit.url)
        start.wait()
        number = asked(own).id
        own.close()
        return number

    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(ask, range(4))] == [1, 1, 1, 1]


def asked_for(
    database: Database, doer: Act, unit: str = "Blue", seconds: float = 30, **what: Any
) -> RequestedRun:
    return run_requests.request_run(database, doer, unit=unit, seconds=seconds, **what)


# Once more


def failed(database: Database) -> int:
    """A run that failed. Its number."""
    number = asked(database, start=FEBRUARY, weeks=2, seed=3).id
    claims.fail(database, claim=taken(database) or "", error="It broke.", now=EARLIER.at)
    return number


@ON_SQLITE
def test_a_run_that_failed_is_tried_again_as_another(unit: Database) -> None:
    number = failed(unit)
    again = run_requests.retry_run(unit, act(EARLIER.today, "Sam"), number)
    assert (again.is_new, again.run.id, again.run.asked_by) == (True, 2, "Sam")
    assert (again.run.start, again.run.weeks) == (FEBRUARY, 2)
    assert (again.run.seconds, again.run.seed, again.run.state) == (30, 3, "waiting")
    assert run_status.find(unit, ONLOOKER, number).error == "It broke."
    assert run_requests.retry_run(unit, EARLIER, number).run == again.run


@ON_SQLITE
def test_only_a_run_that_failed_is_tried_again(unit: Database) -> None:
    asked(unit)
    with pytest.raises(Conflict, match=r"^Run 1 did not fail, so there is nothing to try again\.$"):
        run_requests.retry_run(unit, EARLIER, 1)
    with pytest.raises(NotFound):
        run_requests.retry_run(unit, EARLIER, 7)


@ON_SQLITE
def test_runs_are_tried_again_by_those_who_manage(unit: Database) -> None:
    number = failed(unit)
    head = replace(EARLIER, rights=Rights((Grant(Role.HEAD, 1, "Blue"),)))
    with pytest.raises(Forbidden):
        run_requests.retry_run(unit, head, number)
    assert len(run_status.list_latest(unit, ONLOOKER)) == 1


# Who works on it


def test_the_run_that_waits_longest_is_taken_first(unit: Database) -> None:
    first, second = asked(unit), asked(unit, start=date(2027, 2, 1))
    both = [taken(unit), taken(unit)]
    assert [loaded(unit, claim).run.id for claim in both] == [first.id, second.id]
    assert taken(unit) is None


def test_what_a_worker_took_is_kept_with_the_run(unit: Database) -> None:
    run = asked(unit)
    claim = taken(unit)
    assert claim is not None
    assert claim.startswith("east/")
    expected = replace(
        run,
        state="running",
        claim=claim,
        claimed_by="east",
        lease_until=EARLIER.at + LEASE,
        attempts=1,
    )
    assert loaded(unit, claim).run == the_run(unit) == expected


@ON_SQLITE
def test_a_run_sees_the_unit_as_it_is_when_it_is_taken(unit: Database) -> None:
    asked(unit)
    claimed = loaded(unit, taken(unit), act(TUE).at)
    (problem,) = claimed.problems
    assert (claimed.revision, claimed.bases, claimed.draft) == (1, (), None)
    assert (problem.today, problem.period.first, problem.period.weeks) == (TUE, MON, 1)
    assert problem.unit.published == problem.unit.locked == ()


@pytest.mark.parametrize("workers", [2, 4])
def test_each_run_is_taken_by_one_of_several_workers(unit: Database, workers: int) -> None:
    weeks = [date(2027, 1, 4) + timedelta(weeks=n) for n in range(12)]
    numbers = [asked(unit, start=monday).id for monday in weeks]
    start = Barrier(workers)

    def work(worker: int) -> list[int]:
        own = Database(unit.url)
        start.wait()
        those = iter(lambda: taken(own, worker=f"worker {worker}"), None)
        mine = [loaded(own, claim).run.id for claim in those]
        own.close()
        return mine

    with ThreadPoolExecutor(workers) as pool:
        shares = list(pool.map(work, range(workers)))
    assert sorted(number for share in shares for number in share) == numbers
    assert [run.attempts for run in run_status.list_latest(unit, ONLOOKER)] == [1] * 12


# A worker that dies, or is thought dead


def test_a_run_is_free_again_when_its_lease_has_ended(unit: Database) -> None:
    asked(unit)
    taken(unit)
    end = EARLIER.at + LEASE
    assert taken(unit, end, worker="west") is None
    claim = taken(unit, end + SECOND, worker="west")
    run = loaded(unit, claim, end + SECOND).run
    assert (run.claimed_by, run.attempts, run.lease_until) == ("west", 2, end + SECOND + LEASE)


def test_a_report_keeps_the_lease_and_tells_how_far_the_run_is(unit: Database) -> None:
    asked(unit)
    claimed = loaded(unit, taken(unit))
    later = EARLIER.at + LEASE
    assert reported(unit, claimed, later) is False
    assert the_run(unit).progress == {"seconds": 1.5}
    assert taken(unit, later + LEASE, worker="west") is None


def test_a_worker_whose_run_was_taken_over_changes_nothing_any_more(unit: Database) -> None:
    asked(unit)
    old = loaded(unit, taken(unit))
    later = EARLIER.at + LEASE + SECOND
    claim = taken(unit, later, worker="west")
    before = the_run(unit)
    with pytest.raises(LostClaim, match=r"^Run 1 was taken by another worker\.$"):
        reported(unit, old, later)
    with pytest.raises(LostClaim, match=r"^Run 1 was taken by another worker\.$"):
        run_result.save_draft(unit, act(later.date(), "east"), old, solved(old))
    with pytest.raises(
        LostClaim, match=rf"^Run of the claim {old.claim} was taken by another worker"
    ):
        loaded(unit, old.claim)
    claims.fail(unit, claim=old.claim, error="It broke.", now=later)
    claims.give_back(unit, claim=old.claim)
    assert the_run(unit) == before
    assert before.claim == claim
    with pytest.raises(NotFound):
        drafts.load_view(unit, EARLIER, unit="Blue")


def test_only_the_first_result_of_a_claim_is_kept(unit: Database) -> None:
    asked(unit)
    claimed = loaded(unit, taken(unit))
    run_result.save_draft(unit, EARLIER, claimed, solved(claimed))
    with pytest.raises(LostClaim):
        run_result.save_draft(unit, EARLIER, claimed, solved(claimed, OTHER))
    assert drafts.load_view(unit, EARLIER, unit="Blue").rota == rota(CHART)
    assert the_run(unit).state == "done"


def test_a_run_over_which_too_many_workers_died_is_given_up(unit: Database) -> None:
    asked(unit)
    second = asked(unit, start=date(2027, 2, 1))
    taken(unit, worker="east", attempts=2)
    later = EARLIER.at + LEASE + SECOND
    claims.give_back(
        unit, claim=taken(unit, later, worker="west", attempts=2) or "", is_counted=True
    )
    claim = taken(unit, later, worker="north", attempts=2)
    assert loaded(unit, claim).run.id == second.id
    given_up = run_status.find(unit, ONLOOKER, 1)
    assert (given_up.state, given_up.ended_at) == ("failed", later)
    assert given_up.error == (
        "Planning stopped twice because its worker died, the last time on west. "
        "Nothing was lost; ask again."
    )


@ON_SQLITE
@pytest.mark.parametrize(
    ("times", "says"),
    [
        (1, "Planning stopped once because its worker died, the last time on host (process 3508)."),
        (3, "Planning stopped 3 times because its worker died, the last time on host (process"),
    ],
)
def test_how_often_workers_died_and_where_is_told(unit: Database, times: int, says: str) -> None:
    asked(unit)
    for _ in range(times):
        claim = taken(unit, worker="host/3508", attempts=times)
        claims.give_back(unit, claim=claim or "", is_counted=True)
    assert taken(unit, worker="west", attempts=times) is None
    error = the_run(unit).error
    assert error
    assert error.startswith(says)


def test_a_run_given_back_waits_as_if_nobody_had_taken_it(unit: Database) -> None:
    asked(unit)
    claims.give_back(unit, claim=taken(unit) or "")
    run = the_run(unit)
    assert (run.state, run.attempts, run.lease_until) == ("waiting", 0, None)
    assert taken(unit) is not None


def test_a_run_given_back_by_a_process_that_died_counts_as_tried(unit: Database) -> None:
    asked(unit)
    claims.give_back(unit, claim=taken(unit) or "", is_counted=True)
    assert (the_run(unit).state, the_run(unit).attempts) == ("waiting", 1)


# How it ends


@pytest.mark.parametrize("is_begun", [False, True], ids=["waiting", "running"])
def test_a_run_may_be_stopped_before_it_has_ended(unit: Database, is_begun: bool) -> None:
    asked(unit)
    claim = taken(unit) if is_begun else None
    run_status.stop_run(unit, EARLIER, 1)
    assert reported(unit, loaded(unit, claim or taken(unit))) is True
    assert audited(unit)[0].what == "stopped a run"


@ON_SQLITE
def test_a_run_that_has_ended_cannot_be_stopped(unit: Database) -> None:
    asked(unit)
    work_off(unit, EARLIER, rota=rota(CHART))
    with pytest.raises(RotaError, match=r"^Run 1 has ended already\.$"):
        run_status.stop_run(unit, EARLIER, 1)
    assert the_run(unit).stop_asked is False


def test_a_run_that_fails_says_why_and_is_over(unit: Database) -> None:
    asked(unit)
    claims.fail(unit, claim=taken(unit) or "", error="It broke.", now=EARLIER.at + SECOND)
    run = the_run(unit)
    assert (run.state, run.error, run.ended_at) == ("failed", "It broke.", EARLIER.at + SECOND)
    assert taken(unit, EARLIER.at + timedelta(days=1)) is None


def test_a_run_that_is_done_leaves_a_draft_as_it_was_judged(unit: Database) -> None:
    asked(unit)
    claimed = loaded(unit, taken(unit))
    night = act(EARLIER.today, "east")
    result = replace(solved(claimed, OTHER), summary={"status": "feasible"})
    run_result.save_draft(unit, night, claimed, result)
    run = the_run(unit)
    assert (run.state, run.result, run.error) == ("done", {"status": "feasible"}, None)
    assert (run.planned_revision, run.ended_at) == (1, night.at)
    draft = drafts.load_view(unit, EARLIER, unit="Blue").draft
    assert (draft.period.first, draft.period.weeks) == (MON, 1)
    assert (draft.revision, draft.base, draft.planned_revision) == (1, 0, 1)
    assert (draft.changed_by, draft.changed_at) == ("Mel", night.at)
    assert draft.seats == tuple(PublishedSeat(*seat[:3]) for seat in rota(OTHER))
    # Ann should be at the office on 1 day of 2 and is on none, at a weight of 3.
    assert draft.costs == costs(policy=3)
    entry = audited(unit)[0]
    assert (entry.actor, entry.what) == ("east", "planned a draft")
    assert entry.after == {"draft": "2027-01-04/2027-01-10", "run": 1, "costs": costs(policy=3)}


@ON_SQLITE
def test_a_further_run_of_the_period_takes_the_place_of_the_draft(unit: Database) -> None:
    asked(unit)
    work_off(unit, EARLIER, rota=rota(OTHER))
    asked(unit)
    work_off(unit, EARLIER, rota=rota(CHART))
    draft = drafts.load_view(unit, EARLIER, unit="Blue").draft
    assert (draft.revision, draft.costs) == (2, costs())
    assert Rota.of(seat.seat for seat in draft.seats) == rota(CHART)
    # Ann was at home on Monday, and Bob in the office; on Tuesday nothing is different.
    assert draft.replaced == (Seat("ann", MON, "home"), Seat("bob", MON, "Leeds"))


@ON_SQLITE
def test_what_a_run_replaced_is_known_until_the_next_one(unit: Database) -> None:
    asked(unit)
    work_off(unit, EARLIER, rota=rota(OTHER))
    assert drafts.load_view(unit, EARLIER, unit="Blue").draft.replaced is None
    asked(unit)
    work_off(unit, EARLIER, rota=rota(CHART))
    edited_meanwhile(unit)
    replaced = (Seat("ann", MON, "home"), Seat("bob", MON, "Leeds"))
    assert drafts.load_view(unit, EARLIER, unit="Blue").draft.replaced == replaced
    asked(unit)
    work_off(unit, EARLIER, rota=rota(CHART))
    # Bob had been sent home on Tuesday by hand.
    draft = drafts.load_view(unit, EARLIER, unit="Blue").draft
    assert draft.replaced == (Seat("bob", TUE, "home"),)


STAYS = "Somebody changed the draft while it was planned; it stays as they left it."


def edited_meanwhile(unit: Database) -> None:
    """Bob is sent home on Tuesday."""
    draft_edits.move(
        unit, act(EARLIER.today, "Sam"), unit="Blue", staff_no="bob", day=TUE, site="home"
    )


def planned_anew_meanwhile(unit: Database) -> None:
    """What was drafted is published, and a run drafts the period again: at revision 1, as before.

    Everybody is as in OTHER.
    """
    versions.publish(unit, EARLIER, unit="Blue", is_acknowledged=True)
    asked(unit, start=MON)
    work_off(unit, act(EARLIER.today, "Sam"), rota=rota(OTHER))


@pytest.mark.parametrize("meanwhile", [edited_meanwhile, planned_anew_meanwhile])
def test_a_draft_that_was_changed_while_the_run_was_planned_stays(
    unit: Database, meanwhile: Callable[[Database], None]
) -> None:
    asked(unit)
    work_off(unit, EARLIER, rota=rota(CHART))
    run = asked(unit)
    claimed = loaded(unit, taken(unit))
    meanwhile(unit)
    before = drafts.load_view(unit, EARLIER, unit="Blue")
    run_result.save_draft(unit, EARLIER, claimed, solved(claimed))
    assert drafts.load_view(unit, EARLIER, unit="Blue") == before
    ended = run_status.find(unit, ONLOOKER, run.id)
    assert (ended.state, ended.error) == ("failed", STAYS)


def test_a_draft_that_somebody_began_while_the_run_was_planned_stays(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    run = asked(unit, start=MON)
    claimed = loaded(unit, taken(unit))
    edited_meanwhile(unit)
    before = drafts.load_view(unit, EARLIER, unit="Blue")
    run_result.save_draft(unit, EARLIER, claimed, solved(claimed))
    assert drafts.load_view(unit, EARLIER, unit="Blue") == before
    assert run_status.find(unit, ONLOOKER, run.id).error == STAYS


@ON_SQLITE
def test_the_next_run_leaves_locked_seats_where_they_are(unit: Database) -> None:
    # Each should be in on 1 day of 2. Ann is held at home on both, so she breaks the rule.
    asked(unit)
    work_off(unit, EARLIER, rota=rota(OTHER))
    draft_edits.lock(unit, EARLIER, unit="Blue", staff_no="ann", first=MON, last=TUE)
    asked(unit)
    work_off(unit, EARLIER)
    draft = drafts.load_view(unit, EARLIER, unit="Blue").draft
    assert [seat for seat in draft.seats if seat.locked] == [
        PublishedSeat("ann", MON, "home", locked=True),
        PublishedSeat("ann", TUE, "home", locked=True),
    ]
    assert draft.costs == costs(policy=3)


@ON_SQLITE
def test_a_run_of_a_published_period_starts_from_what_is_published(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(OTHER))
    asked(unit, start=MON)
    claimed = loaded(unit, taken(unit))
    assert claimed.bases == (1,)
    assert claimed.problems[0].unit.published == in_force(unit)
    run_result.save_draft(unit, EARLIER, claimed, solved_by(claimed.problems[0]))
    look = drafts.load_view(unit, EARLIER, unit="Blue")
    # One of Ann's days has to become an office day for her minimum; all else stays.
    assert (look.draft.base, len(look.changes)) == (1, 1)
    assert look.draft.costs == costs(stability=1)
