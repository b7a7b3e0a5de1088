"""The page of one's own account: where one is signed in, and how one signs out there."""

import re

import pytest

from rota.services.accounts import tokens
from tests.web.town import NOW, PASSWORD, email_of
from web.access.browsers import in_words

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


def signed_in(town, agent=FIREFOX, who="officer"):
    """A browser in which that user has signed in by the form."""
    client = town.as_(None)
    told = {"email": email_of(who), "password": PASSWORD}
    answer = client.post("/sign-in", data=told, headers={"User-Agent": agent})
    assert answer.status_code == 303
    return client


def is_in(client):
    return client.get("/account").status_code == 200


def buttons(page):
    """Where the buttons lead by which one session is ended."""
    return re.findall(r'action="(/account/sessions/[0-9a-f]{32}/end)"', page)


def test_one_sees_where_one_is_signed_in(town):
    here = signed_in(town)
    signed_in(town, IPHONE)
    signed_in(town, who="head")
    page = here.get("/account").text
    assert len(buttons(page)) == 2
    assert "Safari on iPhone" in page
    assert "Firefox on Windows" in page
    assert page.count("from 127.0.0.1") == 2
    assert page.count("This browser</strong>") == 1
    assert "Signed in 12 January 2027 at 9am. Last seen 12 January 2027 at 9am." in page


def test_one_signs_out_on_one_browser_alone(town):
    here, phone = signed_in(town), signed_in(town, IPHONE)
    page = here.get("/account").text
    row = next(its for its in page.split("<li>") if "Safari on iPhone" in its)
    (address,) = buttons(row)
    answer = here.post(address)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "You are signed out there." in here.get("/account").text
    assert (is_in(here), is_in(phone)) == (True, False)
    assert here.post(address).status_code == 404


def test_nobody_ends_the_session_of_somebody_else(town):
    phone = signed_in(town, IPHONE)
    (address,) = buttons(phone.get("/account").text)
    assert signed_in(town, who="head").post(address).status_code == 404
    assert is_in(phone)


def test_one_signs_out_everywhere(town):
    here, phone, other = signed_in(town), signed_in(town, IPHONE), signed_in(town, who="head")
    token = made(here)
    answer = here.post("/account/sign-out-everywhere")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert [is_in(its) for its in (here, phone, other)] == [False, False, True]
    assert tokens.find_bearer(town.database, secret=token, at=NOW)


def test_tokens_end_with_it_where_that_is_wanted(town):
    here = signed_in(town)
    token = made(here)
    here.post("/account/sign-out-everywhere", data={"with_tokens": "y"})
    assert tokens.find_bearer(town.database, secret=token, at=NOW) is None


def made(client):
    told = {"name": "x", "scopes": ["rota:read"], "days": "30", "password": PASSWORD}
    return re.search(r"<code>([\w-]{43})</code>", client.post("/tokens", data=told).text)[1]


def test_an_administrator_sees_and_ends_the_sessions_of_others(town):
    phone, boss = signed_in(town, IPHONE), town.as_("administrator")
    token = made(phone)
    page = boss.get("/admin/users/1").text
    assert "Safari on iPhone" in page
    assert "from 127.0.0.1" in page
    answer = boss.post("/admin/users/1/sign-out", data={"with_tokens": "y"})
    assert (answer.status_code, answer.location) == (303, "/admin/users/1")
    assert not is_in(phone)
    assert tokens.find_bearer(town.database, secret=token, at=NOW) is None
    assert "They are not signed in anywhere." in boss.get("/admin/users/1").text


CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126 Safari/537"
)


@pytest.mark.parametrize(
    ("agent", "says"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on iPhone"),
        (CHROME, "Chrome on Linux"),
        (f"{CHROME} Edg/126.0", "Edge on Linux"),
        (CHROME.replace("X11; Linux x86_64", "Linux; Android 14"), "Chrome on Android"),
        ("Werkzeug/3.1", "Werkzeug"),
        ("<script>alert(1)</script>", None),
        ("x" * 500, "x" * 40),
        ("", None),
    ],
)
def test_a_browser_is_told_in_a_few_words(agent, says):
    assert in_words(agent) == says
