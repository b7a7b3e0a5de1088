"""A swap is agreed to for two places; where one of them is another, it lapses and is never made."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from rota.domain import Away
from rota.errors import Conflict, Forbidden, NotFound, RotaError
from rota.services.access.rights import Grant, Role
from rota.services.answers import inbox, swap_view
from rota.services.drafts import drafts
from rota.services.requests import agreements, new_requests
from rota.services.requests.lapsing import WITHOUT_SITES, Lapsed
from rota.services.rotas import versions
from rota.services.runs.night import request_nights
from rota.store.databases.database import Database
from rota.store.requests.asks import DECLINED, GRANTED, LAPSED, WAITING, WITH_COLLEAGUE, WITHDRAWN
from rota.store.units.rows import table_of
from rota.tables import AskTable
from tests.rota.services.asking import (
    ANN,
    BOB,
    CAL,
    IDA,
    NOW,
    ROB,
    SUE,
    ask_day,
    ask_swap,
    grant,
    keep_and_publish,
    let_in,
    places,
    refuse,
    the_ask,
    told,
    who,
)
from tests.rota.services.example import ON_SQLITE, sick
from tests.rota.services.sight import sight
from tests.rota_text import MON, TUE
from tests.stored import audited

DAN = who("dan")


@pytest.fixture(autouse=True)
def published(database: Database) -> None:
    """Ann is at Leeds on Monday and Bob at home."""
    keep_and_publish(database)


def agreed(database: Database) -> int:
    """A swap of Ann's with Bob, to which he has agreed."""
    number = ask_swap(database)
    agreements.agree(database, BOB, unit="Blue", number=number)
    return number


def publish_moves(database: Database, **sites: str) -> None:
    """Publish a version in which these officers are elsewhere on Monday."""
    for name, site in sites.items():
        drafts.move(database, NOW, unit="Blue", staff_no=name, day=MON, site=site)
    versions.publish(database, NOW, unit="Blue", is_acknowledged=True)


def last_message(database: Database, key: str) -> str:
    """The body of the message with such an end of its key, without its greeting and its end."""
    (message,) = (its for its in sight(database, "Blue").messages if its.key.endswith(key))
    return "\n\n".join(message.body.split("\n\n")[1:-1])


def test_the_places_are_kept_that_both_saw(database: Database) -> None:
    ask_swap(database)
    ask = the_ask(database)
    assert (ask.own_site, ask.with_site) == ("Leeds", "home")


@ON_SQLITE
def test_a_swap_is_not_asked_for_with_places_other_than_were_shown(database: Database) -> None:
    with pytest.raises(Conflict, match=r"^One of the two places has changed since you looked"):
        new_requests.ask_for_swap(
            database,
            ANN,
            unit="Blue",
            staff_no="ann",
            with_staff_no="bob",
            day=MON,
            sites_shown=("Leeds", "Crown Court"),
        )
    assert new_requests.list_own_asks(database, ANN, unit="Blue", staff_no="ann") == ()


def test_a_swap_lapses_when_a_version_exchanges_the_two_already(database: Database) -> None:
    number = agreed(database)
    publish_moves(database, ann="home", bob="Leeds")
    ask = the_ask(database)
    assert (ask.state, ask.decided_by, ask.outcome) == (
        LAPSED,
        None,
        "Ann is at home now, and was at Leeds when both agreed. "
        "Bob is at Leeds now, and was at home when both agreed.",
    )
    for name, other in (("ann", "Bob"), ("bob", "Ann")):
        assert told(database, name)[-1] == f"Lapsed: a swap with {other} on Monday 4 January 2027"
    assert last_message(database, "lapsed/bob") == (
        "The swap that you and Ann were to make on Monday 4 January 2027 has lapsed, and nothing "
        f"was changed by it. {ask.outcome}\n\nThere is nothing for you to do."
    )
    assert isinstance(grant(database, number).failed[number], Conflict)
    assert (places(database, "ann")[0], places(database, "bob")[0]) == ("home", "Leeds")
    (answered,) = inbox.load_inbox(database, SUE, unit="Blue").answered
    assert answered.ask == ask
    assert audited(database, unit="Blue", most=1)[0].what == "let a swap lapse"


