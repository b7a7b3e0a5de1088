"""The manager's page of requests: what a yes does, what it breaks, and whom it is said for."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from rota.services.rotas import versions
from tests import draft_edits
from tests.stored import act
from tests.web.town import NOW

YESTERDAY = act(NOW.date() - timedelta(days=1), "Rita")
WEDNESDAY, TUESDAY = date(2027, 1, 20), date(2027, 1, 26)
REQUESTS = "/units/1/requests"
SWAP = {"date": "2027-01-26", "colleague": "102"}


def publish(town, staff_no, day, site):
    draft_edits.move(
        town.database, YESTERDAY, unit="Millbrook", staff_no=staff_no, day=day, site=site
    )
    versions.publish(town.database, YESTERDAY, unit="Millbrook", is_acknowledged=True)


@pytest.fixture
def swappable(town):
    """Omar is published to be at home on Tuesday 26 January, when Nia is at the office."""
    publish(town, "102", TUESDAY, "home")
    return town


def ask_day(client, day):
    client.post("/asks/new/day", data={"wants": "home", "when": "date", "date": day})


def sent(page, **answers):
    """What the form of the page sends with these answers: all its seals as well."""
    return {**answers, "seals": re.findall(r'name="seals" value="([^"]+)"', page)}


def test_a_day_is_at_home_at_once_and_the_officer_reads_so(town):
    officer, manager = town.as_("officer"), town.as_("red_manager")
    ask_day(officer, "26/1/2027")
    page = manager.get(REQUESTS).text
    assert (
        "Agreeing moves Omar Obi at once: at home instead of at High Street on Tuesday 26 January "
        "2027." in page
    )
    manager.post(REQUESTS, data=sent(page, numbers=["1"], outcome="granted"))
    says = "At home on Tuesday 26 January 2027 instead of at High Street, since version 2."
    for client, path in ((officer, "/asks"), (officer, "/asks/1"), (manager, REQUESTS)):
        assert says in client.get(path).text
    assert "Home instead of High Street." in officer.get("/my-rota").text


def test_a_day_can_be_noted_and_the_page_says_so(town):
    officer, manager = town.as_("officer"), town.as_("red_manager")
    ask_day(officer, "26/1/2027")
    manager.post(REQUESTS, data={"numbers": ["1"], "outcome": "noted"})
    assert "1 request noted for the next rota." in manager.get(REQUESTS).text
    page = officer.get("/asks/1").text
    assert "Noted for the next rota. What is published stays as it is." in page
    assert "Home instead of High Street." not in officer.get("/my-rota").text


def test_what_breaks_a_duty_is_asked_about_before_it_is_done(town):
    publish(town, "102", WEDNESDAY, "Millbrook Crown Court")
    officer, manager = town.as_("officer"), town.as_("red_manager")
    officer.post("/asks/new/leave", data={"first": "20/1/2027", "last": "21/1/2027"})
    page = manager.get(REQUESTS).text
    assert "2 published days fall away at once." in page
    assert "If you agree, you are asked why all the same." in page
    form = sent(page, numbers=["1"], outcome="granted")
    answer = manager.post(REQUESTS, data=form)
    assert answer.status_code == 422
    assert (
        'href="#acknowledgement">Enter why you agree, although more is broken then' in answer.text
    )
    assert "1 breach of desk limits, courts and partners would be added" in answer.text
    assert 'value="1" checked' in answer.text
    assert "With manager" in officer.get("/asks").text
    manager.post(REQUESTS, data={**form, "acknowledgement": "Bea goes there."})
    assert "1 request agreed." in manager.get(REQUESTS).text
    assert "2 published days fell away, with version 3." in officer.get("/asks/1").text


def test_a_yes_to_something_else_than_was_shown_is_refused(town):
    ask_day(town.as_("officer"), "26/1/2027")
    manager = town.as_("red_manager")
    form = sent(manager.get(REQUESTS).text, numbers=["1"], outcome="granted")
    publish(town, "102", TUESDAY, "home")
    answer = manager.post(REQUESTS, data=form)
    assert answer.status_code == 409
    assert "Agreeing would do something else by now than was shown." in answer.text
    for seals in (["x"], ["1"], ["99 abc"], ["9" * 40 + " abc"]):
        answer = manager.post(REQUESTS, data={**form, "seals": seals, "numbers": ["99"]})
        assert answer.status_code == 404


def test_a_swap_that_was_outdated_lapses_and_both_and_the_manager_read_why(swappable):
    nia, omar, rita = map(swappable.as_, ("starter", "officer", "red_manager"))
    nia.post("/asks/new/swap/check", data=SWAP)
    omar.post("/asks/1/agree")
    publish(swappable, "102", TUESDAY, "High Street")
    says = "Omar Obi is at High Street now, and was at home when both agreed."
    for client, path in ((nia, "/asks/1"), (omar, "/asks/1"), (rita, REQUESTS)):
        page = client.get(path).text
        assert "Lapsed" in page
        assert says in page
    assert rita.post(REQUESTS, data={"numbers": ["1"], "outcome": "granted"}).status_code == 409


def test_who_agrees_too_late_is_told_that_it_lapsed(swappable):
    nia, omar = map(swappable.as_, ("starter", "officer"))
    nia.post("/asks/new/swap/check", data=SWAP)
    with swappable.database.writing() as connection:
        connection.exec_driver_sql("UPDATE ask SET own_site = 'Weir Street'")
    assert omar.post("/asks/1/agree").status_code == 303
    page = omar.get("/asks").text
    assert "This swap has lapsed, and nothing was changed." in page
    assert "Nia Nash is at High Street now, and was at Weir Street when it was asked for." in page


def test_a_swap_is_asked_for_with_the_places_that_were_shown(swappable):
    nia = swappable.as_("starter")
    page = nia.get("/asks/new/swap/check", query_string=SWAP).text
    assert '<input type="hidden" name="own" value="High Street">' in page
    assert '<input type="hidden" name="theirs" value="home">' in page
    places = {"own": "High Street", "theirs": "Weir Street"}
    answer = nia.post("/asks/new/swap/check", data={**SWAP, **places})
    assert answer.status_code == 422
    assert "One of the two places has changed since you looked. Look again." in answer.text


def test_who_agreed_takes_it_back_on_the_page(swappable):
    nia, omar, rita = map(swappable.as_, ("starter", "officer", "red_manager"))
    nia.post("/asks/new/swap/check", data=SWAP)
    assert "Take back your agreement" not in omar.get("/asks/1").text
    omar.post("/asks/1/agree")
    assert "Take back your agreement" in omar.get("/asks/1").text
    assert "Take back your agreement" not in nia.get("/asks/1").text
    assert omar.post("/asks/1/decline", data={"text": "By mistake."}).status_code == 303
    assert "Declined" in nia.get("/asks/1").text
    assert "Nothing is waiting for your answer." in rita.get(REQUESTS).text


def test_a_manager_agrees_for_somebody_without_an_account(swappable):
    with swappable.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM role_grant WHERE staff_no = '102'")
    nia, rita = map(swappable.as_, ("starter", "red_manager"))
    page = nia.get("/asks/new/swap/check", query_string=SWAP).text
    assert "Omar Obi has no account here." in page
    nia.post("/asks/new/swap/check", data=SWAP)
    says = "Omar Obi has no account here; your manager can agree for them."
    assert says in nia.get("/asks/1").text
    page = rita.get(REQUESTS).text
    assert "Waiting for colleagues without an account" in page
    assert "Agree for Omar Obi" in page
    answer = rita.post(f"{REQUESTS}/1/agree-for")
    assert (answer.status_code, answer.location) == (303, REQUESTS)
    assert "You have agreed for them." in rita.get(REQUESTS).text
    assert says not in nia.get("/asks/1").text
    assert "agreed for Omar Obi on 12 January 2027" in nia.get("/asks/1").text
    rita.post(REQUESTS, data={"numbers": ["1"], "outcome": "granted"})
    assert "Home instead of High Street." in nia.get("/my-rota").text


def test_who_asks_for_a_day_without_effect_is_told_and_so_is_the_manager(town):
    with town.database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE officer SET working_days = '[0, 1, 2]' WHERE staff_no = '102'"
        )
    officer = town.as_("officer")
    officer.post("/asks/new/day", data={"wants": "home", "when": "Fri"})
    says = "You do not work on Fridays, so this has no effect as things are."
    for path in ("/asks", "/asks/1"):
        assert says in officer.get(path).text
    says = says.replace("You do", "Omar Obi does")
    assert says in town.as_("red_manager").get(REQUESTS).text
