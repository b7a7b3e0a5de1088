"""Programs publish the draft that they know."""

from rota.services.units import record_changes
from tests.stored import act
from tests.web import plans
from tests.web.api.program import program
from tests.web.town import TODAY

DRAFT = "/units/1/drafts/2027-02-01"
KNOWN = {"If-Match": "*"}


def test_a_draft_is_published_with_a_note(drafted):
    manager = program(drafted, "manager")
    told = {"note": "With thanks to all", "acknowledgement": "Nobody else is there"}
    answer = manager.call("POST", f"{DRAFT}/publish", json=told, headers=KNOWN)
    assert answer.status_code == 201
    version = answer.json
    assert answer.headers["Location"] == version.pop("url") == "/api/v1/units/1/versions/2"
    assert (version["version"], version["note"]) == (2, "With thanks to all")
    assert manager.get("/units/1/versions/2") == version
    assert manager.refused("GET", DRAFT) == (404, "not-found")


def test_only_the_draft_that_one_knows(drafted):
    manager = program(drafted, "manager")
    known = {"If-Match": manager.call("GET", DRAFT).headers["ETag"]}
    manager.call("PUT", f"{DRAFT}/seats/102/2027-02-02/lock", headers=KNOWN)
    refused = manager.refused("POST", f"{DRAFT}/publish", json={}, headers=known)
    assert refused == (412, "changed-meanwhile")
    assert manager.refused("POST", f"{DRAFT}/publish", json={}) == (428, "must-be-conditional")
    assert [its["version"] for its in manager.get("/units/1/versions")["items"]] == [1]


def break_again(town):
    """A draft that leaves a court and an appointment alone which are published to be kept."""
    plans.mend(town)
    for seat in plans.AS_BEFORE:
        plans.move(town, seat)


def test_nobody_answers_for_what_they_have_not_seen(town):
    manager = program(town, "manager")
    break_again(town)
    path = "/units/1/drafts/2027-01-04"
    known = manager.get(path)["unit_revision"]
    told = {"acknowledgement": "The court knows", "unit_revision": known}
    duty = {"date": "2027-01-27", "site": "Millbrook Crown Court", "needed": "1"}
    record_changes.record(town.database, act(TODAY), unit="Millbrook", table="duties", rows=[duty])
    answer = manager.call("POST", f"{path}/publish", json=told, headers=KNOWN)
    assert (answer.status_code, answer.json["type"]) == (412, "urn:rota:problem:changed-meanwhile")
    assert manager.get(path)["unit_revision"] == known + 1


def test_what_is_broken_has_to_be_answered_for(town):
    manager = program(town, "manager")
    break_again(town)
    path = "/units/1/drafts/2027-01-04/publish"
    answer = manager.call("POST", path, json={}, headers=KNOWN)
    assert (answer.status_code, answer.json["type"]) == (409, "urn:rota:problem:refused")
    assert {its["place"] for its in answer.json["errors"]} == {"cover", "appointments"}
    blank = {"acknowledgement": "  "}
    assert manager.call("POST", path, json=blank, headers=KNOWN).status_code == 409
    told = {"acknowledgement": "The court knows"}
    assert manager.call("POST", path, json=told, headers=KNOWN).status_code == 201
