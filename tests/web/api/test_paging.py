"""Long lists, page by page: nothing twice, nothing left out, and no cursor of somebody's own."""

import base64
import json

import pytest

from tests.web.api.program import program

PATHS = (
    "/units",
    "/my-rota",
    "/units/1/officers",
    "/units/1/rota",
    "/units/1/findings",
    "/units/1/versions",
    "/units/1/drafts",
    "/units/1/drafts/2027-02-01/seats",
    "/units/1/runs",
)
"""Every list that a manager who is an officer too can see."""


@pytest.mark.parametrize("path", PATHS)
def test_the_pages_are_the_list_in_its_order(calm, path):
    manager = program(calm, "red_manager")
    whole = manager.get(path, limit=500)
    assert whole["next"] is None
    told, next = [], f"{path}?limit=2"
    while next:
        answer = manager.call("GET", next.removeprefix("/api/v1"))
        page, next = answer.json["items"], answer.json["next"]
        assert answer.headers.get("Link") == (f'<{next}>; rel="next"' if next else None)
        assert len(page) == 2 if next else len(page) <= 2
        told += page
    assert told == whole["items"]


@pytest.mark.parametrize(
    "key",
    ["x", 7, None, {}, [], [1], ["2027-01-12"], ["x", "y"], ["2027-01-12", "\x00"], [True, ""]],
)
def test_a_cursor_that_no_page_has_told(calm, key):
    cursor = base64.urlsafe_b64encode(json.dumps(key).encode()).decode()
    problem = program(calm, "officer").refused("GET", f"/units/1/rota?cursor={cursor}")
    assert problem == (404, "not-found")


@pytest.mark.parametrize("key", ["x", [2**31], [-(10**30)], [1.0], [True], ["1"]])
def test_a_cursor_that_no_list_of_runs_has_told(calm, key):
    cursor = base64.urlsafe_b64encode(json.dumps(key).encode()).decode()
    problem = program(calm, "manager").refused("GET", f"/units/1/runs?cursor={cursor}")
    assert problem == (404, "not-found")


@pytest.mark.parametrize("cursor", ["x", "WyJ", "é", "%00", "W1tbW1tb", "=" * 400])
def test_a_cursor_that_nobody_could_have_told(calm, cursor):
    problem = program(calm, "officer").refused("GET", f"/units/1/rota?cursor={cursor}")
    assert problem == (404, "not-found")


def test_the_next_page_asks_for_the_same(calm):
    told = program(calm, "officer").get("/units/1/rota", limit=1, staff_no="202")
    assert told["next"].startswith("/api/v1/units/1/rota?limit=1&staff_no=202&cursor=")
