"""The processes that solve may die, of runs or with nothing to do; every run is planned once."""

from rota.services.runs import run_status
from rota.store.runs.runs import RUNNING, WAITING
from tests.rota.jobs import tiny
from tests.rota.jobs.accounts import every_run_was_done_once
from tests.rota.jobs.gates import Gate, are_under_way
from tests.rota.jobs.workers import kill, wait_for
from tests.solver.processes import PROC, needs_proc
from tests.stored import ONLOOKER


def settings(database, tmp_path):
    return {
        "ROTA_DATABASE_URL": database.url,
        "ROTA_PROCESSES": "2",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_MAIL_FOLDER": str(tmp_path / "mail"),
    }


@needs_proc
def test_a_run_whose_process_dies_is_planned_by_another_and_no_other_is_disturbed(
    database, nursery, tmp_path
):
    gate = Gate(tmp_path / "gate")
    office = tiny.Office(database, units=2)
    asked = office.ask_for_drafts()
    worker = nursery.run({**settings(database, tmp_path), **gate.settings}, "worker")
    assert wait_for(lambda: are_under_way(database, asked)), worker.text
    kill(worker.planners()[0])
    assert wait_for(lambda: worker.begun.total() == 3), worker.text
    gate.open()
    assert wait_for(lambda: not run_status.list_in_states(database, WAITING, RUNNING)), worker.text
    every_run_was_done_once(office)
    assert sorted(worker.begun.values()) == [1, 2]
    attempts = {run: run_status.find(database, ONLOOKER, run).attempts for run in asked}
    assert attempts == worker.begun

    idle = worker.planners()
    for planner in idle:
        kill(planner)
    # The worker knows of a death once it has let the process go.
    assert wait_for(lambda: not any((PROC / str(planner)).exists() for planner in idle))
    asked = office.ask()
    assert wait_for(lambda: not run_status.list_in_states(database, WAITING, RUNNING)), worker.text
    assert {run_status.find(database, ONLOOKER, run).attempts for run in asked} == {1}
    worker.kill_all()
    assert "Traceback" not in worker.text
    assert nursery.wait_until_empty()


@needs_proc
def test_a_worker_holds_no_more_handles_after_many_runs_than_after_few(database, nursery, tmp_path):
    office = tiny.Office(database, units=8)
    worker = nursery.run(settings(database, tmp_path), "worker")
    held = []
    for _ in range(2):
        office.ask_for_drafts()
        assert wait_for(lambda: not run_status.list_in_states(database, WAITING, RUNNING)), (
            worker.text
        )
        held.append(worker.handles())
    assert held[1] <= held[0] + 3  # Some for connections that are kept for later use.
    worker.kill_all()
    assert nursery.wait_until_empty()
