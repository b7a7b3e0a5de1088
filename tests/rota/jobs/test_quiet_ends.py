"""What comes of a worker ends with it and without a word, whoever of them is killed first."""

import json
import time
from collections.abc import Callable
from random import Random

import pytest

from rota.services.runs import run_requests, run_status
from rota.store.runs.runs import RUNNING, WAITING
from tests.conftest import times
from tests.rota.jobs import tiny
from tests.rota.jobs.long_runs import keep_long_unit
from tests.rota.jobs.workers import Born, kill, wait_for
from tests.solver.processes import engines_of, needs_proc

KILLS = times(1, soak=5)
"""How often each is killed, at another moment of the search each time."""


def no_json(worker: Born) -> list[str]:
    """The lines of its log that no machine can read."""
    return [line for line in worker.text.splitlines() if not _is_json(line)]


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def kill_planners(worker: Born) -> None:
    for process in worker.planners():
        kill(process)


def kill_engines(worker: Born) -> None:
    for planner in worker.planners():
        for engine in engines_of(planner):
            kill(engine)


def goes_on(worker: Born, killed: Callable[[Born], None], event: str) -> bool:
    """Whether the worker has told of the event; until then, whoever comes instead is killed too."""
    killed(worker)
    return event in {line["event"] for line in worker.said}


@needs_proc
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("killed", "event"),
    [
        (Born.kill_alone, None),
        (Born.kill_all, None),
        (kill_planners, "a process died"),
        (kill_engines, "run ends"),
    ],
)
def test_whoever_is_killed_the_others_end_or_go_on_without_a_word(
    database, nursery, tmp_path, killed: Callable[[Born], None], event: str | None
):
    """Without their worker they end; those with one go on as far as that event."""
    name = keep_long_unit(database)
    settings = {
        "ROTA_DATABASE_URL": database.url,
        "ROTA_PROCESSES": "1",
        "ROTA_ATTEMPTS": "1000",
        "ROTA_LEASE_SECONDS": "1",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_MAIL_FOLDER": str(tmp_path / "mail"),
    }
    random = Random(1)
    for _ in range(KILLS):
        if not run_status.list_in_states(database, WAITING, RUNNING):
            run_requests.request_run(database, tiny.act(), unit=name, seconds=300)
        worker = nursery.run(settings, "worker")
        assert wait_for(lambda its=worker: all(map(engines_of, its.planners() or [0])))
        time.sleep(random.uniform(0, 1.5))
        killed(worker)
        if event:
            assert wait_for(lambda its=worker: goes_on(its, killed, event)), worker.text
            worker.kill_all()
        assert nursery.wait_until_empty()
        assert no_json(worker) == []
