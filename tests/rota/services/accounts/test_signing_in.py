"""Signing in: who is let in, for how long, and what everybody else is told."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import islice

import pytest
from argon2 import PasswordHasher

from rota.services.access.rights import Grant, Rights, Role
from rota.services.accounts import sessions, signing_in, tokens
from rota.services.accounts.passwords import WeakPassword
from rota.services.accounts.sessions import UNKNOWN, Browser, User, sign_out
from rota.services.accounts.signing_in import SignInRefused, change_password
from rota.services.accounts.throttle import Throttled
from rota.store.accounts import users
from rota.tables import GrantTable
from tests.rota.services.example import ON_SQLITE, keep
from tests.rota.services.ledger import ledger
from tests.rota.services.sample_accounts import (
    GOOD,
    NINE,
    PLACE,
    after,
    doing,
    keep_user,
    statements_of,
)

WRONG = "Email address or password is not right"
OTHER = "granite lantern otter"
ANA = "ana@example.org"
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     .   .   .   .   .
"""


def sign_in(database, email=ANA, password=GOOD, *, place=PLACE, at=NINE, browser=UNKNOWN):
    told = {"email": email, "password": password, "place": place, "browser": browser}
    return signing_in.sign_in(database, at=at, **told)


def who(database, secret, at=NINE):
    return sessions.find_signed_in_user(database, secret=secret, at=at)


def refused(kind, database, *args, **options):
    with pytest.raises(kind) as error:
        sign_in(database, *args, **options)
    return str(error.value)


def from_outside(database, *, subject="me", email=ANA, is_email_verified=True, at=NINE):
    return signing_in.sign_in_from_outside(
        database,
        subject=subject,
        email=email,
        is_email_verified=is_email_verified,
        place=PLACE,
        at=at,
    )


def told(database, most=1):
    """The latest deeds of the audit, the newest first."""
    kept = reversed(ledger(database)["audit"])
    return [(row["who"], row["place"], row["what"]) for row in islice(kept, most)]


def grant(database, user_id, role, **columns):
    row = {"unit_id": None, "team": None, "staff_no": None, **columns}
    with database.writing() as connection:
        connection.execute(GrantTable.__table__.insert().values(user_id=user_id, role=role, **row))


def test_who_knows_the_password_is_let_in(database):
    number = keep_user(database)
    secret = sign_in(database)
    assert who(database, secret) == User(
        id=number, email=ANA, name="Ana Bell", rights=Rights(), must_change_password=False
    )
    assert told(database) == [(ANA, PLACE, "signed in")]


def test_a_user_comes_with_all_their_roles(database):
    keep(database, CHART)
    number = keep_user(database)
    keep_user(database, "bob@example.org")
    grant(database, number, "officer", unit_id=1, staff_no="ann")
    grant(database, number, "manager", unit_id=1, team="Blue")
    grant(database, number, "administrator")
    user = who(database, sign_in(database))
    assert user.rights == Rights(
        (
            Grant(Role.OFFICER, 1, "Blue", None, "ann"),
            Grant(Role.MANAGER, 1, "Blue", "Blue", None),
            Grant(Role.ADMINISTRATOR),
        )
    )


def test_an_address_may_be_written_in_capitals_and_with_spaces(database):
    keep_user(database)
    assert who(database, sign_in(database, "  ANA@Example.org ")).email == ANA


def test_of_a_secret_only_a_digest_is_kept(database):
    keep_user(database)
    secret = sign_in(database)
    kept = ledger(database)
    assert len(secret) == 43  # 256 bits, six in each character.
    assert [row["digest"] for row in kept["session"]] == [
        hashlib.sha256(secret.encode()).hexdigest()
    ]
    assert secret not in str(kept)
    assert GOOD not in str(kept)
    assert who(database, kept["session"][0]["digest"]) is None
    assert who(database, "") is None


@ON_SQLITE
def test_everybody_else_is_told_the_same(database):
    """Nobody can tell who has an account, who has no password and who is no user any more."""
    keep_user(database)
    keep_user(database, "sso@example.org", password=None)
    keep_user(database, "gone@example.org", is_active=False)
    assert refused(SignInRefused, database, ANA, "wrong") == WRONG
    assert refused(SignInRefused, database, ANA, "") == WRONG
    assert refused(SignInRefused, database, "nobody@example.org") == WRONG
    assert refused(SignInRefused, database, "sso@example.org") == WRONG
    assert refused(SignInRefused, database, "gone@example.org") == WRONG
    assert refused(SignInRefused, database, "", "") == WRONG
    assert refused(SignInRefused, database, "ana\0@example.org", "x" * 10_000) == WRONG


def test_failures_of_known_users_are_audited_without_what_they_entered(database):
    keep_user(database)
    refused(SignInRefused, database, ANA, "a secret of mine")
    refused(SignInRefused, database, "nobody@example.org")
    assert told(database, most=9) == [(ANA, PLACE, "could not sign in")]
    assert "a secret of mine" not in str(ledger(database))


