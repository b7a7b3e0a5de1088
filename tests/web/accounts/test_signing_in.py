"""The pages for signing in and out, and where one comes out."""

from datetime import timedelta

import pytest

from tests.web.town import NOW, PASSWORD, email_of
from web.accounts.return_address import find_own_path

REFUSED = "Email address or password is not right"


def enter(client, who="officer", password=PASSWORD, address="/sign-in"):
    return client.post(address, data={"email": email_of(who), "password": password})


def test_one_signs_in_and_comes_back_to_where_one_was(town):
    client = town.as_(None)
    answer = enter(client, address="/sign-in?next=/tokens?x%3D1")
    assert (answer.status_code, answer.location) == (303, "/tokens?x=1")
    assert client.get("/tokens").status_code == 200
    assert client.get("/sign-in?next=/tokens").location == "/tokens"
    assert enter(town.as_(None)).location == "/"


def test_what_is_missing_is_told_beside_its_field(town):
    answer = town.as_(None).post("/sign-in")
    assert answer.status_code == 422
    assert 'href="#email">Enter your email address' in answer.text
    assert 'href="#password">Enter your password' in answer.text
    assert "<title>Error: Sign in" in answer.text


def test_who_is_refused_may_try_again_with_the_address_still_there(town):
    answer = enter(town.as_(None), password="wrong")
    assert answer.status_code == 422
    assert f'href="#email">{REFUSED}' in answer.text
    assert f'value="{email_of("officer")}"' in answer.text
    assert "wrong" not in answer.text


def test_after_too_many_failures_the_next_has_to_wait_and_is_told_how_long(town):
    client = town.as_(None)
    for _ in range(5):
        assert enter(client, password="wrong").status_code == 422
    answer = enter(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "15")
    assert "Too many sign-ins have failed. Wait 15 seconds, then try again" in answer.text
    assert f'value="{email_of("officer")}"' in answer.text
    town.clock.now = NOW + timedelta(seconds=15)
    assert enter(client).status_code == 303


def test_nobody_is_locked_out_by_others_who_guess(town):
    """All of them come from one place, as behind a proxy, or in one office."""
    own, shared = town.as_(None), town.as_(None)
    assert enter(own).status_code == 303
    own.post("/sign-out")
    enter(shared, "head")
    others = town.as_(None)
    for _ in range(20):
        enter(others, password="wrong")
    assert enter(others).status_code == 429
    assert enter(own).status_code == 303
    assert enter(shared).status_code == 429  # Somebody else signed in with it, not the officer.
    assert enter(shared, "head").status_code == 303


def test_a_browser_is_known_for_half_a_year_and_by_a_cookie_of_our_own_only(town):
    client = town.as_(None)
    enter(client)
    cookie = client.get_cookie("rota-known")
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")
    assert cookie.max_age == 180 * 24 * 60 * 60
    others = town.as_(None)
    for _ in range(5):
        enter(others, password="wrong")
    forged = town.as_(None)
    start, letter, end = cookie.value[:-9], cookie.value[-9], cookie.value[-8:]
    # Not the last letter: it stands for fewer bits than it could, and others may mean the same.
    forged.set_cookie("rota-known", f"{start}{'A' if letter != 'A' else 'B'}{end}")
    assert enter(forged).status_code == 429
    town.clock.now = NOW + timedelta(days=180)
    for _ in range(5):
        enter(others, password="wrong")
    late = town.as_(None)
    late.set_cookie("rota-known", cookie.value)
    assert enter(late).status_code == 429


def test_signing_out_ends_the_session_for_good(town):
    client = town.as_("officer")
    secret = client.get_cookie("rota").value
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert client.get_cookie("rota") is None
    client.set_cookie("rota", secret)
    assert client.get("/tokens").status_code == 303


def test_another_user_on_the_same_browser_ends_the_session_before(town):
    client = town.as_("officer")
    secret = client.get_cookie("rota").value
    enter(client, "head")
    assert "Head" in client.get("/password").text
    client.set_cookie("rota", secret)
    assert client.get("/password").status_code == 303


def test_without_single_sign_on_there_is_no_button_for_it(town):
    assert "/sso" not in town.as_(None).get("/sign-in").text


@pytest.mark.parametrize("path", ["/", "/tokens", "/units/1/board?weeks=2&team=Red", "/é"])
def test_our_own_pages_may_be_gone_back_to(path):
    assert find_own_path(path) == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        None,
        "",
        "tokens",
        "https://elsewhere.example",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "/tokens\r\nX: y",
        " //elsewhere.example",
        "javascript:alert(1)",
        "/" + "x" * 2000,
    ],
)
def test_nobody_is_led_elsewhere(town, elsewhere):
    assert find_own_path(elsewhere) is None
    client = town.as_(None)
    told = {"email": email_of("officer"), "password": PASSWORD}
    query = {"next": elsewhere} if elsewhere is not None else {}
    answer = client.post("/sign-in", data=told, query_string=query)
    assert (answer.status_code, answer.location) == (303, "/")
