"""What comes of a worker ends with it and without a word, whoever of them is killed first."""

import json
from collections.abc import Callable
from random import Random

import pytest

from tests.rota.jobs.long_runs import ask_for_long_drafts
from tests.rota.jobs.workers import Born, kill, wait_for
from tests.solver.processes import engines_of, needs_proc

KILLS = 2
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


@needs_proc
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("killed", [Born.kill_alone, Born.kill_all, kill_planners, kill_engines])
def test_whoever_is_killed_the_others_end_or_go_on_without_a_word(
    database, nursery, tmp_path, killed: Callable[[Born], None]
):
    ask_for_long_drafts(database, 1, seconds=300)
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
        worker = nursery.run(settings, "worker")
        assert wait_for(lambda its=worker: all(map(engines_of, its.planners() or [0])), 60)
        wait_for(lambda: False, random.uniform(0, 1.5))
        killed(worker)
        wait_for(lambda: False, 0.5)
        worker.kill_all()
        assert nursery.wait_until_empty(10)
        assert no_json(worker) == []
