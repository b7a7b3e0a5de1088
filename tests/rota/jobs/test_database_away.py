"""The database goes away for a while: what cannot be kept is kept later, whole and once."""

import signal
from collections import Counter

import pytest

from rota.services.publishing.publication import PLANNED_BY_NIGHT
from rota.services.runs import run_status
from rota.store.runs.runs import DONE, RUNNING, WAITING
from tests.rota.jobs import tiny
from tests.rota.jobs.accounts import every_run_was_done_once
from tests.rota.jobs.gates import Gate, are_under_way
from tests.rota.jobs.workers import Born, wait_for
from tests.rota.services.promises import one_seat_and_one_version_a_day
from tests.rota.services.sight import sight
from tests.solver.processes import needs_proc
from tests.stored import ONLOOKER


def warnings(worker: Born) -> Counter[str]:
    return Counter(line["event"] for line in worker.said if line["level"] == "warning")


@needs_proc
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_night_is_published_once_when_the_database_is_back(database, postgres, nursery, tmp_path):
    """Its result has to wait: it is planned while the database is away."""
    gate = Gate(tmp_path / "gate")
    office = tiny.Office(database, units=1)
    (night,) = office.ask_for_nights()
    settings = {
        "ROTA_DATABASE_URL": database.url,
        "ROTA_PROCESSES": "1",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_MAIL_FOLDER": str(tmp_path / "mail"),
        **gate.settings,
    }
    worker = nursery.run(settings, "worker")
    assert wait_for(lambda: are_under_way(database, [night])), worker.text
    postgres.stop()
    assert wait_for(lambda: "progress not kept" in warnings(worker)), worker.text
    gate.open()
    assert wait_for(lambda: "the database does not answer" in warnings(worker)), worker.text
    postgres.start()
    assert wait_for(lambda: run_status.find(database, ONLOOKER, night).state == DONE), worker.text
    run = run_status.find(database, ONLOOKER, night)
    now = sight(database, run.unit)
    _first, second = now.versions.values()
    assert (second.cause, second.published_at) == (PLANNED_BY_NIGHT, run.ended_at)
    assert (run.attempts, run.result["changed"]) == (1, len(now.changes[2]))
    one_seat_and_one_version_a_day(now)

    failed = warnings(worker)["failed, tried again later"]
    postgres.stop()
    assert wait_for(lambda: warnings(worker)["failed, tried again later"] > failed), worker.text
    postgres.start()
    office.ask()
    assert wait_for(lambda: not run_status.list_in_states(database, WAITING, RUNNING)), worker.text
    every_run_was_done_once(office)
    worker.tell_all(signal.SIGTERM)
    assert worker.wait()
    assert nursery.status(worker) == 0
    assert all("does not answer" in line["why"] for line in worker.said if "why" in line)
    assert [line for line in worker.said if line["level"] == "error"] == []
    assert "Traceback" not in worker.text
