"""The night plans what changed, with the fewest changes, and publishes what the policy says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from rota.domain import Away, Duty, PublishedSeat, Rota
from rota.explaining import Change
from rota.services.access.act import Act
from rota.services.answers import proposals
from rota.services.drafts import drafts
from rota.services.rotas import versions
from rota.services.runs import claimed_run, claims, night, run_requests, run_status
from rota.services.runs.claimed_run import ClaimedRun, LostClaim
from rota.services.units import record_changes
from rota.store.databases.database import Database
from rota.store.requests.proposals import Proposal
from rota.store.rotas.versions import Version
from rota.store.runs.runs import Run
from rota.store.upkeep import messages
from rota.store.upkeep.messages import Message
from tests.rota.services.example import (
    EARLIER,
    ON_SQLITE,
    as_wished,
    costs,
    keep,
    record,
    revision,
    sick,
    work_off_as,
)
from tests.rota_text import FRI, MON, THU, TUE, WED, rota
from tests.stored import LEASE, ONLOOKER, act, audited, in_force, publish, work_off

# Somebody of the skill "trial" is due at the court each day. Ann has it, and so has Bob.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     C   C   C   C   C
Bob     O   H   O   H   O
Mel     O   O   O   O   O
"""
WITHOUT_ANN = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     C   -   -   -   -
Bob     O   C   C   C   C
Mel     O   O   O   O   O
"""
TRIAL = {"skills": frozenset(["trial"])}
OFFICERS = {
    "Ann": {**TRIAL, "email": "ann@example.org"},
    "Bob": {**TRIAL, "email": "bob@example.org"},
    "Mel": {"grade": "SPO", "email": "mel@example.org"},
}
DUTIES = [Duty(day, "Crown Court", 1, "trial") for day in (MON, TUE, WED, THU, FRI)]

NIGHT = act(MON, "the night", time(2, 30))
"""The night to Monday, from which Tuesday and Wednesday are at short notice."""

NEXT_MONDAY = date(2027, 1, 11)


def unit(database: Database, *, name: str = "Blue", chart: str = CHART, **details: object) -> None:
    """Store the unit of the chart, with its duties, and publish the chart."""
    usual = {"on": ["cover"], "officers": OFFICERS, "duties": DUTIES, "plan_ahead_weeks": 0}
    keep(database, chart, name=name, **{**usual, **details})
    publish(database, EARLIER, name=name, rota=rota(chart))


def ann_falls_ill(database: Database, *, name: str = "Blue") -> None:
    """From Tuesday to Friday, so that Bob has to go to the court on each of these days."""
    sick(database, NIGHT, Away("ann", TUE, FRI), unit=name)


def asked(database: Database, doer: Act = NIGHT, unit: str | None = None) -> tuple[int, ...]:
    return night.request_nights(database, doer, unit=unit, as_of=doer.today, seconds=30)


def the_night(database: Database, planned: str = "", doer: Act = NIGHT) -> Run:
    """Let the night happen, which finds the chart or else the best; its run, as it ended."""
    (number,) = asked(database, doer)
    work(database, planned, doer)
    return run_status.find(database, ONLOOKER, number)


def work(database: Database, planned: str, doer: Act = NIGHT) -> None:
    if planned:
        work_off_as(database, doer, rota(planned))
    else:
        work_off(database, doer)


def taken(database: Database, at: datetime = NIGHT.at) -> ClaimedRun:
    claim = claims.claim_next(database, worker="east", now=at, lease=LEASE, attempts=5)
    assert claim
    return claimed_run.load_claimed_run(database, claim=claim, now=at)


def save(database: Database, claimed: ClaimedRun) -> bool:
    """Keep what was planned: that Bob goes to the court for Ann."""
    solved = [as_wished(problem, rota(WITHOUT_ANN)) for problem in claimed.problems]
    return night.save_night(database, NIGHT, claimed, solved)


def newest(database: Database) -> Version:
    return versions.all_of(database, ONLOOKER, unit="Blue")[0]


def changed(database: Database, number: int) -> tuple[Change, ...]:
    return tuple(
        Change(its.staff_no, its.date, its.before, its.after)
        for its in versions.changes_of(database, ONLOOKER, unit="Blue", number=number)
    )


def waiting(database: Database) -> tuple[Proposal, ...]:
    return proposals.list_waiting(database, ONLOOKER, unit="Blue")


def proposed(database: Database) -> tuple[Change, ...]:
    return tuple(Change(p.staff_no, p.date, p.before, p.after) for p in waiting(database))


def told_by(database: Database, run: Run) -> list[Message]:
    """The messages that a night wrote."""
    with database.reading() as connection:
        unsent = messages.list_unsent(connection, None, most=50)
    return [message for message in unsent if message.key.startswith(f"1/run/{run.id}/")]


ANN_IS_OUT = tuple(Change("ann", day, "Crown Court", None) for day in (TUE, WED, THU, FRI))
BOB_TUE = Change("bob", TUE, "home", "Crown Court")
BOB_WED = Change("bob", WED, "Leeds", "Crown Court")
BOB_THU = Change("bob", THU, "home", "Crown Court")
BOB_FRI = Change("bob", FRI, "Leeds", "Crown Court")


# What is planned


def test_only_what_changed_since_its_last_plan_is_planned(database: Database) -> None:
    unit(database)
    unit(database, name="Red")
    assert asked(database) == ()
    ann_falls_ill(database, name="Red")
    assert asked(database, unit="Blue") == ()
    (number,) = asked(database)
    run = run_status.find(database, ONLOOKER, number)
    assert (run.unit, run.kind, run.today, run.state) == ("Red", "night", MON, "waiting")
    assert (run.asked_by, run.seconds, run.seed) == ("the night", 30, 1)
    assert audited(database, unit="Red")[0].what == "asked for a run"
    assert audited(database, unit="Red")[0].after == {
        "run": number,
        "kind": "night",
        "today": "2027-01-04",
    }


@ON_SQLITE
def test_what_is_not_published_or_over_is_not_planned(database: Database) -> None:
    keep(database, CHART, name="New", plan_ahead_weeks=0)
    unit(database)
    sunday = act(date(2027, 1, 10))
    for name in ("Blue", "New"):
        sick(database, sunday, Away("ann", MON, FRI), unit=name)
    assert asked(database, sunday) == ()
    assert len(asked(database, act(date(2027, 1, 9)))) == 1


def test_a_night_begins_once_and_asks_for_all_units(database: Database) -> None:
    unit(database)
    unit(database, name="Red")
    ann_falls_ill(database)
    ann_falls_ill(database, name="Red")
    numbers = night.begin_night(database, NIGHT, seconds=20)
    assert numbers is not None
    begun = [run_status.find(database, ONLOOKER, number) for number in numbers]
    assert [(run.unit, run.today, run.seconds) for run in begun] == [
        ("Blue", MON, 20),
        ("Red", MON, 20),
    ]
    assert night.begin_night(database, NIGHT, seconds=20) is None
    work(database, WITHOUT_ANN)
    work(database, WITHOUT_ANN)
    assert night.begin_night(database, act(TUE, "the night"), seconds=20) == ()


def test_a_second_night_of_the_same_date_does_nothing(database: Database) -> None:
    unit(database)
    ann_falls_ill(database)
    night.begin_night(database, NIGHT, seconds=30)
    assert asked(database) == ()
    work(database, WITHOUT_ANN)
    assert asked(database) == ()
    assert asked(database, act(TUE)) == ()
    assert newest(database).number == 2


@ON_SQLITE
def test_what_changes_after_the_night_is_planned_on_the_same_date_too(database: Database) -> None:
    unit(database)
    ann_falls_ill(database)
    the_night(database, WITHOUT_ANN)
    record(database, NIGHT, "away", staff_no="mel", first=f"{FRI}", last=f"{FRI}", kind="leave")
    the_night(database, WITHOUT_ANN)
    assert changed(database, 3) == (Change("mel", FRI, "Leeds", None),)


@ON_SQLITE
def test_a_night_that_failed_can_be_asked_for_again(database: Database) -> None:
    unit(database)
    ann_falls_ill(database)
    (number,) = asked(database)
    run_status.stop_run(database, NIGHT, number)
    claims.fail(database, claim=taken(database).claim, error="It broke.", now=NIGHT.at)
    assert asked(database) == (number,)
    run = run_status.find(database, ONLOOKER, number)
    assert (run.state, run.error, run.ended_at) == ("waiting", None, None)
    assert (run.attempts, run.stop_asked) == (0, False)
    work(database, WITHOUT_ANN)
    assert run_status.find(database, ONLOOKER, number).state == "done"
    assert asked(database) == ()


@ON_SQLITE
def test_what_is_published_from_an_older_plan_than_the_nights_is_planned_again(
    database: Database,
) -> None:
    # The draft of the next week was planned before the night of this one learned of Ann's leave.
    unit(database)
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=30)
    work_off(database, EARLIER)
    row = {"staff_no": "mel", "first": f"{FRI}", "last": f"{FRI}", "kind": "leave"}
    record(database, EARLIER, "away", **row)
    record(database, EARLIER, "duties", date=f"{NEXT_MONDAY}", site="HMP Leeds", needed="1")
    the_night(database, CHART)
    later = act(MON, at=time(9))
    versions.publish(database, later, unit="Blue", is_acknowledged=True)
    the_night(database, doer=later)
    assert newest(database).period.first == NEXT_MONDAY
    assert [change.after for change in changed(database, newest(database).number)] == ["HMP Leeds"]
    assert asked(database, later) == ()


@ON_SQLITE
def test_what_is_changed_by_hand_after_the_night_is_not_planned_again(database: Database) -> None:
    # The night found nothing to do, so that no version of its own tells of it.
    unit(database)
    record(database, NIGHT, "requests", staff_no="mel", when=f"{FRI}", wants="home")
    the_night(database, CHART)
    later = act(MON, at=time(9))
    drafts.move(database, later, unit="Blue", staff_no="mel", day=FRI, site="home")
    versions.publish(database, later, unit="Blue", is_acknowledged=True)
    assert (newest(database).planned_revision, revision(database)) == (2, 2)
    assert asked(database, act(TUE)) == ()


# While a run still waits


def mel_is_away(database: Database, doer: Act) -> None:
    record(database, doer, "away", staff_no="mel", first=f"{FRI}", last=f"{FRI}", kind="leave")


def test_a_nights_run_that_still_waits_does_what_the_next_one_would_ask(database: Database) -> None:
    unit(database)
    ann_falls_ill(database)
    (number,) = asked(database)
    later = act(TUE, "the night")
    mel_is_away(database, later)
    assert night.begin_night(database, later, seconds=30) == (number,)
    assert asked(database, later) == (number,)
    assert [run.id for run in run_status.list_in_states(database, "waiting")] == [number]
    # It sees the unit as it is when it is taken: Ann is away, and now Mel too.
    work(database, "", later)
    assert {change.staff_no for change in changed(database, 2)} >= {"ann", "mel"}
    assert asked(database, later) == ()


@ON_SQLITE
def test_a_night_that_is_asked_for_as_of_a_later_day_is_another(database: Database) -> None:
    unit(database)
    ann_falls_ill(database)
    (number,) = asked(database)
    later = night.request_nights(database, NIGHT, unit=None, as_of=WED, seconds=30)
    assert later == (number + 1,)


@ON_SQLITE
def test_a_draft_of_the_next_period_that_still_waits_is_the_only_one(database: Database) -> None:
    unit(database, plan_ahead_weeks=1)
    (number,) = asked(database, act(TUE, "the night"))
    assert asked(database, act(WED, "the night")) == (number,)
    mine = run_requests.request_run(database, act(WED), unit="Blue", seconds=30)
    assert (mine.run.id, mine.is_new, mine.run.asked_by) == (number, False, "Mel")
    assert asked(database, act(THU, "the night")) == (number,)
    work_off(database, act(THU))
    assert drafts.look(database, act(THU), unit="Blue").draft.changed_by == "Mel"
    assert run_status.list_in_states(database, "waiting") == ()


@ON_SQLITE
def test_a_night_that_failed_is_tried_again_under_its_number(database: Database) -> None:
    unit(database)
    ann_falls_ill(database)
    (number,) = asked(database)
    claims.fail(database, claim=taken(database).claim, error="It broke.", now=NIGHT.at)
    again = run_requests.retry_run(database, NIGHT, number)
    assert (again.run.id, again.is_new, again.run.state) == (number, True, "waiting")
    assert audited(database, unit="Blue")[0].what == "asked for a run"
    work(database, WITHOUT_ANN)
    assert newest(database).number == 2


@ON_SQLITE
def test_a_night_that_failed_is_not_tried_beside_one_that_waits(database: Database) -> None:
    unit(database)
    ann_falls_ill(database)
    (number,) = asked(database)
    claims.fail(database, claim=taken(database).claim, error="It broke.", now=NIGHT.at)
    later = act(TUE, "the night")
    mel_is_away(database, later)
    (second,) = asked(database, later)
    again = run_requests.retry_run(database, later, number)
    assert (again.run.id, again.is_new) == (second, False)
    assert run_status.find(database, ONLOOKER, number).state == "failed"


# With as few changes as it can


def test_each_published_seat_that_need_not_change_stays(database: Database) -> None:
    unit(database, nightly_publishes="all")
    ann_falls_ill(database)
    run = the_night(database)
    assert Rota.of(seat.seat for seat in in_force(database)) == rota("""
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     C   -   -   -   -
Bob     O   C   C   C   C
Mel     O   O   O   O   O
""")
    version = newest(database)
    # Bob has to change on four days, two of them at short notice. A void seat costs nothing.
    assert version.costs == costs(notice=2, stability=2)
    assert (version.number, version.cause) == (2, "planned by the night")
    assert (version.published_by, version.published_at) == ("the night", NIGHT.at)
    assert changed(database, 2) == (*ANN_IS_OUT, BOB_TUE, BOB_WED, BOB_THU, BOB_FRI)
    assert run.result
    told = {name: run.result[name] for name in ("changed", "people", "proposed")}
    assert told == {"changed": 8, "people": 2, "proposed": 0}
    assert (run.state, run.planned_revision, run.ended_at) == ("done", 2, NIGHT.at)


# Ann has to be in on 2 of her 5 days, and is: on Monday, which is past, and on Thursday.
MINIMUM = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   H   H   O   H
"""