@ON_SQLITE
def test_a_swap_lapses_before_it_is_agreed_to_as_well(database: Database) -> None:
    number = ask_swap(database)
    publish_moves(database, bob="Leeds")
    assert (
        the_ask(database).outcome == "Bob is at Leeds now, and was at home when it was asked for."
    )
    with pytest.raises(Conflict, match=r"^That is lapsed already\."):
        agreements.agree(database, BOB, unit="Blue", number=number)


@ON_SQLITE
def test_versions_that_leave_both_places_alone_do_nothing_to_a_swap(database: Database) -> None:
    number = agreed(database)
    publish_moves(database, cal="Leeds")
    assert grant(database, number).answered == (number,)
    assert the_ask(database).state == GRANTED


@ON_SQLITE
def test_a_swap_that_has_lapsed_stays_so_when_the_place_changes_back(database: Database) -> None:
    number = agreed(database)
    publish_moves(database, bob="Leeds")
    publish_moves(database, bob="home")
    assert isinstance(grant(database, number).failed[number], Conflict)
    assert the_ask(database).state == LAPSED
    assert ask_swap(database) == number + 1


def test_a_swap_lapses_as_a_manager_grants_it_when_the_colleague_is_away(
    database: Database,
) -> None:
    number = agreed(database)
    sick(database, NOW, Away("bob", MON, MON))
    (waiting,) = inbox.load_inbox(database, SUE, unit="Blue").waiting
    reason = "Bob is not planned that day now, and was at home when both agreed."
    assert waiting.misfit == reason
    assert swap_view.load_ask_view(database, ANN, unit="Blue", number=number).misfit == reason
    before = sight(database, "Blue").in_force
    failed = grant(database, number).failed[number]
    assert isinstance(failed, Lapsed)
    assert str(failed) == f"This swap has lapsed, and nothing was changed. {reason}"
    assert (the_ask(database).state, the_ask(database).outcome) == (LAPSED, reason)
    assert told(database, "ann")[-1] == "Lapsed: a swap with Bob on Monday 4 January 2027"
    assert sight(database, "Blue").in_force == before


@ON_SQLITE
def test_a_swap_lapses_as_the_colleague_agrees_when_the_asker_is_away(database: Database) -> None:
    number = ask_swap(database)
    sick(database, NOW, Away("ann", MON, MON))
    look = swap_view.load_ask_view(database, BOB, unit="Blue", number=number)
    assert look.misfit == "Ann is not planned that day now, and was at Leeds when it was asked for."
    with pytest.raises(Lapsed):
        agreements.agree(database, BOB, unit="Blue", number=number)
    assert the_ask(database).state == LAPSED


@ON_SQLITE
def test_the_next_night_lets_swaps_lapse_that_nobody_answers(database: Database) -> None:
    agreed(database)
    sick(database, NOW, Away("bob", MON, MON))
    request_nights(database, NOW, unit=None, as_of=NOW.today, seconds=30)
    assert the_ask(database).state == LAPSED


@ON_SQLITE
def test_a_swap_with_somebody_who_has_gone_lapses(database: Database) -> None:
    number = agreed(database)
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM officer WHERE staff_no = 'bob'")
    assert isinstance(grant(database, number, doer=IDA).failed[number], Lapsed)
    assert the_ask(database).outcome == (
        "bob is not planned that day now, and was at home when both agreed."
    )


