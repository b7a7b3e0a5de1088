"""A yes happens: what is granted is published at once, and stays so when the night has planned."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from rota.domain import Away, Request
from rota.errors import Conflict
from rota.services.answers import decisions, inbox
from rota.services.answers.decisions import AnswerOutcome
from rota.services.publishing.publish import Unacknowledged
from rota.services.requests import agreements, new_requests
from rota.services.requests.published_rotas import NotPossible
from rota.services.rotas import versions
from rota.services.runs.night import request_nights
from rota.services.units import record_changes
from rota.store.databases.database import Database
from rota.store.requests.asks import GRANTED, LAPSED, NOTED, WAITING
from rota.writing.request_sentences import NOTED_FOR_NEXT
from tests import draft_edits
from tests.rota.services.asking import (
    ANN,
    BOB,
    IDA,
    NOW,
    SUE,
    ask_day,
    ask_leave,
    ask_swap,
    grant,
    keep_and_publish,
    places,
    refuse,
    the_ask,
    who,
)
from tests.rota.services.example import EARLIER, ON_SQLITE, record, sick
from tests.rota.services.sight import sight
from tests.rota_text import FRI, MON, THU, TUE, WED
from tests.stored import audited, in_force, publish, work_off

MONDAY = "2027-01-04"
WEDNESDAY = "2027-01-06"


@pytest.fixture(autouse=True)
def published(database: Database) -> None:
    """Ann is at Leeds on Monday, at home on Tuesday, and at the Crown Court on Wednesday."""
    keep_and_publish(database)


def note(database: Database, *numbers: int) -> AnswerOutcome:
    return decisions.answer(database, SUE, unit="Blue", numbers=numbers, outcome=NOTED)


def acknowledge(database: Database, *numbers: int) -> AnswerOutcome:
    return decisions.answer(
        database,
        SUE,
        unit="Blue",
        numbers=numbers,
        outcome=GRANTED,
        acknowledgement="Her mother is ill.",
    )


def weighed(database: Database) -> inbox.AskToAnswer:
    """The only thing that waits for Sue."""
    (waiting,) = inbox.load_inbox(database, SUE, unit="Blue").waiting
    return waiting


def letter(database: Database, key: str) -> str:
    """The body of the message with such an end of its key, without its greeting and its end."""
    (message,) = (its for its in sight(database, "Blue").messages if its.key.endswith(key))
    return "\n\n".join(message.body.split("\n\n")[1:-1])


def why_not(outcome: AnswerOutcome, number: int) -> str:
    assert outcome.answered == ()
    return str(outcome.failed[number])


def plan_the_night(database: Database) -> None:
    """Let the next night plan the unit anew, as well as it can be."""
    assert request_nights(database, NOW, unit=None, as_of=NOW.today, seconds=30) != ()
    work_off(database, NOW)


def test_a_day_that_is_granted_is_published_at_once(database: Database) -> None:
    number = ask_day(database, when=MONDAY)
    its = weighed(database)
    assert its.notes == (
        "Agreeing moves Ann at once: at home instead of at Leeds on Monday 4 January 2027.",
    )
    # She is asked for 3 office days of 5, and has 3.
    assert [(c.says[:25], c.is_worse, c.is_strict) for c in its.consequences] == [
        ("Ann (ann) has 2 office da", True, False)
    ]
    before = set(in_force(database))
    assert grant(database, number).states == {number: GRANTED}
    assert places(database, "ann")[0] == "home"
    assert len(set(in_force(database)) ^ before) == 2
    assert sight(database, "Blue").tables.requests == (Request("ann", MON, "home", 2),)
    says = "at home on Monday 4 January 2027 instead of at Leeds, since version 2."
    assert the_ask(database).outcome == f"A{says[1:]}"
    assert letter(database, "ask/1/granted/ann") == (
        f"You asked for a day at home on Monday 4 January 2027. Sue has granted it. You are {says}"
    )
    (newest, _) = versions.list_versions(database, NOW, unit="Blue")
    assert (newest.number, newest.cause, newest.published_by) == (2, "granted", "sue@example.org")
    (change,) = versions.list_changes(database, NOW, unit="Blue", number=2)
    assert change.reason == "A manager agreed to it."
    assert change.reason_for_managers == (
        "Ann asked for a day at home on Monday 4 January 2027, and a manager agreed."
    )


@ON_SQLITE
def test_what_is_granted_is_true_after_the_next_night(database: Database) -> None:
    # What she lacks of her office days may be made up on Tuesday; the Monday is not taken back.
    grant(database, ask_day(database, when=MONDAY))
    plan_the_night(database)
    monday, _, *others = places(database, "ann")
    assert [monday, *others] == ["home", "Crown Court", "Leeds", "Leeds"]


@ON_SQLITE
@pytest.mark.parametrize("when", ["Mon", "2027-01-12"])
def test_what_is_not_published_yet_is_noted_for_the_next_rota(
    database: Database, when: str
) -> None:
    number = ask_day(database, when=when)
    assert (
        weighed(database)
        .notes[0]
        .endswith(
            "Days that are published stay as they are."
            if when == "Mon"
            else "Nothing is published for that day yet. Agreeing notes it for the next rota."
        )
    )
    before = in_force(database)
    assert grant(database, number).states == {number: NOTED}
    assert in_force(database) == before
    assert (the_ask(database).state, the_ask(database).outcome) == (NOTED, NOTED_FOR_NEXT)
    assert letter(database, "noted/ann").endswith(
        " Sue has noted it for the next rota. What is published stays as it is."
    )
    assert audited(database, unit="Blue", most=1)[0].what != "granted what was asked for"
    assert len(sight(database, "Blue").tables.requests) == 1


@ON_SQLITE
def test_a_manager_may_note_a_published_day_instead(database: Database) -> None:
    number = ask_day(database, when=MONDAY)
    assert weighed(database).may_note
    before = in_force(database)
    assert note(database, number).states == {number: NOTED}
    assert in_force(database) == before
    assert sight(database, "Blue").tables.requests == (Request("ann", MON, "home", 2),)
    messages = [its.subject for its in sight(database, "Blue").messages]
    assert messages[-1] == "Noted for the next rota: a day at home on Monday 4 January 2027"


@ON_SQLITE
def test_only_a_day_can_be_noted(database: Database) -> None:
    number = ask_leave(database)
    assert not weighed(database).may_note
    assert why_not(note(database, number), number).startswith("Only a request for a day")
    assert the_ask(database).state == WAITING


@ON_SQLITE
def test_a_day_that_is_so_already_is_granted_without_a_version(database: Database) -> None:
    number = ask_day(database)
    assert weighed(database).notes == (
        "Ann is at home on Tuesday 5 January 2027 already. Agreeing notes the wish as well.",
    )
    assert grant(database, number).states == {number: GRANTED}
    assert len(versions.list_versions(database, NOW, unit="Blue")) == 1
    says = "at home on Tuesday 5 January 2027, as it was published before."
    assert the_ask(database).outcome == f"A{says[1:]}"
    assert letter(database, "granted/ann").endswith(f"You are {says}")


@ON_SQLITE
def test_what_breaks_cover_has_to_be_answered_for(database: Database) -> None:
    number = ask_day(database, when=WEDNESDAY)
    assert [c.is_strict for c in weighed(database).consequences][:1] == [True]
    before = sight(database, "Blue")
    failed = grant(database, number).failed[number]
    assert isinstance(failed, Unacknowledged)
    assert [breach.says for breach in failed.breaches] == [
        "Crown Court (skill trial) has 0 officers on Wednesday 6 January 2027; "
        "its duties ask for at least 1."
    ]
    assert sight(database, "Blue") == before
    assert acknowledge(database, number).answered == (number,)
    assert places(database, "ann")[2] == "home"
    entry = next(its for its in audited(database, unit="Blue") if its.what == "published a version")
    assert entry.after["acknowledged"] == "Her mother is ill."


def grant_sealed(database: Database, number: int, seal: str, **how: object) -> AnswerOutcome:
    return decisions.answer(
        database, SUE, unit="Blue", numbers=[number], outcome=GRANTED, seals={number: seal}, **how
    )


@ON_SQLITE
def test_a_yes_is_to_what_was_shown_and_to_nothing_else(database: Database) -> None:
    number = ask_day(database, when=MONDAY)
    seal = weighed(database).seal
    draft_edits.move(database, NOW, unit="Blue", staff_no="ann", day=MON, site="home")
    versions.publish(database, NOW, unit="Blue", is_acknowledged=True)
    before = sight(database, "Blue")
    failed = grant_sealed(database, number, seal).failed[number]
    assert (type(failed), str(failed)) == (Conflict, decisions.SOMETHING_ELSE)
    assert sight(database, "Blue") == before
    assert grant_sealed(database, number, weighed(database).seal).answered == (number,)


@ON_SQLITE
def test_what_is_acknowledged_is_what_was_shown(database: Database) -> None:
    # Ann is on the only duty of Wednesday when Sue looks, and not needed there when she agrees.
    number = ask_day(database, when=WEDNESDAY)
    seal = weighed(database).seal
    record_changes.withdraw(
        database,
        NOW,
        unit="Blue",
        table="duties",
        rows=[{"date": WEDNESDAY, "site": "Crown Court", "needed": "1", "skill": "trial"}],
    )
    failed = grant_sealed(database, number, seal, acknowledgement="I know.").failed[number]
    assert str(failed) == decisions.SOMETHING_ELSE


@ON_SQLITE
def test_a_day_that_cannot_be_says_why_and_can_be_noted(database: Database) -> None:
    sick(database, NOW, Away("ann", THU, THU))
    draft_edits.lock(database, NOW, unit="Blue", staff_no="ann", first=FRI)
    versions.publish(database, NOW, unit="Blue", is_acknowledged=True)
    reasons = {
        ("2027-01-07", "home"): "Ann is not at work on Thursday 7 January 2027.",
        ("2027-01-08", "home"): (
            "The place of Ann is locked on Friday 8 January 2027. Unlock it first."
        ),
        (MONDAY, "prison"): ("Ann has no place where to be at a prison on Monday 4 January 2027."),
    }
    for (when, wants), says in reasons.items():
        number = ask_day(database, when=when, wants=wants)
        its = weighed(database)
        assert (its.misfit, its.may_note) == (says, True)
        failed = grant(database, number).failed[number]
        assert (type(failed), str(failed)) == (NotPossible, says)
        assert note(database, number).states == {number: NOTED}


@ON_SQLITE
def test_a_day_goes_to_the_base_before_other_sites(database: Database) -> None:
    number = ask_day(database, when="2027-01-05", wants="office")
    grant(database, number)
    assert places(database, "ann")[1] == "Leeds"


@ON_SQLITE
def test_somebody_who_is_not_planned_yet_gets_a_seat(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE published_seat SET until = 1 WHERE staff_no = 'ann' AND date = '2027-01-04'"
        )
    number = ask_day(database, when=MONDAY)
    assert weighed(database).notes == (
        "Agreeing moves Ann at once: at home instead of not being planned on Monday 4 January "
        "2027.",
    )
    grant(database, number)
    assert places(database, "ann")[0] == "home"
    assert the_ask(database).outcome == "At home on Monday 4 January 2027, since version 2."


@ON_SQLITE
def test_nothing_is_granted_or_noted_once_the_day_has_come(database: Database) -> None:
    number = ask_day(database, when=MONDAY)
    late = who("sue", MON)
    for outcome in (GRANTED, NOTED):
        told = decisions.answer(database, late, unit="Blue", numbers=[number], outcome=outcome)
        assert why_not(told, number) == (
            "Monday 4 January 2027 is not after today; this can only be refused."
        )
    assert refuse(database, number, doer=late).answered == (number,)


def test_of_two_managers_who_grant_at_once_one_does(database: Database) -> None:
    number = ask_day(database, when=MONDAY)
    with ThreadPoolExecutor() as pool:
        granted = [pool.submit(grant, database, number, doer=doer) for doer in (SUE, IDA)]
    outcomes = [its.result() for its in granted]
    assert sorted(len(its.answered) for its in outcomes) == [0, 1]
    (failed,) = (its.failed[number] for its in outcomes if its.failed)
    assert isinstance(failed, Conflict)
    assert len(versions.list_versions(database, NOW, unit="Blue")) == 2


# Leave.


def test_leave_takes_its_published_days_back_at_once(database: Database) -> None:
    number = ask_leave(database, THU, FRI)
    assert weighed(database).notes == ("2 published days fall away at once.",)
    before = in_force(database)
    assert grant(database, number).answered == (number,)
    gone = {seat for seat in before if seat.staff_no == "ann" and seat.date in (THU, FRI)}
    assert set(in_force(database)) == set(before) - gone
    assert sight(database, "Blue").tables.away == (Away("ann", THU, FRI, "leave"),)
    assert the_ask(database).outcome == "2 published days fell away, with version 2."
    assert letter(database, "granted/ann").endswith("2 published days fell away, with version 2.")
    assert "you are not planned any more; you were to be at Leeds" in letter(
        database, "version/2/ann"
    )
    for change in versions.list_changes(database, NOW, unit="Blue", number=2):
        assert change.reason == "Ann is away."
        assert change.reason_for_managers == (
            "Ann asked for leave from 7 January 2027 to 8 January 2027, and a manager agreed."
        )
    assert not [its for its in sight(database, "Blue").messages if "/broken/" in its.key]


@ON_SQLITE
def test_what_leave_breaks_is_answered_for_and_told_to_managers(database: Database) -> None:
    number = ask_leave(database)
    broken = (
        "Crown Court (skill trial) has 0 officers on Wednesday 6 January 2027; "
        "its duties ask for at least 1."
    )
    assert [c.says for c in weighed(database).consequences] == [broken]
    before = sight(database, "Blue")
    failed = grant(database, number).failed[number]
    assert isinstance(failed, Unacknowledged)
    alone = "Nobody at work on that day may do it."
    assert [breach.says for breach in failed.breaches] == [f"{broken} {alone}"]
    assert sight(database, "Blue") == before
    assert acknowledge(database, number).answered == (number,)
    assert letter(database, "broken/sue") == (
        "Ann asked for leave from 5 January 2027 to 6 January 2027, and it was granted. "
        f"In what is published this gets worse:\n\n- {broken}"
    )


@ON_SQLITE
def test_what_leave_breaks_in_two_periods_is_asked_about_at_once(database: Database) -> None:
    next_wednesday = date(2027, 1, 13)
    duty = {"site": "Crown Court", "needed": "1", "skill": "trial"}
    record(database, EARLIER, "duties", date=f"{next_wednesday}", **duty)
    publish(database, EARLIER)
    number = ask_leave(database, WED, next_wednesday)
    failed = grant(database, number).failed[number]
    assert isinstance(failed, Unacknowledged)
    assert [breach.when for breach in failed.breaches] == [WED, next_wednesday]
    assert acknowledge(database, number).answered == (number,)
    assert the_ask(database).outcome == "6 published days fell away, with versions 3 and 4."


@ON_SQLITE
def test_leave_of_today_leaves_history_alone(database: Database) -> None:
    number = ask_leave(database, MON, TUE, doer=who("ann", MON))
    grant(database, number, doer=who("sue", MON))
    assert places(database, "ann") == ["Leeds", "Crown Court", "Leeds", "Leeds"]
    assert the_ask(database).outcome == "1 published day fell away, with version 2."


@ON_SQLITE
def test_leave_beyond_what_is_published_is_only_recorded(database: Database) -> None:
    number = ask_leave(database, date(2027, 2, 1), date(2027, 2, 5))
    grant(database, number)
    assert the_ask(database).outcome == "Nothing was published for these days."
    assert len(versions.list_versions(database, NOW, unit="Blue")) == 1


@ON_SQLITE
def test_leave_that_is_granted_lets_swaps_of_its_days_lapse(database: Database) -> None:
    swap = ask_swap(database)
    agreements.agree(database, BOB, unit="Blue", number=swap)
    grant(database, ask_leave(database, MON, MON))
    ask = new_requests.list_own_asks(database, ANN, unit="Blue", staff_no="ann")[1].ask
    assert (ask.state, ask.outcome) == (
        LAPSED,
        "Ann is not planned that day now, and was at Leeds when both agreed.",
    )


@ON_SQLITE
def test_leave_stays_granted_after_the_next_night(database: Database) -> None:
    grant(database, ask_leave(database, THU, FRI))
    plan_the_night(database)
    # Of three days two are to be office days now, which is all that the night makes up.
    assert places(database, "ann") == ["Leeds", "Leeds", "Crown Court"]