def called_away(database: Database, *days: date, notice_days: int = 2) -> None:
    """The chart is published, and Ann has to be at the court on these days."""
    unit(
        database,
        chart=MINIMUM,
        on=["appointments", "office-minimum"],
        officers={},
        duties=[],
        office_percent=40,
        notice_days=notice_days,
        nightly_publishes="all",
    )
    for day in days:
        row = {"staff_no": "ann", "date": f"{day}", "site": "Crown Court"}
        record(database, NIGHT, "appointments", **row)


@ON_SQLITE
def test_a_day_beyond_the_notice_is_changed_rather_than_one_within_it(database: Database) -> None:
    # She is called to the court on Thursday, so she lacks an office day. Tuesday and Wednesday are
    # at short notice, Friday is not: Thursday and Friday change, no more.
    called_away(database, THU)
    the_night(database)
    assert changed(database, 2) == (
        Change("ann", THU, "Leeds", "Crown Court"),
        Change("ann", FRI, "home", "Leeds"),
    )
    assert newest(database).costs == costs(stability=2)


@ON_SQLITE
def test_no_day_within_the_notice_is_changed_for_the_policy(database: Database) -> None:
    # Friday is at short notice too, so that the office day is lacking in the end.
    called_away(database, THU, notice_days=4)
    the_night(database)
    assert changed(database, 2) == (Change("ann", THU, "Leeds", "Crown Court"),)
    assert newest(database).costs == costs(notice=1, policy=3)


