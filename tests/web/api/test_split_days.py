"""Programs read and change days that are split between two sites."""

from __future__ import annotations

from tests.web.api.program import program
from tests.web.split_days import publish_split, split
from tests.web.town import COURT, HIGH

SEATS = [("am", COURT), ("pm", HIGH)]
DAY = {"from": "2027-01-14", "to": "2027-01-14"}
DRAFT = "/units/1/drafts/2027-01-04"
SITE = f"{DRAFT}/seats/102/2027-01-14/site"


def parts(seats):
    return [(seat["part"], seat["site"]) for seat in seats]


def test_the_published_rota_has_a_seat_for_each_half(town):
    publish_split(town)
    officer = program(town, "officer")
    assert parts(officer.get("/units/1/rota", **DAY, staff_no="102")["items"]) == SEATS
    assert parts(officer.get("/my-rota", **DAY)["items"]) == SEATS
    first = officer.get("/my-rota", **DAY, limit=1)
    assert parts(first["items"]) == SEATS[:1]
    later = officer.call("GET", first["next"].removeprefix("/api/v1")).json
    assert parts(later["items"]) == SEATS[1:]


def test_a_version_has_a_change_for_each_half(town):
    publish_split(town)
    told = program(town, "red_manager").get("/units/1/versions/2/changes")["items"]
    assert [(c["part"], c["before"], c["after"]) for c in told] == [("am", HIGH, COURT)]


def test_a_day_of_a_draft_is_split_and_put_together(town):
    split(town)
    manager = program(town, "manager")

    def seats():
        listed = manager.get(f"{DRAFT}/seats", staff_no="102", limit=500)["items"]
        return parts(seat for seat in listed if seat["date"] == "2027-01-14")

    def move(**sites):
        known = {"If-Match": manager.call("GET", DRAFT).headers["ETag"]}
        return manager.call("PUT", SITE, json=sites, headers=known)

    assert seats() == SEATS
    assert move(site=HIGH).status_code == 200
    assert seats() == [("", HIGH)]
    answer = move(site=COURT, afternoon=HIGH)
    assert answer.status_code == 200
    assert {type(effect["gap_after"]) for effect in answer.json["effects"]} <= {int, float}
    assert seats() == SEATS
    assert move(site=HIGH, afternoon=COURT).status_code == 409


def test_findings_of_halves_say_when_and_how_much(town):
    split(town)
    found = program(town, "manager").get("/units/1/findings", of="draft", which="all", limit=500)
    cover = [f for f in found["items"] if f["when"] == "2027-01-14 am" and f["rule"] == "cover"]
    assert (1, 1, 0) in [(f["count"], f["least"], f["gap"]) for f in cover]
