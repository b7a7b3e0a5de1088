"""The pages on which officers ask, colleagues agree, and managers answer."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from rota.services.rotas import versions
from tests import draft_edits
from tests.stored import act
from tests.web.places import MOST_QUERIES
from tests.web.town import NOW

YESTERDAY = act(NOW.date() - timedelta(days=1), "Rita")
TUESDAY = date(2027, 1, 26)
REQUESTS = "/units/1/requests"
SWAP = {"date": "2027-01-26", "colleague": "102"}


@pytest.fixture
def swappable(town):
    """Omar is published to be at home on Tuesday 26 January, when Nia is at the office."""
    draft_edits.move(
        town.database, YESTERDAY, unit="Millbrook", staff_no="102", day=TUESDAY, site="home"
    )
    versions.publish(town.database, YESTERDAY, unit="Millbrook", is_acknowledged=True)
    return town


def ask_day(client, **columns):
    told = {"wants": "home", "when": "date", "date": "26/1/2027", "strength": "2", **columns}
    return client.post("/asks/new/day", data=told)


def first_error(answer):
    assert answer.status_code == 422
    return re.search(r'<li>\s*(?:<a )?(?:href="#(\w+)")?>?\s*([^<\n]+)', answer.text).groups()


def test_a_day_is_asked_for_and_answered(town):
    officer, manager = town.as_("officer"), town.as_("red_manager")
    assert "Nothing is waiting for an answer." in officer.get("/asks").text
    answer = ask_day(officer, note="I fetch my son.")
    assert (answer.status_code, answer.location) == (303, "/asks")
    page = officer.get("/asks").text
    assert "You have asked for it. Your manager has been told." in page
    assert "A day at home on Tuesday 26 January 2027" in page
    assert "With manager" in page
    page = manager.get(REQUESTS).text
    assert "<strong>Omar Obi</strong> asks for a day at home on Tuesday 26 January 2027" in page
    assert "Omar Obi writes: I fetch my son." in page
    assert "It matters" in page
    answer = manager.post(
        REQUESTS, data={"numbers": ["1"], "outcome": "granted", "text": "Enjoy it."}
    )
    assert (answer.status_code, answer.location) == (303, REQUESTS)
    page = manager.get(REQUESTS).text
    assert "1 request agreed." in page
    assert "Nothing is waiting for your answer." in page
    page = officer.get("/asks/1").text
    assert "Answer: Enjoy it." in page
    assert "Agreed" in page
    assert "Withdraw" not in page


def test_leave_is_asked_for_and_withdrawn(town):
    officer = town.as_("officer")
    leave = {"first": "26/1/2027", "last": "2027-01-27"}
    assert officer.post("/asks/new/leave", data=leave).status_code == 303
    assert "Leave from 26 January 2027 to 27 January 2027" in officer.get("/asks").text
    assert "Withdraw this" in officer.get("/asks/1").text
    assert officer.post("/asks/1/withdraw").status_code == 303
    assert "Withdrawn" in officer.get("/asks").text
    answer = officer.post("/asks/1/withdraw")
    assert answer.status_code == 409
    assert "That is withdrawn already." in answer.text


def test_a_swap_is_looked_at_asked_for_agreed_to_and_granted(swappable):
    nia, omar, rita = map(swappable.as_, ("starter", "officer", "red_manager"))
    assert "Show colleagues" in nia.get("/asks/new/swap").text
    page = nia.get("/asks/new/swap?date=26/1/2027").text
    assert "Tuesday 26 January: you are at High Street" in page
    assert '<option value="102">Omar Obi, Red (Home)</option>' in page
    page = nia.get("/asks/new/swap/check", query_string=SWAP).text
    assert "At home instead of at High Street" in page
    assert "Nothing was" not in page
    answer = nia.post("/asks/new/swap/check", data={**SWAP, "note": "Please."})
    assert (answer.status_code, answer.location) == (303, "/asks")
    assert "With colleague" in nia.get("/asks").text
    assert "For you to decide" in omar.get("/asks").text
    assert "For you to decide" not in nia.get("/asks").text
    page = omar.get("/asks/1").text
    assert "Nia Nash asks you for a swap" in page
    assert "Nia Nash writes: Please." in page
    assert "At High Street instead of at home" in page
    assert omar.post("/asks/1/agree").status_code == 303
    assert "The asker is at High Street, the colleague at home." in rita.get(REQUESTS).text
    rita.post(REQUESTS, data={"numbers": ["1"], "outcome": "granted"})
    assert "1 request agreed." in rita.get(REQUESTS).text
    page = nia.get("/my-rota").text
    assert "Home instead of High Street." in page
    assert "Two officers swapped places, and a manager agreed." in page
    others = swappable.as_("blue_officer").get("/units/1/versions/3").text
    assert "Two officers swapped places, and a manager agreed." in others
    assert "Nia Nash and Omar Obi" not in others
    assert "Nia Nash and Omar Obi swapped places" in rita.get("/units/1/versions/3").text


def test_a_colleague_may_decline(swappable):
    nia, omar = swappable.as_("starter"), swappable.as_("officer")
    nia.post("/asks/new/swap/check", data=SWAP)
    assert omar.post("/asks/1/decline", data={"text": "x" * 501}).status_code == 422
    assert omar.post("/asks/1/decline", data={"text": "I am away."}).status_code == 303
    page = nia.get("/asks/1").text
    assert "Declined" in page
    assert "Answer: I am away." in page


@pytest.mark.parametrize(
    ("columns", "field", "says"),
    [
        ({"wants": ""}, "wants", "Select where you want to be"),
        ({"when": ""}, "when", "Select when"),
        ({"date": ""}, "date", "Enter a date"),
        ({"date": "31/2/2027"}, "date", "Enter a real date, such as 17/5/2027"),
        ({"date": "12/1/2027"}, "date", "The date must be after today"),
        ({"note": "x" * 501}, "note", "This must be 500 characters or fewer"),
    ],
)
def test_what_is_wrong_with_a_day_is_told_beside_its_field(town, columns, field, says):
    answer = ask_day(town.as_("officer"), **columns)
    assert answer.status_code == 422
    assert f'href="#{field}">{says}' in answer.text
    assert "<title>Error: Ask for a day" in answer.text


def test_what_is_wrong_with_leave_is_told_beside_its_field(town):
    officer = town.as_("officer")
    for first, last, field, says in (
        ("", "27/1/2027", "first", "Enter the first day"),
        ("  ", "27/1/2027", "first", "Enter the first day"),
        ("11/1/2027", "27/1/2027", "first", "The first day must be today or later"),
        ("27/1/2027", "26/1/2027", "last", "The last day must be the same as or after"),
    ):
        answer = officer.post("/asks/new/leave", data={"first": first, "last": last})
        assert answer.status_code == 422
        assert f'href="#{field}">{says}' in answer.text


def test_what_is_wrong_with_a_swap_is_told(swappable):
    nia = swappable.as_("starter")
    assert nia.get("/asks/new/swap?date=").status_code == 422
    assert "You have no published place" in nia.get("/asks/new/swap?date=1/3/2027").text
    assert nia.get("/asks/new/swap/check").location == "/asks/new/swap"
    answer = nia.get("/asks/new/swap/check?date=2027-01-26")
    assert 'href="#colleague">Select a colleague' in answer.text
    # Weir Street is nothing for Nia.
    answer = nia.get("/asks/new/swap/check?date=2027-01-26&colleague=201")
    assert answer.status_code == 422
    assert "you may not be at Weir Street that day." in answer.text
    assert nia.post("/asks/new/swap/check", data={**SWAP, "note": "x" * 501}).status_code == 422
    nia.post("/asks/new/swap/check", data=SWAP)
    again = nia.post("/asks/new/swap/check", data=SWAP)
    assert again.status_code == 422
    assert "You have asked for this already" in again.text


def test_the_same_day_twice_is_told_above_the_form(town):
    officer = town.as_("officer")
    ask_day(officer)
    again = ask_day(officer)
    assert again.status_code == 422
    assert "You have asked for this already, and it is not answered yet." in again.text


def test_others_see_nothing_of_it(swappable):
    swappable.as_("starter").post("/asks/new/swap/check", data=SWAP)
    for who in ("blue_officer", "red_manager"):
        assert swappable.as_(who).get("/asks/1").status_code == 403
    assert swappable.as_("manager").get("/asks").status_code == 403
    assert swappable.as_("officer").get("/asks/99").status_code == 404
    for who in ("officer", "other_manager", "head"):
        assert swappable.as_(who).get(REQUESTS).status_code == 403


def test_a_manager_answers_many_at_once_in_their_teams(town):
    for who in ("officer", "starter", "blue_officer"):
        ask_day(town.as_(who), when="Wed", date="")
    rita, whole = town.as_("red_manager"), town.as_("manager")
    assert "Ben Bell" not in rita.get(REQUESTS).text
    assert "Ben Bell" in whole.get(REQUESTS).text
    assert "Ben Bell" not in whole.get(f"{REQUESTS}?team=Red").text
    answer = rita.post(REQUESTS, data={"outcome": "refused"})
    assert answer.status_code == 422
    assert 'href="#numbers">Select at least one request' in answer.text
    assert rita.post(REQUESTS, data={"numbers": ["3"], "outcome": "refused"}).status_code == 403
    answer = whole.post(f"{REQUESTS}?team=Red", data={"numbers": ["1", "2"], "outcome": "refused"})
    assert answer.location == f"{REQUESTS}?team=Red"
    assert "2 requests refused." in whole.get(REQUESTS).text
    answer = whole.post(REQUESTS, data={"numbers": ["1"], "outcome": "granted"})
    assert answer.status_code == 409
    whole.post(REQUESTS, data={"numbers": ["1", "3"], "outcome": "granted"})
    page = whole.get(REQUESTS).text
    assert "1 request noted for the next rota." in page
    assert "Not answered: Omar Obi, every Wednesday at home. That is refused already." in page
    assert whole.post(REQUESTS, data={"numbers": ["9"], "outcome": "granted"}).status_code == 404
    assert whole.post(REQUESTS, data={"numbers": ["x"], "outcome": "granted"}).status_code == 422
    assert whole.post(REQUESTS, data={"numbers": ["3"], "outcome": "eaten"}).status_code == 422


def test_the_pages_ask_little_of_the_database(swappable):
    swappable.as_("starter").post("/asks/new/swap/check", data=SWAP)
    swappable.as_("officer").post("/asks/1/agree")
    ask_day(swappable.as_("officer"))
    for who, path in (
        ("officer", "/asks"),
        ("officer", "/asks/1"),
        ("red_manager", REQUESTS),
        ("starter", "/asks/new/swap/check?date=2027-01-26&colleague=102"),
    ):
        client = swappable.as_(who)
        with swappable.counting() as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= MOST_QUERIES, path
