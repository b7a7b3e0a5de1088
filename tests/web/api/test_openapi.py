"""The document tells every operation that is there, and is valid."""

from openapi_spec_validator import validate

from tests.web.api.program import program
from web.api.endpoints import OPERATIONS, PREFIX


def test_the_document_is_valid_and_for_everybody(town):
    answer = town.app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    validate(answer.json)
    assert answer.json["openapi"] == "3.1.0"


def test_every_route_is_told_and_no_other(town):
    document = town.app.test_client().get("/api/v1/openapi.json").json
    told = {
        (method.upper(), path.replace("{", "<").replace("}", ">"))
        for path, methods in document["paths"].items()
        for method in methods
    }
    there = {
        (method, rule.rule.replace("<path:", "<"))
        for rule in town.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.openapi"
    }
    assert told == there
    assert len(told) == len(OPERATIONS)


def test_names_are_given_once_and_say_what_they_are(town):
    document = town.app.test_client().get("/api/v1/openapi.json").json
    operations = [its for path in document["paths"].values() for its in path.values()]
    names = [its["operationId"] for its in operations]
    assert len(names) == len({*names})
    assert [its["operationId"] for its in operations if not its["summary"]] == []
    described = {
        name for name, its in document["components"]["schemas"].items() if its.get("description")
    }
    assert {*document["components"]["schemas"]} - described == set()
    assert not any("__" in name for name in described)  # That would be two of one name.


def test_no_get_makes_many_queries_even_with_an_empty_memory(drafted):
    manager = program(drafted, "red_manager")
    wish = {"kind": "day", "when": "Fri", "wants": "home"}
    assert manager.call("POST", "/units/1/requests", json=wish).json["id"] == 1
    names = {
        "{unit_id}": "1",
        "{version}": "1",
        "{run_id}": "1",
        "{start}": "2027-02-01",
        "{request_id}": "1",
    }
    counts = {}
    for its in OPERATIONS:
        if its.method == "GET":
            path = its.path
            for name, value in names.items():
                path = path.replace(name, value)
            with drafted.counting() as asked:
                assert manager.call("GET", path).status_code == 200, path
            counts[its.name] = len(asked)
    assert PREFIX == "/api/v1"
    assert {name: n for name, n in counts.items() if n > 12} == {}
