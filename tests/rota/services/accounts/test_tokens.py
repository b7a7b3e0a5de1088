"""Tokens: what they let a program do, for whom, and how long."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from rota.errors import BadInput, Forbidden, NotFound
from rota.services.access.rights import Grant, Rights, Role
from rota.services.accounts import sessions, signing_in, tokens
from rota.services.accounts.roles import grant
from rota.services.accounts.signing_in import SignInRefused
from rota.services.accounts.throttle import Throttled
from rota.services.accounts.tokens import LONGEST, NotYet, Scope, SignInAgain
from rota.store.accounts import users
from tests.rota.services.example import ON_SQLITE
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

WEEK = timedelta(weeks=1)
READ = (Scope.READ_ROTA,)


def make(database, number, *, scopes=READ, good_for=WEEK, name="a program", doer=None):
    options = {"name": name, "scopes": scopes, "good_for": good_for}
    return tokens.make(database, doer or doing(), user_id=number, **options)


def bearer(database, secret, at=NINE):
    return tokens.find_bearer(database, secret=secret, at=at)


def names(database, number):
    return [its.name for its in tokens.list_tokens(database, doing(), user_id=number)]


def test_a_token_acts_for_its_user_within_its_scopes(database):
    number = keep_user(database)
    grant(database, doing(), user_id=number, role=Grant(Role.ADMINISTRATOR))
    user, scopes = bearer(database, make(database, number, scopes=["runs:write", "rota:read"]))
    assert (user.id, user.email, user.rights.is_administrator) == (number, "ana@example.org", True)
    assert scopes == {Scope.READ_ROTA, Scope.WRITE_RUNS}


def test_of_a_token_only_a_digest_is_kept(database):
    number = keep_user(database)
    secret = make(database, number)
    kept = ledger(database)
    digest = hashlib.sha256(secret.encode()).hexdigest()
    assert [row["digest"] for row in kept["token"]] == [digest]
    assert secret not in str(kept)
    assert bearer(database, digest) is None
    assert bearer(database, "") is None


def test_a_token_ends_by_itself(database):
    secret = make(database, keep_user(database))
    assert bearer(database, secret, after(days=7) - timedelta(seconds=1)) is not None
    assert bearer(database, secret, after(days=7)) is None


def test_a_token_is_revoked_by_its_user_alone(database):
    number, other = keep_user(database), keep_user(database, "bob@example.org")
    secret, kept = make(database, number), make(database, number, name="another")
    ids = {its.name: its.id for its in tokens.list_tokens(database, doing(), user_id=number)}
    mine = {"user_id": number, "token_id": ids["a program"]}
    with pytest.raises(NotFound):
        tokens.revoke(database, doing("bob@example.org"), **{**mine, "user_id": other})
    with pytest.raises(Forbidden):
        tokens.revoke(database, doing("bob@example.org", rights=Rights()), **mine)
    assert bearer(database, secret)
    tokens.revoke(database, doing(), **mine)
    assert bearer(database, secret) is None
    assert bearer(database, kept)
    with pytest.raises(NotFound):
        tokens.revoke(database, doing(), **mine)
    ended = {
        its.name: its.revoked_at for its in tokens.list_tokens(database, doing(), user_id=number)
    }
    assert ended == {"a program": NINE, "another": None}


def test_everybody_sees_and_makes_their_own_tokens_alone(database):
    number, other = keep_user(database), keep_user(database, "bob@example.org")
    for name in ("first", "second"):
        make(database, number, name=name)
    assert names(database, number) == ["second", "first"]
    with pytest.raises(Forbidden):
        tokens.list_tokens(database, doing(rights=Rights()), user_id=other)
    with pytest.raises(Forbidden):
        make(database, other, doer=doing(rights=Rights()))
    assert tokens.list_tokens(database, doing(), user_id=other) == ()  # For an operator.


def test_who_is_inactive_sends_no_programs(database):
    number = keep_user(database)
    secret = make(database, number)
    with database.writing() as connection:
        users.change(connection, number, is_active=False)
    assert bearer(database, secret) is None


FOR_ONCE = (
    "The password of ana@example.org is still one for once. "
    "They have to sign in and choose their own before programs can act for them."
)


def test_nobody_with_a_password_for_once_makes_a_token_and_the_reason_is_told(database):
    number = keep_user(database, must_change_password=True)
    with pytest.raises(NotYet) as error:
        make(database, number)
    assert str(error.value) == FOR_ONCE
    assert ledger(database)["token"] == ()


def test_a_token_of_somebody_with_a_password_for_once_is_refused_with_the_reason(database):
    number = keep_user(database)
    secret = make(database, number)
    with database.writing() as connection:
        users.change(connection, number, must_change_password=True)
    with pytest.raises(NotYet) as error:
        bearer(database, secret)
    assert str(error.value) == FOR_ONCE
    with database.writing() as connection:
        users.change(connection, number, must_change_password=False)
    assert bearer(database, secret)


def user_of(database):
    """Ana, who has signed in at nine by single sign-on."""
    told = {"subject": "me", "email": "ana@example.org", "is_email_verified": True}
    secret = signing_in.sign_in_from_outside(database, place=PLACE, at=NINE, **told)
    return sessions.find_signed_in_user(database, secret=secret, at=NINE)


@ON_SQLITE
def test_who_has_a_password_enters_it_once_more_for_a_token(database):
    keep_user(database)
    user = user_of(database)
    tokens.prove_again(database, doing(), user=user, password=GOOD)
    for _ in range(5):
        with pytest.raises(SignInRefused, match=r"^Current password is not right$"):
            tokens.prove_again(database, doing(), user=user, password="wrong")
    with pytest.raises(Throttled):
        tokens.prove_again(database, doing(), user=user, password=GOOD)


@ON_SQLITE
def test_who_has_none_has_to_have_signed_in_within_ten_minutes(database):
    keep_user(database, password=None)
    user = user_of(database)
    tokens.prove_again(database, doing(at=after(minutes=9, seconds=59)), user=user, password="")
    with pytest.raises(SignInAgain):
        tokens.prove_again(database, doing(at=after(minutes=10)), user=user, password="")
    unknown = replace(user, signed_in_at=None)
    with pytest.raises(SignInAgain):
        tokens.prove_again(database, doing(), user=unknown, password="")


def test_all_that_is_wrong_with_a_token_is_told(database):
    number = keep_user(database)
    with pytest.raises(BadInput) as error:
        make(database, number, name=" ", scopes=["rota:burn"], good_for=timedelta(0))
    assert str(error.value).splitlines() == [
        "name:  must be a name of 1 to 60 characters.",
        "scopes: choose one or more of rota:read, requests:write, runs:write, drafts:write.",
        "good_for: choose from 1 to 365 days.",
    ]
    for wrong in ({"scopes": []}, {"good_for": LONGEST + timedelta(days=1)}, {"name": "x" * 61}):
        with pytest.raises(BadInput):
            make(database, number, **wrong)
    assert make(database, number, good_for=LONGEST)


def test_tokens_are_audited_without_their_secrets(database):
    number = keep_user(database)
    secret = make(database, number)
    (token,) = tokens.list_tokens(database, doing(), user_id=number)
    tokens.revoke(database, doing(), user_id=number, token_id=token.id)
    told = [(row["what"], row["before"], row["after"]) for row in ledger(database)["audit"]]
    made = {"name": "a program", "scopes": ["rota:read"], "until": "2027-01-11"}
    assert told == [
        ("made a token", None, made),
        ("revoked a token", {"name": "a program"}, None),
    ]
    assert secret not in str(told)


def test_whose_token_it_is_is_asked_by_one_query(database):
    secret = make(database, keep_user(database))
    with statements_of(database) as made:
        user, _ = bearer(database, secret)
    assert user.rights == Rights()
    assert [its.split()[0] for its in made if its != "BEGIN"] == ["SELECT"]
