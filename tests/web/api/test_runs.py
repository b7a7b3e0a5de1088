"""Programs ask for runs, follow and stop them."""

from rota.services.runs import claims
from tests.stored import LEASE
from tests.web.api.program import program


def test_a_run_is_asked_for_and_followed(drafted):
    manager = program(drafted, "manager")
    answer = manager.call(
        "POST", "/units/1/runs", json={"start": "2027-02-01", "seconds": 20, "seed": 3}
    )
    assert answer.status_code == 201
    told = answer.json
    assert answer.headers["Location"] == told.pop("url") == f"/api/v1/units/1/runs/{told['id']}"
    assert manager.get(f"/units/1/runs/{told['id']}") == told
    assert told == {
        "id": told["id"],
        "kind": "draft",
        "state": "waiting",
        "start": "2027-02-01",
        "weeks": 4,
        "today": None,
        "seconds": 20.0,
        "seed": 3,
        "asked_at": "2027-01-12T09:00:00Z",
        "asked_by": "manager@example.org",
        "is_stopping": False,
        "progress": None,
        "result": None,
        "error": None,
        "ended_at": None,
        "afresh": False,
    }
    again = manager.call("POST", "/units/1/runs", json={"start": "2027-02-01", "afresh": True})
    assert again.json["afresh"] is True


def test_runs_are_listed_the_newest_first(drafted):
    told = program(drafted, "head").get("/units/1/runs")["items"]
    assert [(its["start"], its["state"]) for its in told] == [
        ("2027-02-01", "done"),
        ("2027-01-04", "done"),
    ]


def test_a_run_is_stopped_once(town):
    manager = program(town, "manager")
    run = manager.call("POST", "/units/1/runs", json={}).json["id"]
    assert manager.call("POST", f"/units/1/runs/{run}/stop").json["is_stopping"] is True
    assert manager.refused("POST", "/units/1/runs/1/stop") == (409, "refused")


def test_a_run_of_another_unit_is_not_there(town):
    run = program(town, "other_manager").call("POST", "/units/2/runs", json={}).json["id"]
    manager = program(town, "manager")
    told = manager.call("GET", f"/units/1/runs/{run}")
    assert (told.status_code, told.json["detail"]) == (404, f"Millbrook has no run {run}.")
    assert manager.refused("POST", f"/units/1/runs/{run}/stop") == (404, "not-found")


def test_a_run_that_would_overlap_is_refused(town):
    told = program(town, "manager").call("POST", "/units/1/runs", json={"start": "2027-01-11"})
    assert (told.status_code, told.json["type"]) == (409, "urn:rota:problem:refused")
    assert "2027-01-04/2027-01-31" in told.json["detail"]


def test_a_run_that_waits_to_do_the_same_is_given_with_another_status(town):
    manager = program(town, "manager")
    first = manager.call("POST", "/units/1/runs", json={"seconds": 20})
    same = manager.call("POST", "/units/1/runs", json={"seconds": 20})
    assert (first.status_code, same.status_code) == (201, 200)
    assert (same.json, same.headers["Location"]) == (first.json, first.headers["Location"])
    longer = manager.call("POST", "/units/1/runs", json={"seconds": 40, "seed": 2})
    assert longer.status_code == 200
    assert longer.json == {**first.json, "seconds": 40.0, "seed": 2}


def test_a_run_that_failed_is_tried_again(town):
    manager = program(town, "manager")
    run = manager.call("POST", "/units/1/runs", json={}).json
    path = f"/units/1/runs/{run['id']}/retry"
    assert manager.refused("POST", path) == (409, "refused")
    fail(town)
    again = manager.call("POST", path)
    assert (again.status_code, again.headers["Location"]) == (201, again.json["url"])
    known = ("start", "weeks", "seconds", "seed", "state", "kind")
    assert [again.json[name] for name in known] == [run[name] for name in known]
    assert again.json["id"] == run["id"] + 1
    assert manager.call("POST", path).status_code == 200
    assert program(town, "head").refused("POST", path) == (403, "forbidden")


def fail(town):
    """End the run whose turn it is with an error."""
    claim = claims.claim_next(
        town.database, worker="east", now=town.clock(), lease=LEASE, attempts=5
    )
    claims.fail(town.database, claim=claim, error="It broke.", now=town.clock())