@ON_SQLITE
def test_a_swap_may_still_be_refused_declined_or_withdrawn_in_its_last_moment(
    database: Database,
) -> None:
    deeds = (
        lambda number: refuse(database, number),
        lambda number: agreements.decline(database, BOB, unit="Blue", number=number),
        lambda number: new_requests.withdraw(database, ANN, unit="Blue", number=number),
    )
    numbers = []
    for deed in deeds:
        numbers.append(agreed(database))
        sick(database, NOW, Away("bob", MON, MON))
        deed(numbers[-1])
        with database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM away")
    states = [
        its.ask.state
        for its in new_requests.list_own_asks(database, ANN, unit="Blue", staff_no="ann")
    ]
    assert states == [WITHDRAWN, DECLINED, "refused"]


@ON_SQLITE
def test_a_swap_that_was_asked_for_before_places_were_kept_lapses(database: Database) -> None:
    number = agreed(database)
    with database.writing() as connection:
        connection.execute(update(table_of(AskTable)).values(own_site=None, with_site=None))
    assert str(grant(database, number).failed[number]).endswith(WITHOUT_SITES)
    assert (the_ask(database).state, the_ask(database).outcome) == (LAPSED, WITHOUT_SITES)


# Taking back.


def test_who_agreed_may_take_it_back_until_it_is_decided(database: Database) -> None:
    number = agreed(database)
    look = swap_view.load_ask_view(database, BOB, unit="Blue", number=number)
    assert (look.may_agree, look.may_take_back, look.may_withdraw) == (False, True, False)
    agreements.decline(database, BOB, unit="Blue", number=number, text="By mistake.")
    assert (the_ask(database).state, the_ask(database).answer) == (DECLINED, "By mistake.")
    assert told(database, "ann")[-1] == "Declined: a swap with Bob on Monday 4 January 2027"
    assert last_message(database, "ended/sue") == (
        "Ann asked for a swap with Bob on Monday 4 January 2027. Bob has declined it, so that it "
        "waits for you no longer.\n\nBob writes: By mistake."
    )
    assert isinstance(grant(database, number).failed[number], Conflict)


@ON_SQLITE
def test_those_are_told_who_were_asked_when_something_is_withdrawn(database: Database) -> None:
    new_requests.withdraw(database, ANN, unit="Blue", number=ask_swap(database))
    assert told(database, "bob")[-1] == "Withdrawn: a swap with Ann on Monday 4 January 2027"
    assert told(database, "sue") == []
    new_requests.withdraw(database, ANN, unit="Blue", number=agreed(database))
    says = "Withdrawn: Ann asked for a swap with Bob on Monday 4 January 2027"
    assert told(database, "sue")[-1] == says
    new_requests.withdraw(database, ANN, unit="Blue", number=ask_day(database))
    assert told(database, "sue")[-1].startswith("Withdrawn: Ann asked for a day at home")


@ON_SQLITE
def test_who_agreed_is_told_that_the_manager_refused(database: Database) -> None:
    refuse(database, agreed(database))
    assert told(database, "bob")[-1] == "Refused: a swap with Ann on Monday 4 January 2027"
    assert last_message(database, "refused/bob") == (
        "You agreed to a swap with Ann on Monday 4 January 2027. Sue has refused it."
    )


# Colleagues without an account.


