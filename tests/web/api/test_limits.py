"""Programs that call too often have to wait; so do those with bad tokens, and who asks a lot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.api.program import program
from tests.web.town import NOW


def statuses(asking, path, times):
    return [asking.call("GET", path).status_code for _ in range(times)]


def refusal(answer):
    """What a program reads that has to wait."""
    assert answer.mimetype == "application/problem+json"
    return (answer.status_code, answer.json["type"], answer.headers["Retry-After"])


TOO_MANY = "urn:rota:problem:too-many"


def test_the_programs_of_one_user_together_have_so_many_calls_in_a_minute(town):
    town.set(api_calls_of_user=20)
    first, second = program(town, "officer"), program(town, "officer")
    assert statuses(first, "/units", 15) == [200] * 15
    assert statuses(second, "/units", 7) == [200] * 5 + [429] * 2
    assert statuses(program(town, "manager"), "/units", 1) == [200]
    told = first.call("GET", "/units")
    assert refusal(told) == (429, TOO_MANY, "60")
    assert told.json["detail"] == "Too many calls in one minute. Wait 60 seconds, then try again"
    town.clock.now = NOW + timedelta(seconds=59, microseconds=1)
    assert refusal(first.call("GET", "/units")) == (429, TOO_MANY, "1")
    town.clock.now = NOW + timedelta(seconds=60)
    assert statuses(first, "/units", 1) == [200]


def test_one_place_has_so_many_calls_in_a_minute_for_all_its_users(town):
    town.set(api_calls_of_place=20)
    assert statuses(program(town, "officer"), "/units", 15) == [200] * 15
    assert statuses(program(town, "manager"), "/units", 6) == [200] * 5 + [429]


def test_bad_tokens_have_to_wait_and_good_ones_from_the_same_place_do_not(town):
    good = program(town, "officer")
    bad = replace(good, token="made up")
    assert statuses(bad, "/units", 31) == [401] * 30 + [429]
    assert refusal(bad.call("GET", "/units")) == (429, TOO_MANY, "1")
    assert statuses(good, "/units", 3) == [200] * 3
    town.clock.now = NOW + timedelta(seconds=1)
    assert statuses(bad, "/units", 2) == [401, 429]


def test_an_officer_asks_for_so_much_in_a_day_by_program_and_page_together(town):
    town.set(asks_of_officer=3)
    officer, client = (
        program(
            town,
            "officer",
        ),
        town.as_("officer"),
    )
    for day in ("Mon", "Tue"):
        wish = {"kind": "day", "when": day, "wants": "home"}
        assert officer.call("POST", "/units/1/requests", json=wish).status_code == 201
    page = {"first": "2027-02-01", "last": "2027-02-02"}
    assert client.post("/asks/new/leave", data=page).status_code == 303
    wish = {"kind": "day", "when": "Wed", "wants": "home"}
    told = officer.call("POST", "/units/1/requests", json=wish)
    assert refusal(told) == (429, TOO_MANY, f"{15 * 3600}")  # From nine to midnight.
    answer = client.post("/asks/new/day", data={"when": "Wed", "wants": "home", "strength": "1"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, f"{15 * 3600}")
    assert "You have asked for 3 things today, and 3 is the most in one day." in answer.text
    assert client.get("/asks/new/day").status_code == 200
    other = program(town, "starter")
    assert other.call("POST", "/units/1/requests", json=wish).status_code == 201
    town.clock.now = NOW + timedelta(hours=15)
    assert officer.call("POST", "/units/1/requests", json=wish).status_code == 201


@pytest.mark.parametrize("who", ["officer", "manager"])
def test_the_limits_as_they_come_are_met_by_no_ordinary_use(town, who):
    assert statuses(program(town, who), "/units", 500) == [200] * 500
