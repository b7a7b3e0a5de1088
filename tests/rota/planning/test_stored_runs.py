"""A stored run is worked on, and what its search came to is told to its end."""

from __future__ import annotations

import os

from rota.planning.stored_runs import plan_claimed_run
from rota.services.runs import claims, run_requests, run_status
from rota.store.databases.database import Database
from tests.rota.services.example import EARLIER, ON_SQLITE, keep
from tests.solver.processes import engine_of, needs_proc
from tests.stored import LEASE, ONLOOKER

pytestmark = ON_SQLITE

CHART = """
        4 Jan 2027
        Mon Tue
Ann     H   H
Bob     H   H
"""


def test_the_progress_of_a_run_ends_with_its_result(database: Database) -> None:
    keep(database, CHART, on=["office-minimum"], office_percent=50)
    number = run_requests.request_run(database, EARLIER, unit="Blue", seconds=30).run.id
    claim = claims.claim_next(database, worker="east", now=EARLIER.at, lease=LEASE, attempts=5)
    assert claim is not None
    plan_claimed_run(database.url, claim, lease=30, workers=1)
    run = run_status.find(database, ONLOOKER, number)
    assert (run.state, run.error) == ("done", None)
    assert run.progress is not None
    assert run.result is not None
    # Each has room for an office day, so that nothing is broken.
    assert run.progress["levels"] == run.result["levels"]
    history = run.progress["history"]
    assert {name: costs[-1] for name, costs in history["costs"].items()} == dict.fromkeys(
        run.result["levels"], 0
    )
    assert len(history["seconds"]) == len(history["bound"]) == len(history["working_on"])


@needs_proc
def test_engines_stay_warm_from_one_run_to_the_next(database: Database) -> None:
    keep(database, CHART, on=["office-minimum"], office_percent=50)
    processes = []
    for _ in range(2):
        run_requests.request_run(database, EARLIER, unit="Blue", seconds=30)
        claim = claims.claim_next(database, worker="east", now=EARLIER.at, lease=LEASE, attempts=5)
        assert claim is not None
        plan_claimed_run(database.url, claim, lease=30, workers=1)
        processes.append(engine_of(os.getpid(), "solver.highs"))
    assert processes[0] == processes[1]
    assert processes[0] is not None
