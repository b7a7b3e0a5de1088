"""Dask solves in place of our own processes; its workers and its scheduler may die."""

from __future__ import annotations

from shutil import which

import pytest

from rota.services.runs import run_status
from rota.store.runs.runs import DONE
from tests.rota.jobs import tiny
from tests.rota.jobs.accounts import every_run_was_done_once
from tests.rota.jobs.dask_cluster import DaskCluster, make_certificates
from tests.rota.jobs.gates import Gate, are_under_way
from tests.rota.jobs.workers import wait_for
from tests.solver.processes import needs_proc
from tests.stored import ONLOOKER

pytest.importorskip("distributed", reason="rota[cluster] is not installed")


def settings(database, tmp_path):
    return {
        "ROTA_DATABASE_URL": database.url,
        "ROTA_PROCESSES": "2",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_MAIL_FOLDER": str(tmp_path / "mail"),
    }


@needs_proc
def test_a_run_whose_dask_worker_dies_is_planned_once_by_another(database, nursery, tmp_path):
    gate = Gate(tmp_path / "gate")
    office = tiny.Office(database, units=2)
    asked = office.ask_for_drafts()
    with DaskCluster(nursery, tmp_path, workers=2, environment=gate.settings) as cluster:
        words = ("worker", "--until-idle")
        worker = nursery.run({**settings(database, tmp_path), **cluster.settings}, *words)
        assert wait_for(lambda: are_under_way(database, asked)), worker.text
        cluster.workers[0].kill_alone()
        gate.open()
        assert worker.wait(), worker.text
    assert (nursery.status(worker), "Traceback" in worker.text) == (0, False)
    every_run_was_done_once(office)
    assert nursery.wait_until_empty()


@needs_proc
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_when_the_scheduler_dies_the_worker_ends_and_another_plans_everything_once(
    database, nursery, tmp_path
):
    gate = Gate(tmp_path / "gate")
    office = tiny.Office(database, units=2)
    asked = office.ask_for_drafts()
    ours = settings(database, tmp_path)
    with DaskCluster(nursery, tmp_path, workers=1, environment=gate.settings) as cluster:
        worker = nursery.run({**ours, **cluster.settings}, "worker")
        assert wait_for(lambda: are_under_way(database, asked[:1])), worker.text
        cluster.scheduler.kill_alone()
        assert worker.wait(), worker.text
    assert nursery.status(worker) == 1
    assert f"ROTA_CLUSTER {cluster.address} does not answer any more." in worker.text
    assert "Traceback" not in worker.text
    another = nursery.run(ours, "worker", "--until-idle")
    assert another.wait(), another.text
    every_run_was_done_once(office)
    assert nursery.wait_until_empty()


@needs_proc
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.skipif(not which("openssl"), reason="no openssl to make certificates with")
def test_the_cluster_may_be_reached_through_tls(database, nursery, tmp_path):
    asked = tiny.Office(database, units=1).ask()
    make_certificates(tmp_path / "certificates")
    tls = tmp_path / "certificates"
    with DaskCluster(nursery, tmp_path, workers=1, certificates=tls) as cluster:
        assert cluster.address.startswith("tls://")
        words = ("worker", "--until-idle")
        worker = nursery.run({**settings(database, tmp_path), **cluster.settings}, *words)
        assert worker.wait(), worker.text
    assert (nursery.status(worker), "Traceback" in worker.text) == (0, False)
    assert {run_status.find(database, ONLOOKER, run).state for run in asked} == {DONE}
    assert nursery.wait_until_empty()