def take_account(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql(f"DELETE FROM role_grant WHERE staff_no = '{name}'")


def test_a_manager_agrees_for_a_colleague_without_an_account(database: Database) -> None:
    take_account(database, "bob")
    look = swap_view.load_swap_view(
        database, ANN, unit="Blue", staff_no="ann", with_staff_no="bob", day=MON
    )
    assert not look.has_account
    number = ask_swap(database)
    assert "You have no account here: please tell your manager whether you agree." in last_message(
        database, "colleague/bob"
    )
    assert last_message(database, "no-account/sue") == (
        "Ann asks for a swap with Bob on Monday 4 January 2027.\n\nBob has no account here. If "
        "they say yes, you can agree for them on the page Requests, and then decide."
    )
    (waiting,) = inbox.load_inbox(database, SUE, unit="Blue").waiting
    assert (waiting.lacks_agreement, waiting.may_answer) == (True, True)
    assert isinstance(grant(database, number).failed[number], Conflict)
    agreements.agree_for(database, SUE, unit="Blue", number=number)
    ask = the_ask(database)
    assert (ask.state, ask.agreed_at, ask.agreed_by) == (WAITING, NOW.at, "sue@example.org")
    assert last_message(database, "agreed-for/bob").startswith(
        "Sue has agreed for you to a swap with Ann on Monday 4 January 2027: you would be at Leeds "
        "instead of at home, and Ann at home."
    )
    assert told(database, "ann")[-1] == "Agreed for Bob: a swap with Bob on Monday 4 January 2027"
    assert audited(database, unit="Blue", most=1)[0].what == "agreed to a swap for a colleague"
    assert grant(database, number).answered == (number,)
    assert places(database, "bob")[0] == "Leeds"


@ON_SQLITE
def test_managers_who_were_to_agree_for_somebody_are_told_of_the_end(database: Database) -> None:
    take_account(database, "bob")
    new_requests.withdraw(database, ANN, unit="Blue", number=ask_swap(database))
    says = "Withdrawn: Ann asked for a swap with Bob on Monday 4 January 2027"
    assert told(database, "sue")[-1] == says


@ON_SQLITE
def test_nobody_agrees_for_a_colleague_who_has_an_account(database: Database) -> None:
    number = ask_swap(database)
    assert inbox.load_inbox(database, SUE, unit="Blue").waiting == ()
    with pytest.raises(RotaError, match=r"^Bob has an account here, and so has to agree in person"):
        agreements.agree_for(database, SUE, unit="Blue", number=number)
    assert the_ask(database).state == WITH_COLLEAGUE


@ON_SQLITE
def test_only_who_may_answer_agrees_for_a_colleague(database: Database) -> None:
    take_account(database, "cal")
    number = ask_swap(database, "cal")
    for doer in (ANN, BOB, CAL, SUE, ROB):
        with pytest.raises(Forbidden):
            agreements.agree_for(database, doer, unit="Blue", number=number)
    with pytest.raises(NotFound):
        agreements.agree_for(database, IDA, unit="Blue", number=99)
    with pytest.raises(Forbidden, match=r"^Only a swap"):
        agreements.agree_for(database, IDA, unit="Blue", number=ask_day(database))
    agreements.agree_for(database, IDA, unit="Blue", number=number)
    with pytest.raises(Conflict, match=r"^That is waiting already"):
        agreements.agree_for(database, IDA, unit="Blue", number=number)


@ON_SQLITE
def test_agreeing_for_a_colleague_lapses_too(database: Database) -> None:
    take_account(database, "bob")
    number = ask_swap(database)
    sick(database, NOW, Away("bob", MON, MON))
    with pytest.raises(Lapsed):
        agreements.agree_for(database, SUE, unit="Blue", number=number)
    assert the_ask(database).state == LAPSED


@ON_SQLITE
def test_a_role_given_later_lets_the_colleague_agree(database: Database) -> None:
    take_account(database, "bob")
    number = ask_swap(database)
    let_in(database, "bobby", Grant(Role.OFFICER, 1, "Blue", staff_no="bob"))
    assert inbox.load_inbox(database, SUE, unit="Blue").waiting == ()
    agreements.agree(database, BOB, unit="Blue", number=number)
    assert the_ask(database).agreed_by is None


# Words for whoever reads them.


@ON_SQLITE
def test_reasons_call_the_reader_you_and_tell_managers_names(database: Database) -> None:
    sick(database, NOW, Away("ann", TUE, TUE))
    with pytest.raises(RotaError, match=r": you are not planned that day\.$"):
        ask_swap(database, "bob", TUE)
    sick(database, NOW, Away("bob", TUE, TUE))
    with pytest.raises(RotaError, match=r": you and Bob are not planned that day\.$"):
        ask_swap(database, "bob", TUE)
