"""Several workers on one database: each run is solved once."""

from collections import Counter

import pytest

from rota.services.runs import run_status
from tests.rota.jobs import tiny
from tests.rota.jobs.accounts import every_run_was_done_once
from tests.rota.jobs.gates import Gate
from tests.rota.jobs.workers import wait_for
from tests.solver.processes import needs_proc
from tests.stored import ONLOOKER


@needs_proc
@pytest.mark.parametrize("number", [2, 4])
def test_each_run_is_solved_once_however_many_work(database, nursery, tmp_path, number):
    gate = Gate(tmp_path / "gate")
    office = tiny.Office(database, units=12)
    asked = office.ask(12)
    settings = {
        "ROTA_DATABASE_URL": database.url,
        "ROTA_PROCESSES": "1",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_MAIL_FOLDER": str(tmp_path / "mail"),
        **gate.settings,
    }
    workers = [nursery.bear("warm_worker", settings) for _ in range(number)]
    assert wait_for(lambda: all(worker.begun for worker in workers))
    gate.open()
    assert [worker.wait() for worker in workers] == [True] * number
    begun = [worker.begun for worker in workers]
    assert sum(begun, Counter()) == dict.fromkeys(asked, 1)
    assert {run_status.find(database, ONLOOKER, run).attempts for run in asked} == {1}
    every_run_was_done_once(office)
    assert nursery.wait_until_empty()
