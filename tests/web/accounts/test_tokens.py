"""The page of tokens."""

import re
from datetime import timedelta

from rota.services import tokens
from rota.services.tokens import Scope
from tests.web.town import NOW


def make(client, **told):
    usual = {"name": "My program", "scopes": ["rota:read", "runs:write"], "days": "90"}
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
    user, scopes = tokens.bearer(town.database, secret=secret, at=NOW + timedelta(days=89))
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
    assert tokens.bearer(town.database, secret=secret, at=NOW) is None
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
    assert 'href="#name">' in make(client, name="x" * 61).text
    assert make(client, days="9999").status_code == 422
    assert make(client, scopes=["everything"]).status_code == 422
    assert "You have no tokens." in client.get("/tokens").text
