"""Signing in through a provider of OpenID Connect: who comes in, and what is not believed."""

from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc.jwk import RSAKey
from sqlalchemy import update

from rota.services.access.act import Act
from rota.services.access.secrets import compute_digest
from rota.services.accounts import users
from rota.store.accounts import failed_sign_ins
from rota.store.units.rows import table_of
from rota.tables import UserTable
from tests.fake_provider import CLIENT_ID, CLIENT_SECRET, fake_provider
from tests.web.conftest import town_at
from tests.web.town import NOW, email_of

ACT = Act("a test", "a test", NOW)
LATE = "This took too long, or was begun in another browser. Try again."
DISTRUSTED = "The answer of Probation login could not be trusted."


@pytest.fixture
def provider():
    with fake_provider(int(NOW.timestamp())) as provider:
        provider.person = {"sub": "42", "email": email_of("officer"), "email_verified": True}
        yield provider


@pytest.fixture
def town(town_file, tmp_path, provider):
    with trusting(provider, town_file, tmp_path) as town:
        yield town


@contextmanager
def trusting(provider, town_file, folder, **more):
    """The town, in which people may sign in through the provider."""
    settings = {
        "sso_issuer": provider.issuer,
        "sso_client_id": CLIENT_ID,
        "sso_client_secret": CLIENT_SECRET,
        "sso_name": "Probation login",
        **more,
    }
    with town_at(town_file, folder, **settings) as town:
        yield town


