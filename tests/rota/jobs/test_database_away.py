"""The database goes away for a while: what cannot be kept is kept later, whole and once."""

import signal
import time

import pytest

from rota.services.publishing.publication import PLANNED_BY_NIGHT
from rota.services.runs import run_status
from rota.store.runs.runs import DONE, RUNNING, WAITING
from tests.rota.jobs import tiny
from tests.rota.jobs.accounts import every_run_was_done_once
from tests.rota.jobs.long_runs import ask_for_long_night
from tests.rota.jobs.workers import wait_for
from tests.rota.services.promises import one_seat_and_one_version_a_day
from tests.rota.services.sight import sight
from tests.solver.processes import needs_proc
from tests.stored import ONLOOKER

AWAY = 6.0
"""Seconds; the night needs fewer to be planned, so that its result has to wait."""


@needs_proc
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_night_is_published_once_when_the_database_is_back(database, postgres, nursery, tmp_path):
    night = ask_for_long_night(database, seconds=2)
    settings = {
        "ROTA_DATABASE_URL": database.url,
        "ROTA_PROCESSES": "1",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_MAIL_FOLDER": str(tmp_path / "mail"),
    }
    worker = nursery.run(settings, "worker")
    assert wait_for(lambda: run_status.find(database, ONLOOKER, night).progress, 60), worker.text
    postgres.stop()
    time.sleep(AWAY)
    postgres.start()
    assert wait_for(lambda: run_status.find(database, ONLOOKER, night).state == DONE, 60), (
        worker.text
    )
    run = run_status.find(database, ONLOOKER, night)
    now = sight(database, run.unit)
    _first, second = now.versions.values()
    assert (second.cause, second.published_at) == (PLANNED_BY_NIGHT, run.ended_at)
    assert (run.attempts, run.result["changed"]) == (1, len(now.changes[2]))
    one_seat_and_one_version_a_day(now)

    office = tiny.Office(database, units=1)
    postgres.stop()
    time.sleep(1)
    postgres.start()
    office.ask()
    assert wait_for(lambda: not run_status.list_in_states(database, WAITING, RUNNING), 60)
    every_run_was_done_once(office)
    worker.tell_all(signal.SIGTERM)
    assert worker.wait(10)
    assert nursery.status(worker) == 0
    warned = {line["event"] for line in worker.said if line["level"] == "warning"}
    assert warned >= {"the database does not answer", "progress not kept"}
    assert all("does not answer" in line["why"] for line in worker.said if "why" in line)
    assert [line for line in worker.said if line["level"] == "error"] == []
    assert "Traceback" not in worker.text
