"""Programs ask for runs, follow and stop them."""

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
