"""What officers ask for, from the asking to the answer, and who may do what of it when."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from rota.domain import WEEKDAYS, Away, Request
from rota.errors import BadInput, Conflict, Forbidden, NotFound, RotaError
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.answers import decisions, inbox, swap_view
from rota.services.requests import agreements, new_requests
from rota.services.requests.published_rotas import NotPossible
from rota.services.rotas import versions
from rota.store.databases.database import Database
from rota.store.requests.asks import (
    DECLINED,
    GRANTED,
    LAPSED,
    REFUSED,
    WAITING,
    WITH_COLLEAGUE,
    WITHDRAWN,
)
from rota.store.units import units
from rota.writing.request_sentences import DAY_NOTED, WEEKDAY_NOTED
from tests.rota.services.asking import (
    ANN,
    BOB,
    CAL,
    IDA,
    NOW,
    ROB,
    SUE,
    ask_day,
    ask_leave,
    ask_swap,
    bodies,
    grant,
    keep_and_publish,
    let_in,
    own,
    places,
    refuse,
    the_ask,
    told,
    told_managers,
    who,
)
from tests.rota.services.example import EARLIER, ON_SQLITE, record
from tests.rota.services.sight import sight
from tests.rota_text import FRI, MON, THU, TUE, WED
from tests.stored import audited, in_force

SATURDAY = date(2027, 1, 9)


@pytest.fixture(autouse=True)
def published(database: Database) -> None:
    keep_and_publish(database)


def test_a_day_that_is_granted_becomes_a_request(database: Database) -> None:
    number = ask_day(database, note=" I fetch my son. ")
    assert own(database) == [("a day at home on Tuesday 5 January 2027", WAITING)]
    assert the_ask(database).note == "I fetch my son."
    assert told(database, "sue") == ["Ann asks for a day at home on Tuesday 5 January 2027"]
    assert grant(database, number, text="Enjoy it.") == decisions.AnswerOutcome(
        {number: GRANTED}, {}
    )
    assert sight(database, "Blue").tables.requests == (Request("ann", TUE, "home", 2),)
    its = the_ask(database)
    assert (its.state, its.answer, its.decided_by, its.decided_at) == (
        GRANTED,
        "Enjoy it.",
        "sue@example.org",
        NOW.at,
    )
    assert told(database, "ann") == ["Granted: a day at home on Tuesday 5 January 2027"]
    (message,) = [
        its for its in sight(database, "Blue").messages if its.key.endswith("granted/ann")
    ]
    assert message.body.split("\n\n")[:3] == [
        "Dear Ann,",
        "You asked for a day at home on Tuesday 5 January 2027. Sue has granted it. "
        "You are at home on Tuesday 5 January 2027, as it was published before.",
        "Sue writes: Enjoy it.",
    ]


@ON_SQLITE
def test_a_weekday_may_be_asked_for(database: Database) -> None:
    number = ask_day(database, when="Fri", wants="office", strength=1)
    assert own(database) == [("every Friday at the office", WAITING)]
    grant(database, number)
    assert sight(database, "Blue").tables.requests == (
        Request("ann", WEEKDAYS.index("Fri"), "office", 1),
    )


@ON_SQLITE
def test_leave_that_is_granted_is_recorded(database: Database) -> None:
    number = ask_leave(database, THU, FRI)
    assert own(database) == [("leave from 7 January 2027 to 8 January 2027", WAITING)]
    grant(database, number)
    assert sight(database, "Blue").tables.away == (Away("ann", THU, FRI, "leave"),)


def test_a_swap_is_agreed_to_and_then_published(database: Database) -> None:
    number = ask_swap(database)
    assert own(database) == [("a swap with Bob on Monday 4 January 2027", WITH_COLLEAGUE)]
    assert own(database, BOB) == own(database)
    assert told(database, "bob") == ["Ann asks you for a swap on Monday 4 January 2027"]
    assert told(database, "sue") == []
    agreements.agree(database, BOB, unit="Blue", number=number)
    assert the_ask(database).agreed_at == NOW.at
    assert told(database, "sue") == ["Ann asks for a swap with Bob on Monday 4 January 2027"]
    before = in_force(database)
    grant(database, number)
    assert places(database, "ann")[0] == "home"
    assert places(database, "bob")[0] == "Leeds"
    assert len(set(in_force(database)) - set(before)) == 2
    (newest, _) = versions.list_versions(database, NOW, unit="Blue")
    assert (newest.number, newest.cause, newest.published_by) == (2, "swapped", "sue@example.org")
    changes = versions.list_changes(database, NOW, unit="Blue", number=2)
    assert [(its.staff_no, its.before, its.after) for its in changes] == [
        ("ann", "Leeds", "home"),
        ("bob", "home", "Leeds"),
    ]
    # Who they are is for managers; staff read it neither on pages nor in messages.
    for its in changes:
        assert its.reason == "Two officers swapped places, and a manager agreed."
        assert its.reason_for_managers == "Ann and Bob swapped places, and a manager agreed."
    for name in ("ann", "bob"):
        subjects = [its.subject for its in sight(database, "Blue").messages if its.staff_no == name]
        assert "Your rota has changed for Monday 4 January 2027" in subjects
    assert not any("swapped" in body and "Ann and Bob" in body for body in bodies(database))


@ON_SQLITE
def test_a_swap_that_is_declined_is_over(database: Database) -> None:
    number = ask_swap(database)
    agreements.decline(database, BOB, unit="Blue", number=number, text="I am away.")
    its = the_ask(database)
    assert (its.state, its.answer, its.decided_by) == (DECLINED, "I am away.", "bob@example.org")
    assert told(database, "ann") == ["Declined: a swap with Bob on Monday 4 January 2027"]
    assert places(database, "ann")[0] == "Leeds"


def in_state(database: Database, state: str) -> int:
    """A swap of Ann's with Bob in that state."""
    number = ask_swap(database)
    if state == DECLINED:
        agreements.decline(database, BOB, unit="Blue", number=number)
    if state in (WAITING, GRANTED, REFUSED):
        agreements.agree(database, BOB, unit="Blue", number=number)
    if state in (GRANTED, REFUSED):
        decisions.answer(database, SUE, unit="Blue", numbers=[number], outcome=state)
    if state == WITHDRAWN:
        new_requests.withdraw(database, ANN, unit="Blue", number=number)
    return number


