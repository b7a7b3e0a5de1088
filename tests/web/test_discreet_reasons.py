"""What is told of why seats are changed, on pages, to programs and in messages."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from rota.services.access.act import Act
from rota.services.rotas import versions
from rota.services.units import record_changes
from rota.store.units.rows import table_of
from rota.tables import MessageTable
from tests import draft_edits
from tests.web.api.program import program
from tests.web.town import MILLBROOK, NOW, WEIR

ACT = Act("a test", "a test", NOW)
BEN, FRIDAY = "202", date(2027, 1, 29)
REQUEST = "The request of Ben Bell (202) for office on Friday 29 January 2027 is not kept."
GENERAL = "A rule about one or two people would be broken."


@pytest.fixture
def moved(town):
    """Ben asked to be in the office on a Friday on which he was to be at home, and is to be now."""
    wish = {"staff_no": BEN, "when": f"{FRIDAY}", "wants": "office", "strength": "3"}
    record_changes.record(town.database, ACT, unit="Millbrook", table="requests", rows=[wish])
    draft_edits.move(town.database, ACT, unit="Millbrook", staff_no=BEN, day=FRIDAY, site=WEIR)
    versions.publish(town.database, ACT, unit="Millbrook", is_acknowledged=True)
    return town


def told(town, who):
    """The reasons of version 2, on its page and to a program."""
    page = town.as_(who).get(f"/units/{MILLBROOK}/versions/2")
    assert page.status_code == 200
    return page.text, program(town, who).call("GET", f"/units/{MILLBROOK}/versions/2/changes").text


@pytest.mark.parametrize("who", ["officer", "blue_officer", "head", "red_manager"])
def test_staff_do_not_read_what_a_colleague_asked_for(moved, who):
    for text in told(moved, who):
        assert GENERAL in text
        assert "request of" not in text


def test_managers_read_it_of_their_team(moved):
    for text in told(moved, "manager"):
        assert REQUEST in text


def test_the_message_to_the_officer_says_no_more_than_what_everybody_reads(moved):
    message = table_of(MessageTable)
    with moved.database.reading() as connection:
        body = connection.scalar(
            select(message.c.body).where(message.c.key == f"{MILLBROOK}/version/2/{BEN}")
        )
    assert GENERAL in body
    assert "request of" not in body


def test_managers_do_not_read_of_what_kind_an_absence_in_another_team_is(town):
    """Bea was to be at the court, and is ill; Omar, of another team, takes her place."""
    wednesday, court = date(2027, 1, 20), "Millbrook Crown Court"
    draft_edits.move(
        town.database, ACT, unit="Millbrook", staff_no="203", day=wednesday, site=court
    )
    versions.publish(town.database, ACT, unit="Millbrook", is_acknowledged=True)
    ill = {"staff_no": "203", "first": f"{wednesday}", "last": f"{wednesday}", "kind": "sick"}
    record_changes.record(town.database, ACT, unit="Millbrook", table="away", rows=[ill])
    draft_edits.move(
        town.database, ACT, unit="Millbrook", staff_no="102", day=wednesday, site=court
    )
    draft = town.as_("red_manager").get(f"/units/{MILLBROOK}/draft").text
    versions.publish(town.database, ACT, unit="Millbrook", is_acknowledged=True)
    page = town.as_("red_manager").get(f"/units/{MILLBROOK}/versions/3").text
    asked = program(town, "red_manager").call("GET", f"/units/{MILLBROOK}/versions/3/changes")
    for text in (draft, page, asked.text):
        assert "Bea Boyd (203) is away on Wednesday 20 January 2027." in text
        assert "sick" not in text
