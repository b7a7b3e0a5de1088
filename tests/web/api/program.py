"""A program that calls on the API for a user of the town."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from rota.services.access.act import Act
from rota.services.accounts import tokens
from rota.services.accounts.tokens import Scope
from rota.store.units.rows import table_of
from rota.tables import UserTable
from tests import draft_edits
from tests.stored import act
from tests.web.conftest import Town
from tests.web.town import email_of


def token_of(town: Town, who: str, *scopes: Scope) -> str:
    """A token of that user, good for a day; without scopes, for all."""
    user = table_of(UserTable)
    with town.database.reading() as connection:
        number = connection.scalar(select(user.c.id).where(user.c.email == email_of(who)))
    assert number is not None
    return tokens.make(
        town.database,
        Act(email_of(who), "a test", town.clock()),
        user_id=number,
        name="a test",
        scopes=scopes or [*Scope],
        good_for=timedelta(days=1),
    )


@dataclass
class Program:
    """Calls on the API with a token, and reads what is answered."""

    client: FlaskClient
    token: str

    def call(self, method: str, path: str, **rest: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **rest.pop("headers", {})}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **rest)

    def get(self, path: str, **query: Any) -> Any:
        """What is answered with 200."""
        answer = self.call("GET", path, query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.json

    def refused(self, method: str, path: str, **rest: Any) -> tuple[int, str]:
        """The status of a refusal, and the kind of its problem."""
        answer = self.call(method, path, **rest)
        assert answer.mimetype == "application/problem+json", answer.text
        assert answer.json["status"] == answer.status_code
        return answer.status_code, answer.json["type"].removeprefix("urn:rota:problem:")


def program(town: Town, who: str, *scopes: Scope) -> Program:
    """A program of that user of the town."""
    return Program(town.app.test_client(), token_of(town, who, *scopes))


def move_home(town: Town) -> None:
    """Begin a draft of what is published in Millbrook, in which Omar is at home on 26 January."""
    mel = act(town.clock().date())
    day = date(2027, 1, 26)
    draft_edits.move(town.database, mel, unit="Millbrook", staff_no="102", day=day, site="home")
