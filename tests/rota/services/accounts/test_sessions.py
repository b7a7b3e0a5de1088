"""Where people are signed in: seen and ended by themselves and by administrators."""

import pytest

from rota.errors import Forbidden, NotFound
from rota.services.access.rights import Grant, Rights, Role
from rota.services.accounts import sessions, signing_in, tokens
from rota.services.accounts.sessions import Browser, OpenSession
from rota.services.accounts.tokens import Scope
from tests.rota.services.example import ON_SQLITE
from tests.rota.services.ledger import ledger
from tests.rota.services.sample_accounts import GOOD, NINE, PLACE, after, doing, keep_user

ANA, BOB = "ana@example.org", "bob@example.org"
SELF = doing(rights=Rights())
BOSS = doing("boss@example.org", rights=Rights((Grant(Role.ADMINISTRATOR),)))


def sign_in(database, *, says="Firefox on Windows", place=PLACE, at=NINE, email=ANA):
    told = {"email": email, "password": GOOD, "place": place, "browser": Browser(description=says)}
    return signing_in.sign_in(database, at=at, **told)


def is_open(database, secret, at=NINE):
    return sessions.find_signed_in_user(database, secret=secret, at=at) is not None


def names(database, number, act=SELF):
    return [its.name for its in sessions.list_open_sessions(database, act, user_id=number)]


def test_each_session_is_told_with_when_and_where_the_last_heard_of_first(database):
    number = keep_user(database)
    phone = sign_in(database, says="Safari on iPhone", place="203.0.113.9")
    desk = sign_in(database, at=after(minutes=5))
    sessions.find_signed_in_user(database, secret=phone, at=after(minutes=50))
    act = doing(at=after(minutes=55), rights=Rights())
    told = sessions.list_open_sessions(database, act, user_id=number, secret=desk)
    assert [(its.browser, its.place, its.made_at, its.seen_at, its.is_here) for its in told] == [
        ("Safari on iPhone", "203.0.113.9", NINE, after(minutes=50), False),
        ("Firefox on Windows", PLACE, after(minutes=5), after(minutes=5), True),
    ]
    assert desk not in str(told)


@ON_SQLITE
def test_a_session_that_is_over_is_not_told(database):
    number = keep_user(database)
    sign_in(database)
    for act, count in ((after(minutes=59), 1), (after(minutes=60), 0)):
        its = sessions.list_open_sessions(database, doing(at=act), user_id=number)
        assert len(its) == count


@ON_SQLITE
def test_of_a_session_from_before_it_is_not_known_where_it_is(database):
    number = keep_user(database)
    sign_in(database, says=None)
    (told,) = sessions.list_open_sessions(database, SELF, user_id=number)
    assert isinstance(told, OpenSession)
    assert told.browser is None


def test_one_session_is_ended_and_no_other(database):
    number = keep_user(database)
    first, second = sign_in(database), sign_in(database, at=after(minutes=1))
    _, name = names(database, number)
    sessions.end(database, SELF, user_id=number, name=name)
    assert (is_open(database, first), is_open(database, second)) == (False, True)
    with pytest.raises(NotFound):
        sessions.end(database, SELF, user_id=number, name=name)
    assert ledger(database)["audit"][-1]["what"] == "signed out another browser"


@pytest.mark.parametrize("name", ["", "%", "_" * 32, "0" * 32, "x" * 64])
@ON_SQLITE
def test_a_name_that_is_none_ends_nothing(database, name):
    number = keep_user(database)
    secret = sign_in(database)
    with pytest.raises(NotFound):
        sessions.end(database, SELF, user_id=number, name=name)
    assert is_open(database, secret)


def test_all_end_at_once_with_tokens_or_without(database):
    number = keep_user(database)
    keep_user(database, BOB)
    his = sign_in(database, email=BOB)
    told = {"name": "a program", "scopes": [Scope.READ_ROTA], "good_for": tokens.LONGEST}
    token = tokens.make(database, SELF, user_id=number, **told)
    mine = [sign_in(database), sign_in(database)]
    assert sessions.end_everywhere(database, SELF, user_id=number, with_tokens=False) == 2
    assert [is_open(database, its) for its in (*mine, his)] == [False, False, True]
    assert tokens.find_bearer(database, secret=token, at=NINE)
    assert sessions.end_everywhere(database, SELF, user_id=number, with_tokens=True) == 0
    assert tokens.find_bearer(database, secret=token, at=NINE) is None
    assert ledger(database)["audit"][-1]["before"] == {
        "user": ANA,
        "browsers": 0,
        "tokens": True,
    }


@ON_SQLITE
def test_everybody_looks_after_their_own_and_administrators_after_all(database):
    number = keep_user(database)
    keep_user(database, BOB)
    secret = sign_in(database)
    bob = doing(BOB, rights=Rights((Grant(Role.MANAGER, 1, "Blue"),)))
    (name,) = names(database, number, BOSS)
    for forbidden in (
        lambda: sessions.list_open_sessions(database, bob, user_id=number),
        lambda: sessions.end(database, bob, user_id=number, name=name),
        lambda: sessions.end_everywhere(database, bob, user_id=number, with_tokens=False),
    ):
        with pytest.raises(Forbidden):
            forbidden()
    assert is_open(database, secret)
    assert sessions.end_everywhere(database, BOSS, user_id=number, with_tokens=True) == 1
    assert not is_open(database, secret)
    with pytest.raises(NotFound):
        sessions.list_open_sessions(database, BOSS, user_id=999)