DEEDS = {
    "agree": lambda db, number: agreements.agree(db, BOB, unit="Blue", number=number),
    "decline": lambda db, number: agreements.decline(db, BOB, unit="Blue", number=number),
    "withdraw": lambda db, number: new_requests.withdraw(db, ANN, unit="Blue", number=number),
    "grant": lambda db, number: grant(db, number),
    "refuse": lambda db, number: refuse(db, number),
}
LEADS_TO = {
    (WITH_COLLEAGUE, "agree"): WAITING,
    (WITH_COLLEAGUE, "decline"): DECLINED,
    (WITH_COLLEAGUE, "withdraw"): WITHDRAWN,
    (WAITING, "decline"): DECLINED,
    (WAITING, "withdraw"): WITHDRAWN,
    (WAITING, "grant"): GRANTED,
    (WAITING, "refuse"): REFUSED,
}
"""Every step that there is; any other changes nothing."""

STATES = (WITH_COLLEAGUE, WAITING, GRANTED, REFUSED, DECLINED, WITHDRAWN)


@ON_SQLITE
@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("state", STATES)
def test_each_state_allows_just_these_steps(database: Database, state: str, deed: str) -> None:
    number = in_state(database, state)
    before = sight(database, "Blue")
    try:
        outcome = DEEDS[deed](database, number)
        error = outcome.failed.get(number) if outcome else None
    except RotaError as raised:
        error = raised
    if (state, deed) in LEADS_TO:
        assert error is None
        assert the_ask(database).state == LEADS_TO[state, deed]
        return
    assert isinstance(error, Conflict)
    assert the_ask(database).state == state
    assert sight(database, "Blue") == before


