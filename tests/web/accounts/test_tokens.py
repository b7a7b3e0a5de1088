"""The page of tokens."""

import re
from datetime import timedelta

from sqlalchemy import update

from rota.services.accounts import tokens
from rota.services.accounts.tokens import Scope
from rota.store.units.rows import table_of
from rota.tables import UserTable
from tests.web.town import NOW, PASSWORD, email_of


def make(client, **told):
    usual = {"name": "My program", "scopes": ["rota:read", "runs:write"], "days": "90"}
    usual["password"] = PASSWORD
    return client.post("/tokens", data=usual | told)


def shown(answer):
    """The secret that the page shows."""
    return re.search(r"<code>([\w-]{43})</code>", answer.text)[1]


def test_a_token_is_shown_once_and_is_good(town):
    client = town.as_("officer")
    assert "You have no tokens." in client.get("/tokens").text
    answer = make(client)
    assert answer.status_code == 201
    secret = shown(answer)
    page = client.get("/tokens").text
    assert secret not in page
    assert "My program" in page
    assert "12 April 2027 at 9am" in page  # 90 days after 12 January.
    user, scopes = tokens.find_bearer(town.database, secret=secret, at=NOW + timedelta(days=89))
    assert (user.email, scopes) == ("officer@example.org", {Scope.READ_ROTA, Scope.WRITE_RUNS})


def test_a_token_is_revoked_by_its_user_alone(town):
    client = town.as_("officer")
    secret = shown(make(client))
    assert town.as_("head").post("/tokens/1/revoke").status_code == 404
    answer = client.post("/tokens/1/revoke")
    assert (answer.status_code, answer.location) == (303, "/tokens")
    page = client.get("/tokens").text
    assert "The token is revoked" in page
    assert "Revoked</strong>" in page
    assert tokens.find_bearer(town.database, secret=secret, at=NOW) is None
    assert client.post("/tokens/1/revoke").status_code == 404


def test_a_token_that_has_ended_says_so(town):
    make(town.as_("officer"), days="30")
    town.clock.now = NOW + timedelta(days=30)
    assert "Ended</strong>" in town.as_("officer").get("/tokens").text


def test_what_is_wrong_is_told_beside_its_field(town):
    client = town.as_("officer")
    answer = client.post("/tokens", data={"days": "30"})
    assert answer.status_code == 422
    assert 'href="#name">Enter a name for the token' in answer.text
    assert 'href="#scopes">Select what the program may do' in answer.text
    assert 'href="#password">Enter your password' in answer.text
    assert 'href="#name">' in make(client, name="x" * 61).text
    assert make(client, days="9999").status_code == 422
    assert make(client, scopes=["everything"]).status_code == 422
    assert "You have no tokens." in client.get("/tokens").text


def test_a_token_needs_the_password_once_more(town):
    client = town.as_("officer")
    answer = make(client, password="wrong")
    assert answer.status_code == 422
    assert 'href="#password">Current password is not right' in answer.text
    assert 'value="My program"' in answer.text  # What else was entered is still there.
    for _ in range(4):
        make(client, password="wrong")
    answer = make(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "15")
    assert "Wait 15 seconds" in answer.text
    assert "You have no tokens." in client.get("/tokens").text


def test_who_has_no_password_signs_in_again_instead(town):
    """Within ten minutes of signing in it is not asked for."""
    user = table_of(UserTable)
    with town.database.writing() as connection:
        its = user.c.email == email_of("officer")
        connection.execute(update(user).where(its).values(password_hash=None))
    client = town.as_("officer")
    assert 'name="password"' not in client.get("/tokens").text
    town.clock.now = NOW + timedelta(minutes=9)
    assert make(client).status_code == 201
    town.clock.now = NOW + timedelta(minutes=10)
    page = client.get("/tokens").text
    assert 'href="/sso?next=/tokens&amp;again=1"' in page
    assert "Make token" not in page
    assert make(client).status_code == 403