@ON_SQLITE
def test_a_day_within_the_notice_is_changed_for_those_who_are_owed_to_a_court(
    database: Database,
) -> None:
    # On Tuesday she has to go. It was a home day, so nothing else is to change.
    called_away(database, TUE)
    the_night(database)
    assert changed(database, 2) == (Change("ann", TUE, "home", "Crown Court"),)
    assert newest(database).costs == costs(notice=1)


@ON_SQLITE
def test_nothing_is_changed_for_the_sake_of_wishes(database: Database) -> None:
    unit(database, on=["cover", "requests"])
    record(database, NIGHT, "requests", staff_no="mel", when=f"{FRI}", wants="home", strength="3")
    run = the_night(database)
    assert newest(database).number == 1
    assert told_by(database, run) == []
    assert run.result
    assert (run.state, run.result["changed"], run.planned_revision) == ("done", 0, 2)
    assert asked(database) == ()


# What becomes of it


@pytest.mark.parametrize(
    ("publishes", "at_once", "proposals"),
    [
        ("all", (BOB_TUE, BOB_WED, BOB_THU, BOB_FRI), ()),
        ("outside-notice", (BOB_THU, BOB_FRI), (BOB_TUE, BOB_WED)),
        ("never", (), (BOB_TUE, BOB_WED, BOB_THU, BOB_FRI)),
    ],
)
def test_the_policy_says_what_is_published_at_once(
    database: Database,
    publishes: str,
    at_once: tuple[Change, ...],
    proposals: tuple[Change, ...],
) -> None:
    unit(database, nightly_publishes=publishes)
    ann_falls_ill(database)
    run = the_night(database, WITHOUT_ANN)
    assert changed(database, 2) == (*ANN_IS_OUT, *at_once)
    assert proposed(database) == proposals
    # Nobody is at the court on the days that wait for a yes.
    within = [change for change in at_once if change.date in (TUE, WED)]
    assert newest(database).costs == costs(
        cover=len(proposals), notice=len(within), stability=len(at_once) - len(within)
    )
    assert run.result
    assert (run.result["changed"], run.result["proposed"]) == (4 + len(at_once), len(proposals))