def test_a_session_ends_an_hour_after_it_was_last_used(database):
    keep_user(database)
    secret = sign_in(database)
    assert who(database, secret, after(minutes=59, seconds=59)) is not None
    assert who(database, secret, after(minutes=119, seconds=58)) is not None
    assert who(database, secret, after(minutes=179, seconds=58)) is None


@ON_SQLITE
def test_a_session_ends_after_twelve_hours_however_much_it_is_used(database):
    keep_user(database)
    secret = sign_in(database)
    for n in range(24):
        assert who(database, secret, after(minutes=30 * n)) is not None
    assert who(database, secret, after(hours=12) - timedelta(seconds=1)) is not None
    assert who(database, secret, after(hours=12)) is None


def test_that_somebody_was_seen_is_kept_at_most_once_a_minute(database):
    keep_user(database)
    secret = sign_in(database)

    def seen(at):
        who(database, secret, at)
        return ledger(database)["session"][0]["seen_at"]

    assert seen(after(seconds=59)) == NINE
    assert seen(after(seconds=60)) == after(seconds=60)
    assert seen(after(seconds=119)) == after(seconds=60)


def test_a_user_who_is_no_more_active_is_out_at_once(database):
    number = keep_user(database)
    secret = sign_in(database)
    with database.writing() as connection:
        users.change(connection, number, is_active=False)
    assert who(database, secret) is None


def test_signing_out_ends_this_session_alone(database):
    keep_user(database)
    here, there = sign_in(database), sign_in(database)
    sign_out(database, secret=here, place=PLACE, at=NINE)
    assert who(database, here) is None
    assert who(database, there) is not None
    assert told(database) == [(ANA, PLACE, "signed out")]
    sign_out(database, secret=here, place=PLACE, at=NINE)
    assert told(database, most=9).count((ANA, PLACE, "signed out")) == 1


def test_old_sessions_and_failures_are_forgotten_when_somebody_signs_in(database):
    keep_user(database)
    keep_user(database, "bob@example.org")
    sign_in(database)
    refused(SignInRefused, database, "nobody@example.org", at=after(minutes=1))
    sign_in(database, "bob@example.org", at=after(hours=25))
    kept = ledger(database)
    assert [row["made_at"] for row in kept["session"]] == [after(hours=25)]
    assert kept["failed_sign_in"] == ()


@ON_SQLITE
def test_everybody_is_slowed_down_just_the_same_with_an_account_or_without(database):
    keep_user(database)
    says = set()
    for n, email in enumerate((ANA, "nobody@example.org")):
        place = f"198.51.100.{n}"
        for _ in range(5):
            assert refused(SignInRefused, database, email, "wrong", place=place) == WRONG
        says.add(refused(Throttled, database, email, place=place))
    assert says == {"Too many sign-ins have failed. Wait 15 seconds, then try again"}


def test_who_signs_in_is_forgiven_what_failed_there_before(database):
    keep_user(database)
    for _ in range(3):
        for _ in range(4):
            refused(SignInRefused, database, ANA, "wrong")
        sign_in(database)
    about = [row["about"].split()[0] for row in ledger(database)["failed_sign_in"]]
    assert sorted(about) == ["name"] * 12 + ["place"] * 12
    assert len({row["about"] for row in ledger(database)["failed_sign_in"]}) == 2


def test_many_guesses_at_once_are_no_more_than_one_after_another(database):
    keep_user(database)

    def guess(n):
        try:
            sign_in(database, password=f"wrong {n}")
        except (SignInRefused, Throttled) as error:
            return type(error)

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(guess, range(16)))
    assert (ended.count(SignInRefused), ended.count(Throttled)) == (5, 11)


def test_a_browser_that_its_user_signed_in_with_before_is_let_in_whatever_others_try(database):
    number, other = keep_user(database), keep_user(database, "bob@example.org")
    for place in range(4):
        for _ in range(5):
            refused(SignInRefused, database, ANA, "wrong", place=f"198.51.100.{place}")
    refused(Throttled, database, place="203.0.113.9")  # From 4 places, 20 have failed.
    own = Browser(mark="hers", users=frozenset({number}))
    for place in ("203.0.113.9", "198.51.100.1"):
        assert who(database, sign_in(database, place=place, browser=own)).id == number
    his = Browser(mark="his", users=frozenset({other}))
    refused(Throttled, database, place="203.0.113.9", browser=his)


@ON_SQLITE
def test_a_browser_that_is_known_is_slowed_down_for_what_fails_in_it(database):
    number = keep_user(database)
    own = Browser(mark="hers", users=frozenset({number}))
    for _ in range(5):
        refused(SignInRefused, database, ANA, "wrong", browser=own)
    refused(Throttled, database, browser=own)
    refused(Throttled, database, place="203.0.113.9", browser=own)
    assert sign_in(database)  # With another browser she is slowed down by nothing.
    assert sign_in(database, browser=own, at=after(seconds=15))


