"""Whatever goes wrong under /api is told as RFC 9457 has it, and nothing is a mistake of Rota."""

import pytest
from structlog.testing import capture_logs

from tests.web.api.program import program


def test_a_problem_says_all_that_the_standard_knows(town):
    told = program(town, "manager").call("GET", "/units/77/rota")
    assert told.mimetype == "application/problem+json"
    assert told.json == {
        "type": "urn:rota:problem:not-found",
        "title": "There is no such thing",
        "status": 404,
        "detail": "You have no role in a unit with the number 77.",
        "instance": "/api/v1/units/77/rota",
        "errors": [],
    }


def test_an_address_that_is_none(town):
    anybody = town.app.test_client()
    for path in ("/api", "/api/", "/api/v1", "/api/v2/units", "/api/v1/units/", "/api/v1/\x00"):
        told = anybody.get(path)
        assert (told.status_code, told.mimetype) == (404, "application/problem+json"), path


def test_a_method_that_is_none_names_those_that_are(town):
    told = program(town, "manager").call("DELETE", "/units/1/runs")
    assert (told.status_code, told.json["type"]) == (405, "urn:rota:problem:method-not-allowed")
    assert {*told.headers["Allow"].split(", ")} == {"GET", "HEAD", "OPTIONS", "POST"}


def test_what_is_wrong_with_a_query_is_told_place_by_place(town):
    told = program(town, "manager").call("GET", "/units/1/rota?from=4 Jan&limit=0&form=x")
    assert (told.status_code, told.json["type"]) == (422, "urn:rota:problem:invalid-request")
    assert told.json["errors"] == [
        {"place": "limit", "says": "Input should be greater than or equal to 1"},
        {"place": "from", "says": "A date is written like 2027-01-04"},
        {"place": "form", "says": "Extra inputs are not permitted"},
    ]


@pytest.mark.parametrize(
    "query",
    [
        "limit=501",
        "limit=1.0",
        "limit=%201",
        "limit=1_0",
        "limit=%D9%A1",
        "limit=99999999999999999999999",
        "limit=1&limit=1",
        "from=1609459200",
        "from=2027-02-30",
        "from=2027-1-4",
        "team=",
        "team=%00",
        "team=a%0Ab",
        "cursor=" + "x" * 501,
    ],
)
def test_a_query_of_another_shape_is_refused(calm, query):
    officer = program(calm, "officer")
    assert officer.refused("GET", f"/units/1/rota?{query}") == (422, "invalid-request")


@pytest.mark.parametrize(
    "number", ["0", "-1", "1.0", "01", "x", "%00", "\u0661", "2147483648", "9" * 5000]
)
def test_a_number_that_no_row_can_have_names_nothing(calm, number):
    manager = program(calm, "manager")
    assert manager.refused("GET", f"/units/{number}/rota") == (404, "not-found")
    assert manager.refused("GET", f"/units/1/runs/{number}") == (404, "not-found")


@pytest.mark.parametrize(
    ("body", "kind", "problem"),
    [
        (b"{}", None, (415, "other-media-type")),
        (b"a=1", "application/x-www-form-urlencoded", (415, "other-media-type")),
        (b"", "application/json", (400, "not-json")),
        (b"{", "application/json", (400, "not-json")),
        (b"\xff", "application/json", (400, "not-json")),
        (b'{"seed": "\\ud800"}', "application/json", (400, "not-json")),
        (b"[" * 60000, "application/json", (400, "not-json")),
        (b" " * 70000, "application/json", (413, "too-large")),
        (b"[]", "application/json", (422, "invalid-request")),
        (b'{"sead": 1}', "application/json", (422, "invalid-request")),
        (b'{"seed": "1"}', "application/json", (422, "invalid-request")),
        (b'{"seed": true}', "application/json", (422, "invalid-request")),
        (b'{"seed": 1e300}', "application/json", (422, "invalid-request")),
        (b'{"seconds": NaN}', "application/json", (422, "invalid-request")),
        (b'{"start": "2027-02-01T00:00:00"}', "application/json", (422, "invalid-request")),
        (b'{"start": "9999-12-27"}', "application/json", (409, "refused")),
        (b'{"start": "2027-02-02"}', "application/json", (409, "refused")),
    ],
)
def test_a_body_that_cannot_be(calm, body, kind, problem):
    manager = program(calm, "manager")
    assert manager.refused("POST", "/units/1/runs", data=body, content_type=kind) == problem


def test_a_mistake_of_our_own_has_a_name_that_the_log_knows(town):
    town.app.view_functions["api.list_units"] = lambda: 1 / 0
    with capture_logs() as log:
        told = program(town, "manager").call("GET", "/units")
    assert (told.status_code, told.json["type"]) == (500, "urn:rota:problem:unexpected")
    reference = told.json["instance"].removeprefix("urn:rota:error:")
    assert len(reference) == 8
    (kept,) = (entry for entry in log if entry["event"] == "unexpected error")
    assert (kept["reference"], kept["path"]) == (reference, "/api/v1/units")
    assert "ZeroDivision" not in told.text


def test_a_database_that_does_not_answer_is_not_told_about_in_detail(town):
    manager = program(town, "manager")
    town.lose()
    told = manager.call("GET", "/units")
    assert (told.status_code, told.json["type"]) == (503, "urn:rota:problem:unavailable")
    assert "town.db" not in told.text