@ON_SQLITE
def test_a_seat_of_somebody_who_is_ill_disappears_at_once(database: Database) -> None:
    # Tomorrow, although nothing is published without a yes.
    unit(database, nightly_publishes="never", on=[])
    sick(database, NIGHT, Away("mel", TUE, TUE))
    the_night(database, CHART)
    assert changed(database, 2) == (Change("mel", TUE, "Leeds", None),)
    assert waiting(database) == ()


@ON_SQLITE
def test_somebody_who_is_back_has_a_seat_at_once(database: Database) -> None:
    unit(database, nightly_publishes="never", on=[])
    sick(database, NIGHT, Away("mel", TUE, TUE))
    the_night(database, CHART)
    row = {"staff_no": "mel", "first": f"{TUE}", "last": f"{TUE}", "kind": "sick"}
    record_changes.withdraw_away(database, NIGHT, unit="Blue", row=row)
    the_night(database, CHART)
    assert changed(database, 3) == (Change("mel", TUE, None, "Leeds"),)
    assert waiting(database) == ()


def test_reasons_are_kept_with_what_the_night_changed_and_proposes(database: Database) -> None:
    unit(database)
    sick(database, NIGHT, Away("ann", WED, THU))
    the_night(
        database,
        """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     C   C   -   -   C
Bob     O   H   C   C   O
""",
    )
    court = (
        "If this stayed as published: Crown Court (skill trial) has 0 officers {}; "
        "its duties ask for at least 1."
    )
    wednesday, thursday = "on Wednesday 6 January 2027", "on Thursday 7 January 2027"
    told = versions.changes_of(database, ONLOOKER, unit="Blue", number=2)
    assert [(its.staff_no, its.date, its.reason, its.reason_for_managers) for its in told] == [
        ("ann", WED, f"Ann (ann) is away {wednesday}.", f"Ann (ann) is away (sick) {wednesday}."),
        ("ann", THU, f"Ann (ann) is away {thursday}.", f"Ann (ann) is away (sick) {thursday}."),
        (
            "bob",
            THU,
            f"{court.format(thursday)} An officer planned for this is not at work.",
            f"{court.format(thursday)} Ann (ann) is away (sick) {thursday}.",
        ),
    ]
    (proposal,) = waiting(database)
    assert proposal == Proposal(
        id=1,
        start=MON,
        staff_no="bob",
        date=WED,
        before="Leeds",
        after="Crown Court",
        reason=f"{court.format(wednesday)} An officer planned for this is not at work.",
        reason_for_managers=f"{court.format(wednesday)} Ann (ann) is away (sick) {wednesday}.",
        state="waiting",
        made_at=NIGHT.at,
        decided_at=None,
        decided_by=None,
    )