def test_a_password_for_once_is_good_for_a_week(database):
    until = after(days=7)
    keep_user(database, must_change_password=True, password_ends_at=until)
    assert sign_in(database, at=until - timedelta(seconds=1))
    says = "This password was good for 7 days, which are over. Ask an administrator for a new one"
    assert refused(SignInRefused, database, at=until) == says
    assert refused(SignInRefused, database, ANA, "wrong", at=until) == WRONG
    assert len(ledger(database)["session"]) == 1


def test_a_password_of_ones_own_has_no_end(database):
    until = after(days=7)
    number = keep_user(database, must_change_password=True, password_ends_at=until)
    change_password(database, doing(), user_id=number, old=GOOD, new=OTHER)
    assert sign_in(database, password=OTHER, at=after(days=700))


def test_a_session_keeps_where_it_is(database):
    keep_user(database)
    sign_in(database, browser=Browser(description="Firefox on Windows"))
    (kept,) = ledger(database)["session"]
    assert (kept["place"], kept["browser"]) == (PLACE, "Firefox on Windows")


@ON_SQLITE
@pytest.mark.usefixtures("slow_passwords")
def test_a_hash_of_weaker_settings_is_made_anew(database):
    number = keep_user(database, password=None)
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    with database.writing() as connection:
        users.change(connection, number, password_hash=weak)
    sign_in(database)
    kept = ledger(database)["user_account"][0]["password_hash"]
    assert kept.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert sign_in(database)


def test_another_password_ends_all_other_sessions(database):
    number = keep_user(database, must_change_password=True)
    here, there = sign_in(database), sign_in(database)
    assert who(database, here).must_change_password
    change_password(database, doing(), user_id=number, old=GOOD, new=OTHER, keep=here)
    assert not who(database, here).must_change_password
    assert who(database, there) is None
    assert refused(SignInRefused, database) == WRONG
    assert sign_in(database, password=OTHER)
    assert told(database, 3)[-1] == (ANA, PLACE, "changed their password")


def test_another_password_ends_all_tokens(database):
    number = keep_user(database)
    good_for = timedelta(days=30)
    wanted = {"name": "Mine", "scopes": [tokens.Scope.READ_ROTA], "good_for": good_for}
    secret = tokens.make(database, doing(), user_id=number, **wanted)
    assert tokens.find_bearer(database, secret=secret, at=NINE)
    change_password(database, doing(), user_id=number, old=GOOD, new=OTHER)
    assert tokens.find_bearer(database, secret=secret, at=NINE) is None


@ON_SQLITE
def test_another_password_needs_the_old_one_and_must_be_good(database):
    number = keep_user(database)
    secret = sign_in(database)

    def change(kind, old, new):
        with pytest.raises(kind) as error:
            change_password(database, doing(), user_id=number, old=old, new=new, keep=secret)
        return str(error.value)

    assert change(SignInRefused, "wrong", OTHER) == "Current password is not right"
    assert change(WeakPassword, GOOD, "short") == "Password must be 12 characters or more"
    says = "New password must be different from the current one"
    assert change(WeakPassword, GOOD, GOOD) == says
    for _ in range(5):
        change(SignInRefused, "wrong", OTHER)
    change(Throttled, GOOD, OTHER)
    assert sign_in(database)  # It slows down nobody who signs in.


def test_single_sign_on_finds_a_user_by_their_verified_address_and_then_by_subject(database):
    number = keep_user(database)
    assert who(database, from_outside(database)).id == number
    assert told(database) == [(ANA, PLACE, "signed in by single sign-on")]
    secret = from_outside(database, email="ana.married@example.org", is_email_verified=False)
    assert who(database, secret).id == number


def test_single_sign_on_lets_in_nobody_else(database):
    keep_user(database)
    keep_user(database, "gone@example.org", is_active=False, subject="gone")
    keep_user(database, "met@example.org", subject="met before")
    says = "There is no account for you here. Ask an administrator to add you"
    for its in (
        {"is_email_verified": False},
        {"email": "nobody@example.org"},
        {"subject": "gone", "email": "gone@example.org"},
        {"email": "gone@example.org"},
        {"email": "met@example.org"},
    ):
        with pytest.raises(SignInRefused) as error:
            from_outside(database, **its)
        assert str(error.value) == says
    assert [row["subject"] for row in ledger(database)["user_account"]] == [
        None,
        "gone",
        "met before",
    ]
    assert ledger(database)["session"] == ()


def test_who_is_signed_in_is_asked_by_one_query(database):
    keep_user(database)
    secret = sign_in(database)
    with statements_of(database) as made:
        assert who(database, secret)
    assert [its.split()[0] for its in made if its != "BEGIN"] == ["SELECT"]
