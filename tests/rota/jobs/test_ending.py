"""A worker that is told to end does so at once, and leaves nothing behind."""

import signal

import pytest

from rota.services.runs import run_status
from rota.store.runs import workers
from rota.store.runs.runs import WAITING
from tests.rota.jobs import tiny
from tests.rota.jobs.gates import Gate, are_under_way
from tests.rota.jobs.workers import wait_for
from tests.solver.processes import needs_proc
from tests.stored import ONLOOKER


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda x: x.name)
def test_a_worker_that_is_told_to_end_gives_its_runs_back(database, nursery, tmp_path, number):
    """Whatever it is at: nothing lets these runs end."""
    gate = Gate(tmp_path / "gate")
    asked = tiny.Office(database, units=2).ask_for_drafts()
    settings = {
        "ROTA_DATABASE_URL": database.url,
        "ROTA_PROCESSES": "2",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_MAIL_FOLDER": str(tmp_path / "mail"),
        **gate.settings,
    }
    worker = nursery.run(settings, "worker")
    assert wait_for(lambda: are_under_way(database, asked)), worker.text
    worker.tell_all(number)
    assert worker.wait(), worker.text
    assert nursery.wait_until_empty()
    assert nursery.status(worker) == 0
    assert "Traceback" not in worker.text
    assert [line["event"] for line in worker.said][-1] == "worker ends"
    for run in (run_status.find(database, ONLOOKER, n) for n in asked):
        assert (run.state, run.attempts, run.lease_until) == (WAITING, 0, None)
    with database.reading() as connection:
        assert workers.load_signs_of_life(connection) == {}