RIGHTS = {
    "agree": {"bob"},
    "decline": {"bob"},
    "withdraw": {"ann"},
    "grant": {"sue", "ida"},
    "refuse": {"sue", "ida"},
}


@ON_SQLITE
@pytest.mark.parametrize("name", ["ann", "bob", "cal", "sue", "rob", "ida"])
@pytest.mark.parametrize("deed", RIGHTS)
def test_each_deed_is_for_these_alone(database: Database, deed: str, name: str) -> None:
    number = in_state(database, WAITING if deed in ("grant", "refuse") else WITH_COLLEAGUE)
    doer = who(name)
    deeds = {
        "agree": lambda: agreements.agree(database, doer, unit="Blue", number=number),
        "decline": lambda: agreements.decline(database, doer, unit="Blue", number=number),
        "withdraw": lambda: new_requests.withdraw(database, doer, unit="Blue", number=number),
        "grant": lambda: grant(database, number, doer=doer),
        "refuse": lambda: refuse(database, number, doer=doer),
    }
    before = sight(database, "Blue")
    if name in RIGHTS[deed]:
        deeds[deed]()
        return
    with pytest.raises(Forbidden):
        deeds[deed]()
    assert sight(database, "Blue") == before


@ON_SQLITE
def test_a_swap_between_teams_needs_a_manager_of_both(database: Database) -> None:
    number = ask_swap(database, "cal")
    agreements.agree(database, CAL, unit="Blue", number=number)
    assert (len(told(database, "sue")), len(told(database, "rob"))) == (1, 1)
    for doer in (SUE, ROB):
        with pytest.raises(Forbidden, match=r"manages the teams of all concerned"):
            grant(database, number, doer=doer)
    both = Rights((*SUE.rights.grants, *ROB.rights.grants[1:]))
    grant(database, number, doer=Act("Sue", "a test", NOW.at, both))
    assert (places(database, "ann")[0], places(database, "cal")[0]) == ("home", "Leeds")


@ON_SQLITE
def test_no_manager_answers_what_they_ask_themselves(database: Database) -> None:
    number = ask_day(database, doer=SUE)
    with pytest.raises(Forbidden, match=r"who is not one of them"):
        grant(database, number)
    assert told(database, "sue") == []
    assert grant(database, number, doer=IDA).answered == (number,)


@ON_SQLITE
def test_nobody_asks_for_another(database: Database) -> None:
    for ask in (
        lambda: new_requests.ask_for_day(
            database, BOB, unit="Blue", staff_no="ann", when="Fri", wants="home", strength=1
        ),
        lambda: new_requests.ask_for_leave(
            database, SUE, unit="Blue", staff_no="ann", first=TUE, last=TUE
        ),
        lambda: new_requests.ask_for_swap(
            database, BOB, unit="Blue", staff_no="ann", with_staff_no="bob", day=MON
        ),
        lambda: new_requests.list_own_asks(database, SUE, unit="Blue", staff_no="ann"),
        lambda: swap_view.list_swap_choices(database, BOB, unit="Blue", staff_no="ann", day=MON),
        lambda: swap_view.load_swap_view(
            database, BOB, unit="Blue", staff_no="ann", with_staff_no="bob", day=MON
        ),
    ):
        with pytest.raises(Forbidden):
            ask()