TWO_WEEKS = """
        4 Jan 2027              11 Jan 2027
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Ann     C   C   C   C   C       C   C   C   C   C
Bob     O   H   O   H   O       O   H   O   H   O
Mel     O   O   O   O   O       O   O   O   O   O
"""


def test_two_published_periods_are_planned_in_one_run_and_told_in_one_message(
    database: Database,
) -> None:
    everybody = rota(TWO_WEEKS)
    later = [Duty(NEXT_MONDAY + timedelta(days=n), "Crown Court", 1, "trial") for n in range(5)]
    unit(database, duties=[*DUTIES, *later])
    second = Rota.of(seat for seat in everybody if seat.date >= NEXT_MONDAY)
    publish(database, EARLIER, rota=second)
    sick(database, NIGHT, Away("ann", FRI, NEXT_MONDAY))
    run = the_night(database)
    first, following = versions.all_of(database, ONLOOKER, unit="Blue")[1::-1]
    assert [(its.number, its.period.first) for its in (first, following)] == [
        (3, MON),
        (4, NEXT_MONDAY),
    ]
    assert changed(database, 3) == (Change("ann", FRI, "Crown Court", None), BOB_FRI)
    assert changed(database, 4) == (
        Change("ann", NEXT_MONDAY, "Crown Court", None),
        Change("bob", NEXT_MONDAY, "Leeds", "Crown Court"),
    )
    assert [message.key for message in told_by(database, run)] == [
        f"1/run/{run.id}/ann",
        f"1/run/{run.id}/bob",
    ]
    assert {message.subject for message in told_by(database, run)} == {
        "Your rota has changed for Friday 8 January 2027 and 1 more day"
    }


