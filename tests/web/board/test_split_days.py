"""The board with days that are split between two sites, or of which a half is not worked."""

from __future__ import annotations

import re

import pytest

from rota.services.drafts import drafts
from tests.web.board.test_board import BOARD, as_program, edit, row, sent_by
from tests.web.board.test_board_keys import cell, said
from tests.web.conftest import Town
from tests.web.split_days import (
    BOTH_PLACES,
    RITA,
    THURSDAY,
    need_somebody_in_the_morning,
    publish_split,
    record,
    split,
)
from tests.web.town import COURT, HIGH
from tests.web.units.test_records import OMAR, RECORDS

WEEK = f"{BOARD}?start=2027-01-11&weeks=1"
PANEL = f"{BOARD}/officers/102?start=2027-01-11&weeks=1"
SPLIT = f"{COURT};{HIGH}"


def half(classes: str, mark: str, words: str) -> str:
    return f'<span class="{classes}">{mark}<span class="v"> in the {words} </span></span>'


def cell_of(page: str, staff_no: str, day: int) -> str:
    """The officer's cell of a day of the week, as its classes and what is in it."""
    (line,) = re.findall(rf'<tr id="r-{staff_no}".*?</tr>', page)
    classes, inside = re.findall(r'<td(?: id="[^"]*")? class="([^"]*)">(.*?)</td>', line)[day]
    return f"{classes}: {inside}"


def choices(page: str) -> list[tuple[str, str]]:
    """What Omar's Thursday may be changed to, as it is sent and in words."""
    select = re.search(rf'<select[^>]* id="site-{THURSDAY}".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="([^"]*)">([^<]*)</option>', select[0]) if select else []


def seats_of(town: Town) -> str:
    return drafts.load_view(town.database, RITA, unit="Millbrook").seats["102", THURSDAY].sites


def test_a_split_day_shows_both_halves_and_which_of_them_are_new(town: Town) -> None:
    split(town)
    page = town.as_("manager").get(WEEK).text
    halves = half("c m", "C", "morning") + half("o", "O1", "afternoon")
    assert cell_of(page, "102", 3) == f"q m e b: {halves}"  # At short notice.
    assert "two halves of a day, the morning first" in page
    # Everybody else has whole days as before.
    assert row(page, "103")[3] == "o O1"


def test_the_key_tells_of_halves_only_where_there_are_any(town: Town) -> None:
    assert "two halves of a day" not in town.as_("manager").get(WEEK).text


def test_everybody_sees_both_halves_of_what_is_published(town: Town) -> None:
    publish_split(town)
    page = town.as_("officer").get(WEEK).text
    halves = half("c", "C", "morning") + half("o", "O1", "afternoon")
    assert cell_of(page, "102", 3) == f"q: {halves}"


def test_half_a_day_away_shows_beside_the_other_half(town: Town) -> None:
    days = {"first": f"{THURSDAY}", "last": f"{THURSDAY}"}
    record(town, "away", staff_no="102", **days, kind="leave", part="pm")
    client = town.as_("manager")
    halves = half("o", "O1", "morning") + half("a", "A", "afternoon")
    assert cell_of(client.get(WEEK).text, "102", 3) == f"q: {halves}"
    page = client.get(PANEL).text
    assert re.search(r"High Street</span> in the morning\s*<", page)
    assert "Away in the afternoon" in page
    assert choices(page) == [("home", "Home in the morning")]


def test_the_page_of_an_officer_offers_every_way_to_spend_the_day(town: Town) -> None:
    need_somebody_in_the_morning(town)
    page = town.as_("manager").get(PANEL).text
    assert choices(page) == [
        ("home", "Home"),
        (SPLIT, BOTH_PLACES),
        (f"{COURT};home", f"{COURT} in the morning, home in the afternoon"),
    ]


def test_a_day_is_split_on_that_page_and_put_together_again(town: Town) -> None:
    need_somebody_in_the_morning(town)
    client = town.as_("red_manager")
    page = client.get(edit(client, site=SPLIT).location).text
    assert f"Omar Obi is at {BOTH_PLACES} on Thursday 14 January." in page
    assert seats_of(town) == BOTH_PLACES
    assert SPLIT not in dict(choices(page))
    told = sent_by(page, "Undo the change")
    assert (told["action"], told["site"]) == ("move", HIGH)
    page = client.get(edit(client, **told).location).text
    assert seats_of(town) == HIGH
    told = sent_by(page, "Redo the change")
    assert (told["action"], told["site"]) == ("move", SPLIT)
    edit(client, **told)
    assert seats_of(town) == BOTH_PLACES


def test_a_split_day_is_locked_whole(town: Town) -> None:
    split(town)
    client = town.as_("red_manager")
    answer = as_program(client, action="lock", revision=2).json
    assert answer["says"] == "Omar Obi is locked on Thursday 14 January."
    ((_, _, classes, html, _),) = answer["cells"]
    assert classes == "q m e l b"
    assert html == half("c m", "C", "morning") + half("o", "O1", "afternoon")


@pytest.mark.parametrize(
    ("site", "says"),
    [
        (f"{HIGH};home", "Both halves are at one site unless a half-day duty or appointment"),
        (f"{HIGH};Nowhere", "Omar Obi (102) may not use Nowhere on Thursday 14 January 2027"),
    ],
)
def test_a_way_that_is_none_is_refused(town: Town, site: str, says: str) -> None:
    need_somebody_in_the_morning(town)
    answer = as_program(town.as_("red_manager"), site=site)
    assert answer.status_code == 422
    assert says in answer.json["says"]


def test_a_breach_of_half_a_day_is_listed_in_its_week_and_leads_to_its_day(town: Town) -> None:
    need_somebody_in_the_morning(town)
    client = town.as_("manager")
    sentence = "on the morning of Thursday 14 January 2027"
    assert re.search(rf'href="#[^"]*0114">[^<]*{sentence}', client.get(WEEK).text)
    assert sentence not in client.get(f"{BOARD}?start=2027-01-18&weeks=1").text


def test_a_split_day_is_read_out_and_changed_by_keys_alone(town: Town, open_as) -> None:
    split(town)
    page = open_as("red_manager", WEEK)
    thursday = cell(page, "102", "2027-01-14")
    thursday.click()
    said(
        page,
        f"Omar Obi, Thursday 14 January: {BOTH_PLACES}; "
        "not as published; moved by hand; breaks a rule",
    )
    page.keyboard.press("h")
    said(page, "Omar Obi is at home on Thursday 14 January.")
    assert thursday.inner_text() == "H"
    page.keyboard.press("u")
    said(page, f"Omar Obi is at {BOTH_PLACES} on Thursday 14 January.")
    assert seats_of(town) == BOTH_PLACES
    assert [part.inner_text()[:2].strip() for part in thursday.locator("> span").all()] == [
        "C",
        "O1",
    ]


def test_a_half_that_is_not_worked_is_read_out_as_free(open_as) -> None:
    page = open_as("manager", f"{RECORDS}/officers/{OMAR}")
    page.fill("#working_days", "Mon Tue Wed Thu am Fri")
    page.click("text=Save")
    page.wait_for_url("**/officers*")
    page.goto(page.url.partition("/units")[0] + WEEK)
    cell(page, "102", "2027-01-14").click()
    said(page, f"Omar Obi, Thursday 14 January: {HIGH} in the morning, free in the afternoon")
    page.goto(page.url.partition("/units")[0] + PANEL)
    assert "Free in the afternoon" in page.inner_text("main")
