"""Pages tell who did something by their names, beside their addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from rota.services.access.act import Act
from rota.services.answers import decisions, inbox
from rota.services.drafts import drafts
from rota.services.rotas import versions
from rota.services.runs import run_requests, run_status
from rota.store.units.rows import table_of
from rota.tables import MessageTable
from tests.web.conftest import Town
from tests.web.lived_in import OMAR, THURSDAY, live
from tests.web.town import MILLBROOK, NOW, email_of

AT = f"/units/{MILLBROOK}"
MANAGER = Act(email_of("manager"), "a test", NOW)
CALLED = "by Manager, manager@example.org"
_MESSAGE = table_of(MessageTable)
TOWN = {"unit": "Millbrook"}


@pytest.fixture
def lived_in(town: Town) -> Town:
    """The town, where the manager published, moved Omar in a draft, asked for a run and refused."""
    live(town.database)
    drafts.discard(town.database, MANAGER, **TOWN)
    drafts.move(town.database, MANAGER, staff_no=OMAR, day=THURSDAY, site="home", **TOWN)
    versions.publish(town.database, MANAGER, is_acknowledged=True, **TOWN)
    drafts.move(town.database, MANAGER, staff_no=OMAR, day=THURSDAY, site="High Street", **TOWN)
    run_requests.request_run(town.database, MANAGER, seconds=30, **TOWN)
    waiting = inbox.load_inbox(town.database, MANAGER, **TOWN).waiting
    numbers = [its.summary.ask.id for its in waiting]
    decisions.answer(town.database, MANAGER, numbers=numbers, outcome="refused", **TOWN)
    return town


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("officer", "/versions"),
        ("officer", "/versions/3"),
        ("manager", "/draft"),
        ("head", "/runs"),
        ("manager", "/requests"),
        ("head", "/audit"),
    ],
)
def test_a_page_calls_who_did_something_by_name(lived_in: Town, who: str, page: str) -> None:
    told = lived_in.as_(who).get(f"{AT}{page}").text
    assert CALLED in told
    assert "by manager@" not in told


def test_a_run_calls_who_asked_for_it_by_name(lived_in: Town) -> None:
    newest = run_status.list_latest(lived_in.database, MANAGER, most=1, **TOWN)[0]
    assert CALLED in lived_in.as_("head").get(f"{AT}/runs/{newest.id}").text


def test_the_board_calls_who_changed_the_draft_by_name(lived_in: Town) -> None:
    told = lived_in.as_("manager").get(f"{AT}/board").text
    assert "Manager, manager@example.org changed it last" in told


def test_who_is_no_user_is_called_as_they_are_kept(lived_in: Town) -> None:
    told = lived_in.as_("officer").get(f"{AT}/versions").text
    assert "by rita@example.org" in told
    assert "by Rita\n" in told.replace("</td>", "\n")


def test_a_message_calls_who_answered_by_name(lived_in: Town) -> None:
    with lived_in.database.reading() as connection:
        bodies = connection.scalars(
            select(_MESSAGE.c.body).where(_MESSAGE.c.subject.startswith("Refused"))
        ).all()
    assert len(bodies) == 2
    assert [body for body in bodies if ". Manager has refused it." not in body] == []


def test_a_list_asks_for_all_names_at_once(lived_in: Town) -> None:
    other = replace(MANAGER, actor=email_of("red_manager"))
    for site in ("home", "High Street"):
        drafts.move(lived_in.database, other, staff_no=OMAR, day=THURSDAY, site=site, **TOWN)
    versions.publish(lived_in.database, other, is_acknowledged=True, **TOWN)
    client = lived_in.as_("officer")
    with lived_in.counting() as asked:
        page = client.get(f"{AT}/versions").text
    assert CALLED in page
    assert "by Red manager, red_manager@example.org" in page
    assert len([query for query in asked if "user_account.email IN" in query]) == 1