# While it is planned


def one_more_is_ill(database: Database) -> None:
    sick(database, NIGHT, Away("mel", FRI, FRI))


def another_version_is_published(database: Database) -> None:
    versions.restore(database, NIGHT, unit="Blue", number=1, is_acknowledged=True)


@pytest.mark.parametrize("meanwhile", [one_more_is_ill, another_version_is_published])
def test_of_a_unit_that_changed_while_it_was_planned_nothing_is_kept(
    database: Database, meanwhile: Callable[[Database], None]
) -> None:
    unit(database)
    ann_falls_ill(database)
    (number,) = asked(database)
    claimed = taken(database)
    meanwhile(database)
    before = (in_force(database), newest(database))
    assert save(database, claimed) is False
    assert (in_force(database), newest(database), waiting(database)) == (*before, ())
    run = run_status.find(database, ONLOOKER, number)
    assert (run.state, run.attempts, run.lease_until, run.result) == ("waiting", 0, None, None)
    assert told_by(database, run) == []
    assert save(database, taken(database)) is True
    assert proposed(database) == (BOB_TUE, BOB_WED)
    assert run_status.find(database, ONLOOKER, number).state == "done"
    assert asked(database) == ()


def test_a_worker_whose_night_was_taken_over_keeps_nothing(database: Database) -> None:
    unit(database)
    ann_falls_ill(database)
    asked(database)
    old = taken(database)
    later = NIGHT.at + LEASE + timedelta(seconds=1)
    new = taken(database, later)
    before = (in_force(database), newest(database))
    with pytest.raises(LostClaim):
        save(database, old)
    assert (in_force(database), newest(database), waiting(database)) == (*before, ())
    assert save(database, new) is True
    with pytest.raises(LostClaim):
        save(database, new)
    assert newest(database).number == 2