@ON_SQLITE
@pytest.mark.parametrize(
    ("columns", "column"),
    [
        ({"when": "2026-12-22"}, "when"),
        ({"when": "Sat"}, "when"),
        ({"wants": "the moon"}, "wants"),
        ({"strength": 4}, "strength"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_a_day_that_cannot_be_asked_for_is_refused(
    database: Database, columns: dict[str, object], column: str
) -> None:
    with pytest.raises(BadInput) as told:
        ask_day(database, **columns)
    assert [fault.column for fault in told.value.faults] == [column]
    assert own(database) == []


@ON_SQLITE
def test_leave_is_of_days_to_come(database: Database) -> None:
    yesterday = NOW.today - timedelta(days=1)
    for first, last, column in ((yesterday, TUE, "first"), (WED, TUE, "last")):
        with pytest.raises(BadInput) as told:
            ask_leave(database, first, last)
        assert [fault.column for fault in told.value.faults] == [column]
    ask_leave(database, NOW.today, NOW.today)


@ON_SQLITE
def test_days_that_nobody_works_may_be_asked_for(database: Database) -> None:
    ask_leave(database, SATURDAY, SATURDAY)
    ask_day(database, when=SATURDAY.isoformat())
    ask_day(database, when="2027-01-01")
    assert len(own(database)) == 3


@ON_SQLITE
def test_a_day_may_be_written_as_in_a_file(database: Database) -> None:
    ask_day(database, when="every Monday")
    ask_day(database, when="4 Jan 2027")
    asked = new_requests.list_own_asks(database, ANN, unit="Blue", staff_no="ann")
    assert [its.ask.when for its in asked] == ["2027-01-04", "Mon"]


@ON_SQLITE
@pytest.mark.parametrize(
    ("other", "day", "says"),
    [
        ("bob", NOW.today, r"^A swap has to be for a day after today; Tuesday 22 December"),
        ("bob", date(2027, 1, 11), r"^No rota is published on Monday 11 January 2027\.$"),
        ("bob", THU, r"you and Bob are both at Leeds\.$"),
        ("zoe", MON, r"swap on Monday 4 January 2027: zoe is not planned that day\.$"),
        ("ann", MON, r"^A swap is with somebody else; choose a colleague\.$"),
        ("bob", WED, r"6 January 2027: Bob may not be at Crown Court that day\.$"),
    ],
)
def test_a_swap_that_cannot_be_is_refused_at_once(
    database: Database, other: str, day: date, says: str
) -> None:
    with pytest.raises(NotPossible, match=says):
        ask_swap(database, other, day)
    assert own(database) == []


@ON_SQLITE
def test_the_same_is_not_asked_twice_while_it_is_open(database: Database) -> None:
    for ask in (ask_day, ask_leave, ask_swap):
        number = ask(database)
        with pytest.raises(RotaError, match=r"^You have asked for this already"):
            ask(database)
        new_requests.withdraw(database, ANN, unit="Blue", number=number)
        assert ask(database) == number + 1


@ON_SQLITE
def test_a_swap_that_has_stopped_to_fit_is_not_granted(database: Database) -> None:
    number = ask_swap(database)
    agreements.agree(database, BOB, unit="Blue", number=number)
    with database.writing() as connection:
        table = units.STORAGE["officers"].table
        cannot = table.update().where(table.c.staff_no == "ann").values(has_home_office=False)
        connection.execute(cannot)
    before = sight(database, "Blue")
    outcome = grant(database, number)
    assert outcome.answered == ()
    assert str(outcome.failed[number]) == (
        "This swap does not fit on Monday 4 January 2027: Ann may not be at home that day."
    )
    assert sight(database, "Blue") == before
    assert the_ask(database).state == WAITING
    assert refuse(database, number).answered == (number,)


@ON_SQLITE
def test_a_swap_is_not_agreed_to_when_it_has_stopped_to_fit(database: Database) -> None:
    number = ask_swap(database)
    with pytest.raises(NotPossible):
        agreements.agree(database, who("bob", MON), unit="Blue", number=number)
    assert the_ask(database).state == WITH_COLLEAGUE
    agreements.decline(database, who("bob", MON), unit="Blue", number=number)


@ON_SQLITE
def test_a_day_that_has_come_can_only_be_refused(database: Database) -> None:
    number = ask_day(database)
    late = who("sue", TUE)
    outcome = grant(database, number, doer=late)
    assert str(outcome.failed[number]) == (
        "Tuesday 5 January 2027 is not after today; this can only be refused."
    )
    assert refuse(database, number, doer=late).answered == (number,)


@ON_SQLITE
def test_many_are_answered_at_once_and_each_stands_for_itself(database: Database) -> None:
    day, leave, swap = (
        ask_day(database, when="Thu"),
        ask_leave(database, FRI, FRI),
        ask_swap(database),
    )
    agreements.agree(database, BOB, unit="Blue", number=swap)
    other = ask_day(database, BOB, "Mon")
    new_requests.withdraw(database, BOB, unit="Blue", number=other)
    outcome = grant(database, day, other, swap, leave, day)
    assert outcome.answered == (day, swap, leave)
    assert str(outcome.failed[other]) == "That is withdrawn already. Nothing was changed."
    tables = sight(database, "Blue").tables
    assert (len(tables.requests), len(tables.away)) == (1, 1)
    assert places(database, "ann")[0] == "home"


@ON_SQLITE
def test_of_many_none_is_answered_if_one_is_not_for_the_reader(database: Database) -> None:
    mine, cals = ask_day(database), ask_day(database, CAL)
    with pytest.raises(Forbidden):
        grant(database, mine, cals)
    with pytest.raises(NotFound):
        grant(database, mine, 99)
    assert the_ask(database).state == WAITING


@ON_SQLITE
def test_two_swaps_of_one_day_are_granted_one_after_the_other(database: Database) -> None:
    # Ann gives Monday at Leeds to Bob; then Bob, who is there now, gives it to Cal.
    one, two = ask_swap(database), ask_swap(database, "cal")
    agreements.agree(database, BOB, unit="Blue", number=one)
    agreements.agree(database, CAL, unit="Blue", number=two)
    outcome = grant(database, one, two, doer=IDA)
    assert outcome.answered == (one,)
    assert isinstance(outcome.failed[two], Conflict)
    assert the_ask(database).state == LAPSED


def test_of_two_managers_at_once_one_answers(database: Database) -> None:
    number = in_state(database, WAITING)
    with ThreadPoolExecutor() as pool:
        granted = pool.submit(grant, database, number)
        refused = pool.submit(refuse, database, number, doer=IDA)
    outcomes = [granted.result(), refused.result()]
    (failed,) = (its for its in outcomes if its.failed)
    assert isinstance(failed.failed[number], Conflict)
    state = GRANTED if granted.result().answered else REFUSED
    assert the_ask(database).state == state
    assert places(database, "ann")[0] == ("home" if state == GRANTED else "Leeds")
    assert len(told(database, "ann")) == 1


@ON_SQLITE
def test_an_unknown_number_is_not_found(database: Database) -> None:
    for deed in DEEDS.values():
        with pytest.raises(NotFound):
            deed(database, 99)


@ON_SQLITE
def test_every_step_is_audited(database: Database) -> None:
    number = ask_swap(database)
    agreements.agree(database, BOB, unit="Blue", number=number)
    refuse(database, number)
    entries = audited(database, unit="Blue", most=3)
    assert [(its.actor, its.what) for its in entries] == [
        ("sue@example.org", "refused what was asked for"),
        ("bob@example.org", "agreed to a swap"),
        ("ann@example.org", "asked for a swap"),
    ]
    assert entries[0].before == {"ask": number, "state": WAITING}
    assert entries[0].after == {"ask": number, "state": REFUSED, "kind": "swap", "staff_no": "ann"}


# What would follow.


def test_both_see_what_a_swap_would_break_of_their_own(database: Database) -> None:
    # Ann needs 3 office days of 5 and has 3 (court does not count); Bob has 4.
    choices = swap_view.list_swap_choices(database, ANN, unit="Blue", staff_no="ann", day=MON)
    assert choices.own_site == "Leeds"
    assert [(its.name, its.site) for its in choices.colleagues] == [
        ("Bob", "home"),
        ("Cal", "home"),
    ]
    its = swap_view.load_swap_view(
        database, ANN, unit="Blue", staff_no="ann", with_staff_no="bob", day=MON
    )
    assert (its.own_site, its.colleague_site, its.colleague, its.is_across_teams) == (
        "Leeds",
        "home",
        "Bob",
        False,
    )
    assert [(c.says, c.is_worse) for c in its.consequences] == [
        (
            "Ann (ann) has 2 office days from 4 January 2027 to 10 January 2027; at least 3 asked.",
            True,
        )
    ]
    number = ask_swap(database)
    bobs = swap_view.load_ask_view(database, BOB, unit="Blue", number=number)
    assert bobs.swap is not None
    assert (bobs.swap.own_site, bobs.swap.colleague_site, bobs.swap.consequences) == (
        "home",
        "Leeds",
        (),
    )
    assert (bobs.may_agree, bobs.may_withdraw) == (True, False)
    anns = swap_view.load_ask_view(database, ANN, unit="Blue", number=number)
    assert anns.swap == its
    assert (anns.may_agree, anns.may_withdraw) == (False, True)
    with pytest.raises(Forbidden):
        swap_view.load_ask_view(database, CAL, unit="Blue", number=number)
    with pytest.raises(Forbidden):
        swap_view.load_ask_view(database, SUE, unit="Blue", number=number)


@ON_SQLITE
def test_what_is_for_all_is_told_to_both(database: Database) -> None:
    # Bob may go to court too, but has not the skill that is needed there.
    record(database, EARLIER, "appointments", staff_no="bob", date=f"{WED}", site="Crown Court")
    its = swap_view.load_swap_view(
        database, BOB, unit="Blue", staff_no="bob", with_staff_no="ann", day=WED
    )
    cover = (
        "Crown Court (skill trial) has 0 officers on Wednesday 6 January 2027; "
        "its duties ask for at least 1."
    )
    assert (cover, True) in [(c.says, c.is_worse) for c in its.consequences]


@ON_SQLITE
def test_the_manager_sees_what_would_follow_for_their_own(database: Database) -> None:
    number = ask_swap(database)
    agreements.agree(database, BOB, unit="Blue", number=number)
    (its,) = inbox.load_inbox(database, SUE, unit="Blue").waiting
    assert its.summary.says == "a swap with Bob on Monday 4 January 2027"
    assert (its.teams, its.may_answer, its.misfit) == (("Blue",), True, "")
    assert [c.says[:25] for c in its.consequences] == ["Ann (ann) has 2 office da"]
    assert inbox.load_inbox(database, ROB, unit="Blue").waiting == ()


@ON_SQLITE
def test_a_manager_of_one_of_two_teams_sees_but_does_not_answer(database: Database) -> None:
    number = ask_swap(database, "cal")
    agreements.agree(database, CAL, unit="Blue", number=number)
    (sues,) = inbox.load_inbox(database, SUE, unit="Blue").waiting
    (robs,) = inbox.load_inbox(database, ROB, unit="Blue").waiting
    (idas,) = inbox.load_inbox(database, IDA, unit="Blue").waiting
    assert (sues.may_answer, robs.may_answer, idas.may_answer) == (False, False, True)
    # What Ann lacks of her office days is nothing for Rob.
    assert (len(sues.consequences), len(robs.consequences), len(idas.consequences)) == (1, 0, 1)


@ON_SQLITE
def test_leave_is_weighed_by_what_it_takes_from_the_rota(database: Database) -> None:
    ask_leave(database)
    (its,) = inbox.load_inbox(database, SUE, unit="Blue").waiting
    assert its.notes == ("2 published days fall away at once.",)
    assert [(c.says, c.is_worse) for c in its.consequences] == [
        (
            "Crown Court (skill trial) has 0 officers on Wednesday 6 January 2027; "
            "its duties ask for at least 1.",
            True,
        )
    ]


@ON_SQLITE
def test_a_day_is_weighed_by_what_is_published(database: Database) -> None:
    ask_day(database, when="Fri")
    ask_day(database, when="2027-01-12")
    ask_day(database, wants="office")
    moves = "Agreeing moves Ann at once: at Leeds instead of at home on Tuesday 5 January 2027."
    waiting = inbox.load_inbox(database, SUE, unit="Blue").waiting
    assert [its.notes for its in waiting] == [(WEEKDAY_NOTED,), (DAY_NOTED,), (moves,)]


@ON_SQLITE
def test_the_inbox_has_what_waits_and_what_was_answered(database: Database) -> None:
    one, two, three = ask_day(database), ask_leave(database), ask_day(database, CAL)
    refuse(database, one)
    new_requests.withdraw(database, ANN, unit="Blue", number=two)
    four = ask_day(database, BOB)
    sues = inbox.load_inbox(database, SUE, unit="Blue")
    assert ([its.summary.ask.id for its in sues.waiting], sues.teams) == ([four], ("Blue",))
    assert [its.ask.id for its in sues.answered] == [one]
    idas = inbox.load_inbox(database, IDA, unit="Blue")
    assert [its.summary.ask.id for its in idas.waiting] == [three, four]
    red = inbox.load_inbox(database, IDA, unit="Blue", team="Red")
    assert ([its.summary.ask.id for its in red.waiting], red.answered) == ([three], ())
    with pytest.raises(Forbidden):
        inbox.load_inbox(database, SUE, unit="Blue", team="Red")
    with pytest.raises(Forbidden):
        inbox.load_inbox(database, ANN, unit="Blue")


@ON_SQLITE
def test_what_somebody_asked_who_has_gone_is_for_managers_of_the_whole_unit(
    database: Database,
) -> None:
    number = ask_day(database)
    with database.writing() as connection:
        table = units.STORAGE["officers"].table
        connection.execute(table.delete().where(table.c.staff_no == "ann"))
    assert inbox.load_inbox(database, SUE, unit="Blue").waiting == ()
    (its,) = inbox.load_inbox(database, IDA, unit="Blue").waiting
    assert (its.summary.asker, its.may_answer) == ("ann", True)
    with pytest.raises(Forbidden):
        refuse(database, number)
    assert refuse(database, number, doer=IDA).answered == (number,)


@ON_SQLITE
def test_those_are_told_who_have_the_role_of_a_manager_of_the_team(database: Database) -> None:
    """Sue has the grade, but not the role; the manager of another team is told nothing."""
    let_in(database, "una", Grant(Role.MANAGER, 1, "Blue", team="Blue"))
    let_in(database, "ulf", Grant(Role.MANAGER, 1, "Blue", team="Red"))
    let_in(database, "ida", Grant(Role.MANAGER, 1, "Blue"))
    assert told_managers(database, ask_day(database)) == ["una@users.example"]


@ON_SQLITE
def test_of_a_swap_between_teams_those_are_told_who_can_answer(database: Database) -> None:
    let_in(database, "una", Grant(Role.MANAGER, 1, "Blue", team="Blue"))
    let_in(database, "ulf", Grant(Role.MANAGER, 1, "Blue", team="Red"))
    let_in(database, "ida", Grant(Role.MANAGER, 1, "Blue"))
    number = ask_swap(database, "cal")
    agreements.agree(database, CAL, unit="Blue", number=number)
    everybody = ["ida@users.example", "ulf@users.example", "una@users.example"]
    assert told_managers(database, number) == everybody


@ON_SQLITE
def test_what_a_manager_asks_for_goes_to_those_above(database: Database) -> None:
    sues = (
        Grant(Role.MANAGER, 1, "Blue", team="Blue"),
        Grant(Role.OFFICER, 1, "Blue", staff_no="sue"),
    )
    let_in(database, "sue", *sues)
    let_in(database, "ida", Grant(Role.MANAGER, 1, "Blue"))
    assert told_managers(database, ask_day(database)) == ["sue@users.example"]
    assert told_managers(database, ask_day(database, SUE)) == ["ida@users.example"]


@ON_SQLITE
def test_managers_of_other_teams_are_not_told_of_a_team_without_any(database: Database) -> None:
    record(database, EARLIER, "teams", team="Green", office="Leeds")
    about = {"start_date": "2020-01-06", "base_site": "Leeds", "working_days": "Mon Tue"}
    record(
        database, EARLIER, "officers", staff_no="gil", name="Gil", team="Green", grade="PO", **about
    )
    assert told_managers(database, ask_day(database, who("gil"))) == []
