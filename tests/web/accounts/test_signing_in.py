"""The pages for signing in and out, and where one comes out."""

import pytest

from tests.web.town import PASSWORD, email_of
from web.accounts.back import own_path

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


def test_too_many_failures_have_to_wait(town):
    client = town.as_(None)
    for _ in range(10):
        enter(client, password="wrong")
    answer = enter(client)
    assert answer.status_code == 429
    assert "Too many sign-ins have failed. Wait 15 minutes, then try again" in answer.text


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
    assert own_path(path) == path


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
    assert own_path(elsewhere) is None
    client = town.as_(None)
    told = {"email": email_of("officer"), "password": PASSWORD}
    query = {"next": elsewhere} if elsewhere is not None else {}
    answer = client.post("/sign-in", data=told, query_string=query)
    assert (answer.status_code, answer.location) == (303, "/")