@ON_SQLITE
def test_a_draft_of_the_period_is_no_matter_of_the_night_but_outdated_by_it(
    database: Database,
) -> None:
    unit(database)
    drafts.move(database, EARLIER, unit="Blue", staff_no="mel", day=FRI, site="home")
    ann_falls_ill(database)
    the_night(database, WITHOUT_ANN)
    look = drafts.look(database, NIGHT, unit="Blue", start=MON)
    assert (look.is_outdated, look.draft.revision) == (True, 2)
    assert PublishedSeat("mel", FRI, "Leeds") in in_force(database)


@ON_SQLITE
def test_locked_seats_are_not_moved_by_the_night(database: Database) -> None:
    unit(database, nightly_publishes="all")
    drafts.lock(database, EARLIER, unit="Blue", staff_no="bob", first=THU)
    versions.publish(database, EARLIER, unit="Blue", is_acknowledged=True)
    sick(database, NIGHT, Away("ann", THU, FRI))
    the_night(database)
    assert [change for change in changed(database, 3) if change.staff_no == "bob"] == [BOB_FRI]
    assert PublishedSeat("bob", THU, "home", locked=True) in in_force(database)


# The next period


@ON_SQLITE
@pytest.mark.parametrize(
    ("weeks_ahead", "today", "is_time"),
    [
        (1, date(2027, 1, 4), False),  # The next period starts in 7 days.
        (1, date(2027, 1, 5), True),  # It starts in 6.
        (3, date(2026, 12, 21), False),
        (3, date(2026, 12, 22), True),
        (0, date(2027, 1, 10), False),
        (0, date(2027, 1, 12), True),  # It has begun, and nobody has planned it.
        (1, date(2027, 1, 17), True),
        (1, date(2027, 1, 18), False),  # It is over.
    ],
)
def test_the_next_period_is_drafted_when_it_is_time(
    database: Database, weeks_ahead: int, today: date, is_time: bool
) -> None:
    unit(database, plan_ahead_weeks=weeks_ahead)
    numbers = asked(database, act(today, "the night"))
    found = [run_status.find(database, ONLOOKER, number) for number in numbers]
    expected = [("draft", NEXT_MONDAY, 1, None, "the night")] if is_time else []
    assert [(r.kind, r.start, r.weeks, r.today, r.asked_by) for r in found] == expected


@ON_SQLITE
def test_the_next_period_is_drafted_once(database: Database) -> None:
    unit(database, plan_ahead_weeks=1)
    tuesday = act(TUE, "the night")
    assert len(asked(database, tuesday)) == 1
    assert asked(database, tuesday) == ()
    work_off(database, tuesday)
    draft = drafts.look(database, tuesday, unit="Blue").draft
    assert (draft.period.first, draft.changed_by) == (NEXT_MONDAY, "the night")
    assert asked(database, act(WED, "the night")) == ()
    versions.publish(database, act(WED), unit="Blue", is_acknowledged=True)
    assert asked(database, act(THU, "the night")) == ()


@ON_SQLITE
def test_a_unit_of_which_nothing_is_published_has_no_next_period(database: Database) -> None:
    keep(database, CHART)
    assert asked(database) == ()


@ON_SQLITE
def test_a_later_draft_of_somebodys_own_stands_for_the_next_period(database: Database) -> None:
    unit(database, plan_ahead_weeks=1)
    start = date(2027, 1, 18)
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=30, start=start)
    work_off(database, EARLIER)
    assert asked(database, act(TUE)) == ()
