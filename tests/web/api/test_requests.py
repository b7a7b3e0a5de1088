"""Officers ask through programs, colleagues agree, and managers answer."""

from datetime import date

import pytest

from rota.services.rotas import versions
from tests import draft_edits
from tests.stored import act
from tests.web.api.program import move_home, program

DAY = {"kind": "day", "when": "2027-01-25", "wants": "office", "strength": 2}
LEAVE = {"kind": "leave", "first": "2027-01-26", "last": "2027-01-27", "note": "A wedding"}
SWAP = {"kind": "swap", "with_staff_no": "103", "date": "2027-01-26"}

PATH = "/units/1/requests"


def asked(town, body, who="officer"):
    """The number of what that user asks for."""
    answer = program(town, who).call("POST", PATH, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def test_a_day_is_asked_for(town):
    answer = program(town, "officer").call("POST", PATH, json=DAY)
    assert answer.status_code == 201
    told = answer.json
    assert answer.headers["Location"] == told.pop("url") == f"/api/v1{PATH}/{told['id']}"
    assert told == {
        "id": told["id"],
        "kind": "day",
        "state": "waiting",
        "says": told["says"],
        "remark": "",
        "staff_no": "102",
        "name": "Omar Obi",
        "when": "2027-01-25",
        "wants": "office",
        "strength": 2,
        "first": None,
        "last": None,
        "part": "",
        "with_staff_no": None,
        "with_name": None,
        "own_site": None,
        "with_site": None,
        "note": "",
        "made_at": "2027-01-12T09:00:00Z",
        "decided_at": None,
        "answer": "",
        "outcome": None,
    }
    assert program(town, "officer").get(PATH)["items"] == [told]


def test_a_weekday_can_be_asked_for(town):
    number = asked(town, {**DAY, "when": "Fri"})
    assert program(town, "officer").get(f"{PATH}/{number}")["request"]["when"] == "Fri"


def test_leave_is_asked_for_and_granted(town):
    number = asked(town, LEAVE)
    manager = program(town, "red_manager")
    (waiting,) = manager.get("/units/1/inbox")["items"]
    assert (waiting["request"]["id"], waiting["may_answer"]) == (number, True)
    told = {"outcome": "granted", "text": "Enjoy it"}
    answer = manager.call("POST", f"{PATH}/{number}/answer", json=told)
    assert (answer.status_code, answer.json) == (200, {"id": number, "state": "granted"})
    own = program(town, "officer").get(f"{PATH}/{number}")["request"]
    assert (own["state"], own["answer"]) == ("granted", "Enjoy it")
    assert manager.get("/units/1/inbox")["items"] == []


@pytest.fixture
def at_home(town):
    """The town, where Omar is published to be at home on 26 January and Nia at the office."""
    move_home(town)
    versions.publish(
        town.database, act(town.clock().date()), unit="Millbrook", is_acknowledged=True
    )
    return town


def test_a_swap_is_agreed_to_by_the_colleague_and_granted(at_home):
    number = asked(at_home, SWAP)
    colleague = program(at_home, "starter")
    told = colleague.get(f"{PATH}/{number}")
    assert (told["request"]["with_name"], told["request"]["state"]) == (
        "Nia Nash",
        "with colleague",
    )
    assert (told["may_agree"], told["may_withdraw"], told["misfit"]) == (True, False, "")
    answer = colleague.call("POST", f"{PATH}/{number}/agree")
    assert answer.json["request"]["state"] == "waiting"
    manager = program(at_home, "red_manager")
    manager.call("POST", f"{PATH}/{number}/answer", json={"outcome": "granted"})
    day = {"from": "2027-01-26", "to": "2027-01-26"}
    assert [its["site"] for its in program(at_home, "officer").get("/my-rota", **day)["items"]] == [
        "High Street"
    ]


def test_who_agreed_takes_it_back_until_it_is_decided(at_home):
    number = asked(at_home, SWAP)
    colleague = program(at_home, "starter")
    told = colleague.call("POST", f"{PATH}/{number}/agree").json
    assert (told["may_agree"], told["may_take_back"]) == (False, True)
    told = colleague.call("POST", f"{PATH}/{number}/decline", json={}).json
    assert (told["request"]["state"], told["may_take_back"]) == ("declined", False)


def test_a_swap_lapses_with_the_place_that_changed(at_home):
    number = asked(at_home, SWAP)
    asker = program(at_home, "officer")
    request = asker.get(f"{PATH}/{number}")["request"]
    assert (request["own_site"], request["with_site"]) == ("home", "High Street")
    program(at_home, "starter").call("POST", f"{PATH}/{number}/agree")
    doer = act(at_home.clock().date())
    move = {"unit": "Millbrook", "staff_no": "103", "day": date(2027, 1, 26), "site": "home"}
    draft_edits.move(at_home.database, doer, **move)
    versions.publish(at_home.database, doer, unit="Millbrook", is_acknowledged=True)
    request = asker.get(f"{PATH}/{number}")["request"]
    assert (request["state"], request["outcome"]) == (
        "lapsed",
        "Nia Nash is at home now, and was at High Street when both agreed.",
    )
    told = {"json": {"outcome": "granted"}}
    refused = program(at_home, "red_manager").refused("POST", f"{PATH}/{number}/answer", **told)
    assert refused == (409, "refused")


def test_a_manager_agrees_for_a_colleague_without_an_account(at_home):
    with at_home.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM role_grant WHERE staff_no = '103'")
    number = asked(at_home, SWAP)
    manager = program(at_home, "red_manager")
    (waiting,) = manager.get("/units/1/inbox")["items"]
    assert (waiting["lacks_agreement"], waiting["request"]["state"]) == (True, "with colleague")
    answer = manager.call("POST", f"{PATH}/{number}/agree-for-colleague")
    assert (answer.status_code, answer.json) == (200, {"id": number, "state": "waiting"})
    assert manager.get("/units/1/inbox")["items"][0]["lacks_agreement"] is False


def test_a_day_is_noted_or_granted_as_the_inbox_told(town):
    day = {**DAY, "when": "2027-01-26", "wants": "home"}
    number = asked(town, day)
    manager, path = program(town, "red_manager"), f"{PATH}/{number}/answer"
    (waiting,) = manager.get("/units/1/inbox")["items"]
    assert waiting["may_note"] is True
    told = {"json": {"outcome": "granted", "seal": "of something else"}}
    assert manager.refused("POST", path, **told) == (409, "refused")
    answer = manager.call("POST", path, json={"outcome": "granted", "seal": waiting["seal"]})
    assert answer.json == {"id": number, "state": "granted"}
    other = asked(town, {**DAY, "when": "Fri"})
    answer = manager.call("POST", f"{PATH}/{other}/answer", json={"outcome": "granted"})
    assert answer.json == {"id": other, "state": "noted"}


def test_what_breaks_a_duty_needs_an_acknowledgement(town):
    doer = act(town.clock().date())
    about = {"unit": "Millbrook", "staff_no": "102", "day": date(2027, 1, 20)}
    draft_edits.move(town.database, doer, site="Millbrook Crown Court", **about)
    versions.publish(town.database, doer, unit="Millbrook", is_acknowledged=True)
    number = asked(town, {**DAY, "when": "2027-01-20", "wants": "home"})
    manager, path = program(town, "red_manager"), f"{PATH}/{number}/answer"
    answer = manager.call("POST", path, json={"outcome": "granted"})
    assert (answer.status_code, [its["place"] for its in answer.json["errors"]]) == (409, ["cover"])
    acknowledged = {"outcome": "granted", "acknowledgement": "Bea goes there."}
    assert manager.call("POST", path, json=acknowledged).json["state"] == "granted"


def test_a_swap_is_declined_with_words(at_home):
    number = asked(at_home, SWAP)
    declined = program(at_home, "starter").call(
        "POST", f"{PATH}/{number}/decline", json={"text": "I have a visit"}
    )
    assert declined.json["request"]["state"] == "declined"
    own = program(at_home, "officer").get(f"{PATH}/{number}")["request"]
    assert (own["state"], own["answer"]) == ("declined", "I have a visit")


def test_a_request_is_withdrawn_once(town):
    number = asked(town, DAY)
    officer = program(town, "officer")
    answer = officer.call("POST", f"{PATH}/{number}/withdraw")
    assert (answer.json["request"]["state"], answer.json["may_withdraw"]) == ("withdrawn", False)
    assert officer.refused("POST", f"{PATH}/{number}/withdraw") == (409, "refused")


def test_what_others_ask_is_not_for_officers(town):
    number = asked(town, LEAVE)
    for who in ("blue_officer", "head", "manager"):
        assert program(town, who).refused("GET", f"{PATH}/{number}") == (403, "forbidden")
    assert program(town, "blue_officer").get(PATH)["items"] == []
    assert program(town, "blue_officer").refused("GET", "/units/1/inbox") == (403, "forbidden")
    assert program(town, "stranger").refused("GET", PATH) == (404, "not-found")


def test_nobody_answers_their_own_request(town):
    number = asked(town, DAY, who="red_manager")
    told = {"json": {"outcome": "granted"}}
    refused = program(town, "red_manager").refused("POST", f"{PATH}/{number}/answer", **told)
    assert refused == (403, "forbidden")


def test_who_is_no_officer_asks_for_nothing(town):
    assert program(town, "manager").refused("POST", PATH, json=DAY) == (403, "forbidden")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({**DAY, "when": "04/01/2027"}, (422, "invalid-request")),
        ({**DAY, "when": "Sat"}, (422, "invalid-request")),
        ({**DAY, "strength": 4}, (422, "invalid-request")),
        ({**DAY, "wants": "pub"}, (422, "invalid-request")),
        ({**DAY, "note": "\0"}, (422, "invalid-request")),
        ({**DAY, "note": "x" * 501}, (422, "invalid-request")),
        ({**DAY, "kind": "wish"}, (422, "invalid-request")),
        ({**DAY, "when": "2027-01-11"}, (409, "refused")),
        ({**LEAVE, "last": "2027-01-25"}, (409, "refused")),
        ({**LEAVE, "last": "9999-12-31"}, (409, "refused")),
        ({**SWAP, "with_staff_no": "nobody"}, (409, "refused")),
        ({**SWAP, "with_staff_no": "102"}, (409, "refused")),
    ],
)
def test_what_cannot_be_asked_for(calm, body, problem):
    assert program(calm, "officer").refused("POST", PATH, json=body) == problem


def test_what_is_wrong_is_told_by_its_place(calm):
    told = program(calm, "officer").call("POST", PATH, json={**LEAVE, "last": "2027-01-25"}).json
    says = "The last day must be the same as or after the first day."
    assert (told["detail"], told["errors"]) == (says, [{"place": "last", "says": says}])
