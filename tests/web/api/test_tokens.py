"""Programs come with a token, or are sent away in the words of RFC 6750."""

from datetime import timedelta

import pytest

from rota.services.access.act import Act
from rota.services.accounts import tokens
from rota.services.accounts.tokens import Scope
from rota.store.accounts import users
from tests.web.api.program import program, token_of


def answer(town, authorization=None):
    headers = {} if authorization is None else {"Authorization": authorization}
    return town.app.test_client().get("/api/v1/units", headers=headers)


def test_a_good_token_is_let_in(town):
    assert answer(town, f"Bearer {token_of(town, 'officer')}").status_code == 200


def test_the_name_of_the_scheme_may_be_written_in_any_letters(town):
    assert answer(town, f"bearer {token_of(town, 'officer')}").status_code == 200


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic b2xkOnNlY3JldA=="])
def test_without_a_token_one_is_told_what_is_missing(town, authorization):
    told = answer(town, authorization)
    assert (told.status_code, told.mimetype) == (401, "application/problem+json")
    assert told.headers["WWW-Authenticate"] == 'Bearer realm="rota"'


@pytest.mark.parametrize("secret", ["made-up", "x" * 5000, "\xff", "two words"])
def test_an_unknown_token_is_told_as_invalid(town, secret):
    told = answer(town, f"Bearer {secret}")
    assert told.status_code == 401
    assert told.headers["WWW-Authenticate"] == 'Bearer realm="rota", error="invalid_token"'


def test_a_token_ends(town):
    authorization = f"Bearer {token_of(town, 'officer')}"
    town.clock.now += timedelta(days=1)
    assert answer(town, authorization).status_code == 401


def test_a_token_can_be_revoked(town):
    authorization = f"Bearer {token_of(town, 'officer')}"
    act = Act("officer@example.org", "a test", town.clock())
    (kept,) = tokens.list_tokens(town.database, act, user_id=1)
    tokens.revoke(town.database, act, user_id=1, token_id=kept.id)
    assert answer(town, authorization).status_code == 401


def test_a_token_of_somebody_with_a_password_for_once_is_refused_with_the_reason(town):
    authorization = f"Bearer {token_of(town, 'officer')}"
    with town.database.writing() as connection:
        users.change(connection, 1, must_change_password=True)
    told = answer(town, authorization)
    assert (told.status_code, told.json["type"]) == (401, "urn:rota:problem:unauthenticated")
    assert told.json["detail"] == (
        "The password of officer@example.org is still one for once. "
        "They have to sign in and choose their own before programs can act for them."
    )


def test_a_session_counts_for_nothing(town):
    assert town.as_("manager").get("/api/v1/units").status_code == 401


def test_a_token_counts_for_nothing_on_pages(town):
    headers = {"Authorization": f"Bearer {token_of(town, 'manager')}"}
    assert town.app.test_client().get("/password", headers=headers).status_code == 303


def test_a_token_reaches_as_far_as_its_scopes(town):
    reader = program(town, "manager", Scope.READ_ROTA)
    told = reader.call("POST", "/units/1/runs", json={})
    assert (told.status_code, told.json["type"]) == (403, "urn:rota:problem:insufficient-scope")
    assert told.headers["WWW-Authenticate"] == (
        'Bearer realm="rota", error="insufficient_scope", scope="runs:write"'
    )
    writer = program(town, "manager", Scope.WRITE_RUNS)
    assert writer.call("POST", "/units/1/runs", json={}).status_code == 201
    assert writer.refused("GET", "/units") == (403, "insufficient-scope")


def test_what_a_program_does_is_kept_under_the_name_of_its_user(town):
    program(town, "manager").call("POST", "/units/1/runs", json={})
    with town.database.reading() as connection:
        who, place = connection.exec_driver_sql(
            "SELECT who, place FROM audit WHERE unit_id = 1 ORDER BY id DESC LIMIT 1"
        ).one()
    assert (who, place) == ("manager@example.org", "127.0.0.1, API")