def begin(client, address="/sso"):
    """What the provider sends the browser back to."""
    answer = client.get(address)
    assert answer.status_code == 303
    back = requests.get(answer.location, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://localhost:8000/sso/callback?")
    return back.removeprefix("http://localhost:8000")


def signed_in(client):
    return client.get("/tokens").status_code == 200


def refused(client, status, says):
    answer = client.get(begin(client))
    assert answer.status_code == status
    assert says in answer.text
    assert not signed_in(client)


def test_one_signs_in_by_the_button_and_comes_back_to_where_one_was(town):
    client = town.as_(None)
    page = client.get("/sign-in?next=/tokens").text
    assert "Sign in with Probation login" in page
    assert 'href="/sso?next=/tokens"' in page
    answer = client.get(begin(client, "/sso?next=/tokens"))
    assert (answer.status_code, answer.location) == (303, "/tokens")
    assert "Officer" in client.get("/password").text


def test_a_provider_that_takes_the_secret_in_a_form_alone_is_given_it_there(town, provider):
    provider.metadata_lies = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    client = town.as_(None)
    client.get(begin(client))
    assert signed_in(client)


def test_one_is_not_led_elsewhere(town):
    client = town.as_(None)
    assert client.get(begin(client, "/sso?next=//elsewhere.example")).location == "/"


def test_the_provider_is_asked_with_a_challenge_a_state_and_a_nonce(town):
    addresses = [town.as_(None).get("/sso").location for _ in range(2)]
    asked = [parse_qs(urlsplit(address).query) for address in addresses]
    for its in asked:
        assert its["scope"] == ["openid email"]
        assert its["code_challenge_method"] == ["S256"]
        assert all(len(its[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


def test_afterwards_one_is_known_by_the_subject_whatever_the_address(town, provider):
    client = town.as_(None)
    client.get(begin(client))
    provider.person |= {"email": "omar.married@example.org", "email_verified": False}
    client = town.as_(None)
    client.get(begin(client))
    assert "Officer" in client.get("/password").text


def test_the_address_may_be_told_apart_from_the_token(town, provider):
    provider.userinfo = provider.person
    provider.person = {"sub": "42"}
    client = town.as_(None)
    client.get(begin(client))
    assert signed_in(client)


def test_what_is_told_apart_must_be_about_the_same_person(town, provider):
    provider.userinfo = {**provider.person, "sub": "43"}
    provider.person = {"sub": "42"}
    refused(town.as_(None), 400, DISTRUSTED)


NOBODY = "There is no account for you here. Ask an administrator to add you."


@pytest.mark.parametrize(
    "person",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
        {"email": "nobody@example.org"},
        {"email": ""},
    ],
)
def test_a_stranger_or_an_address_that_nobody_verified_is_refused(town, provider, person):
    provider.person |= person
    refused(town.as_(None), 403, NOBODY)


def test_a_user_who_is_deactivated_is_refused(town):
    number = users.find_by_email(town.database, ACT, email=email_of("officer")).id
    client = town.as_(None)
    client.get(begin(client))
    users.deactivate(town.database, ACT, user_id=number)
    refused(town.as_(None), 403, NOBODY)


def test_addresses_count_unverified_where_the_settings_trust_them(provider, town_file, tmp_path):
    provider.person["email_verified"] = None
    with trusting(provider, town_file, tmp_path, sso_trusts_email=True) as town:
        client = town.as_(None)
        client.get(begin(client))
        assert signed_in(client)


SECOND = int(NOW.timestamp())


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": None},
        {"aud": [CLIENT_ID, "another client"], "azp": "another client"},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"exp": SECOND - 61},
        {"exp": None},
        {"iat": SECOND + 3600},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_here_and_now_is_not_believed(town, provider, lies):
    provider.lies = lies
    refused(town.as_(None), 400, DISTRUSTED)


def test_a_token_of_several_audiences_may_be_for_us(town, provider):
    provider.lies = {"aud": ["another", CLIENT_ID], "azp": CLIENT_ID}
    client = town.as_(None)
    client.get(begin(client))
    assert signed_in(client)


def test_a_token_that_another_key_signed_is_not_believed(town, provider):
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    refused(town.as_(None), 400, DISTRUSTED)


def test_a_token_that_is_not_signed_is_not_believed(town, provider, monkeypatch):
    bare = "eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9."  # {"alg":"none"}, {"sub":"42"}
    monkeypatch.setattr(provider, "_id_token", lambda _: bare)
    refused(town.as_(None), 400, DISTRUSTED)


def test_an_answer_to_somebody_else_s_attempt_is_refused(town):
    theirs, ours = town.as_(None), town.as_(None)
    back = begin(theirs)
    begin(ours)
    answer = ours.get(back)
    assert answer.status_code == 400
    assert LATE in answer.text
    assert not signed_in(ours)


def test_an_answer_without_an_attempt_is_refused(town):
    client = town.as_(None)
    for query in ("", "?code=x&state=y", "?state=", "?code=x"):
        assert client.get(f"/sso/callback{query}").status_code == 400


def test_an_answer_counts_once_and_for_ten_minutes(town):
    client = town.as_(None)
    back = begin(client)
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400
    late = town.as_(None)
    back = begin(late)
    town.clock.now = NOW + timedelta(minutes=10, seconds=1)
    assert LATE in late.get(back).text


def test_a_code_that_the_provider_does_not_know_is_refused(town):
    client = town.as_(None)
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    answer = client.get("/sso/callback", query_string={"code": "made up", "state": state})
    assert answer.status_code == 400
    assert DISTRUSTED in answer.text


def test_an_answer_that_names_another_provider_is_refused(town):
    client = town.as_(None)
    answer = client.get(begin(client) + "&iss=https://elsewhere.example")
    assert DISTRUSTED in answer.text
    assert not signed_in(client)


def test_who_gives_up_at_the_provider_is_told(town):
    client = town.as_(None)
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    answer = client.get(f"/sso/callback?error=access_denied&state={state}")
    assert answer.status_code == 403
    assert "You did not sign in with Probation login." in answer.text


def test_a_provider_that_does_not_answer_is_told(town, provider):
    provider.is_broken = True
    answer = town.as_(None).get("/sso")
    assert answer.status_code == 503
    assert "Probation login does not answer. Try again in a few minutes." in answer.text


@pytest.mark.parametrize(
    "lies",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": None},
    ],
    ids=str,
)
def test_a_provider_that_tells_strange_things_of_itself_is_not_asked(town, provider, lies):
    provider.metadata_lies = lies
    assert town.as_(None).get("/sso").status_code == 503


def test_who_had_signed_in_before_is_somebody_else_now(town):
    client = town.as_("head")
    before = client.get_cookie("rota").value
    client.get(begin(client))
    assert "Officer" in client.get("/password").text
    client.set_cookie("rota", before)
    assert not signed_in(client)


def test_without_a_provider_there_are_no_such_pages(town_file, tmp_path):
    with town_at(town_file, tmp_path) as town:
        assert town.as_(None).get("/sso").status_code == 404
        assert town.as_(None).get("/sso/callback").status_code == 404


def test_failures_slow_down_a_place_but_no_browser_that_is_known(town, provider):
    known = town.as_(None)
    known.get(begin(known))
    provider.person = {"sub": "43", "email": "nobody@example.org", "email_verified": True}
    with town.database.writing() as connection:
        about = f"place {compute_digest('127.0.0.1')}"
        for _ in range(99):
            failed_sign_ins.add(connection, about, at=NOW)
    refused(town.as_(None), 403, NOBODY)
    client = town.as_(None)
    told = client.get(begin(client))
    assert (told.status_code, told.headers["Retry-After"]) == (429, "1")
    assert "Too many sign-ins have failed. Wait 1 second, then try again." in told.text
    provider.person = {"sub": "42"}
    known.get(begin(known))
    assert signed_in(known)


def test_a_provider_that_is_silent_slows_down_nobody(town, provider):
    client = town.as_(None)
    back = begin(client)
    provider.is_broken = True
    client.get(back)
    with town.database.reading() as connection:
        about = f"place {compute_digest('127.0.0.1')}"
        assert failed_sign_ins.list_instants(connection, about, since=NOW - timedelta(days=1)) == ()


def test_who_has_to_show_once_more_who_they_are_is_asked_again_by_the_provider(town):
    asked = [
        parse_qs(urlsplit(town.as_(None).get(address).location).query)
        for address in ("/sso", "/sso?again=1")
    ]
    assert [its.get("prompt") for its in asked] == [None, ["login"]]


def test_a_token_is_made_after_signing_in_again(town, provider):
    user = table_of(UserTable)
    with town.database.writing() as connection:
        its = user.c.email == email_of("officer")
        connection.execute(update(user).where(its).values(password_hash=None))
    town.app.config["WTF_CSRF_ENABLED"] = False
    client = town.as_(None)
    client.get(begin(client))
    told = {"name": "x", "scopes": ["rota:read"], "days": "30"}
    town.clock.now = NOW + timedelta(minutes=30)
    assert client.post("/tokens", data=told).status_code == 403
    provider.now = int(town.clock.now.timestamp())
    answer = client.get(begin(client, "/sso?next=/tokens&again=1"))
    assert (answer.status_code, answer.location) == (303, "/tokens")
    assert client.post("/tokens", data=told).status_code == 201
