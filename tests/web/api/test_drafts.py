"""Programs change drafts, and never what they have not seen."""

import pytest

from tests.web.api.program import program

DRAFT = "/units/1/drafts/2027-02-01"
SEAT = f"{DRAFT}/seats/102/2027-02-02"


@pytest.fixture
def manager(drafted):
    return program(drafted, "manager")


def tag(manager):
    return manager.call("GET", DRAFT).headers["ETag"]


def site_of(manager, staff_no="102", day="2027-02-02"):
    seats = manager.get(f"{DRAFT}/seats", staff_no=staff_no)["items"]
    return next(seat["site"] for seat in seats if seat["date"] == day)


def test_a_draft_tells_how_it_stands(manager):
    (listed,) = manager.get("/units/1/drafts")["items"]
    told = manager.get(DRAFT)
    assert told["draft"] == listed
    assert (listed["start"], listed["last"], listed["base"]) == ("2027-02-01", "2027-02-28", None)
    assert (told["is_outdated"], told["seats"], told["changes"]) == (False, 120, 0)
    assert told["breaches"] == len(manager.get("/units/1/findings", of="draft")["items"])


def test_its_seats_carry_the_same_tag(manager):
    answer = manager.call("GET", f"{DRAFT}/seats")
    assert answer.headers["ETag"] == tag(manager) == f'"{answer.json["etag"]}"'


def test_a_seat_is_moved_by_who_knows_the_draft(manager):
    was = site_of(manager)
    other = "home" if was != "home" else "High Street"
    answer = manager.call(
        "PUT", f"{SEAT}/site", json={"site": other}, headers={"If-Match": tag(manager)}
    )
    assert answer.status_code == 200
    assert answer.headers["ETag"] == tag(manager)
    assert site_of(manager) == other
    assert answer.json["draft"]["revision"] == 2
    assert answer.json["effects"] != []


def test_who_does_not_say_what_they_know_changes_nothing(manager):
    was = site_of(manager)
    refused = manager.refused("PUT", f"{SEAT}/site", json={"site": "home"})
    assert refused == (428, "must-be-conditional")
    assert site_of(manager) == was


def test_who_knows_an_older_draft_changes_nothing(manager):
    known = {"If-Match": tag(manager)}
    assert manager.call("PUT", f"{SEAT}/lock", headers=known).status_code == 200
    assert manager.refused("DELETE", f"{SEAT}/lock", headers=known) == (412, "changed-meanwhile")
    seats = manager.get(f"{DRAFT}/seats", staff_no="102")["items"]
    assert [seat["date"] for seat in seats if seat["locked"]] == ["2027-02-02"]


@pytest.mark.parametrize("told", ['"1"', "W/{}", "x", '"', ""])
def test_another_tag_does_not_match(manager, told):
    headers = {"If-Match": told.format(tag(manager))}
    assert manager.refused("PUT", f"{SEAT}/lock", headers=headers) == (412, "changed-meanwhile")


@pytest.mark.parametrize("told", ["{}", '"1", {}', "*"])
def test_one_tag_of_several_is_enough_and_a_star_means_any(manager, told):
    headers = {"If-Match": told.format(tag(manager))}
    assert manager.call("PUT", f"{SEAT}/lock", headers=headers).status_code == 200


def test_a_locked_seat_is_not_moved_until_it_is_unlocked(manager):
    was = site_of(manager)
    other = "home" if was != "home" else "High Street"
    every = {"If-Match": "*"}
    manager.call("PUT", f"{SEAT}/lock", headers=every)
    asked = {"json": {"site": other}, "headers": every}
    assert manager.refused("PUT", f"{SEAT}/site", **asked) == (409, "refused")
    manager.call("DELETE", f"{SEAT}/lock", headers=every)
    assert manager.call("PUT", f"{SEAT}/site", **asked).status_code == 200


def test_a_site_that_may_not_be_used_is_refused(manager):
    asked = {"json": {"site": "Mill Lane"}, "headers": {"If-Match": "*"}}
    assert manager.refused("PUT", f"{SEAT}/site", **asked) == (409, "refused")


def test_a_draft_is_not_begun_by_who_means_one_that_is_gone(town):
    manager = program(town, "manager")
    path = "/units/1/drafts/2027-01-04/seats/102/2027-01-20/site"
    asked = {"json": {"site": "home"}, "headers": {"If-Match": "*"}}
    assert manager.refused("PUT", path, **asked) == (404, "not-found")
    assert manager.get("/units/1/drafts")["items"] == []


def test_the_seats_of_another_team_are_left_alone(drafted):
    red = program(drafted, "red_manager")
    path = f"{DRAFT}/seats/202/2027-02-02"
    assert red.refused("PUT", f"{path}/lock", headers={"If-Match": "*"}) == (403, "forbidden")
    assert red.call("PUT", f"{SEAT}/lock", headers={"If-Match": "*"}).status_code == 200


def test_a_staff_number_may_have_a_slash(manager):
    path = f"{DRAFT}/seats/1%2F2/2027-02-02/site"
    known = {"If-Match": tag(manager)}
    answer = manager.call("PUT", path, json={"site": "home"}, headers=known)
    assert answer.status_code in (404, 422)
    assert "1/2" in answer.json["detail"]
