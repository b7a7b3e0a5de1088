"""A disk that is full or may not be written: it is told in words, and nothing is half-written."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import event

from rota.services.runs import claimed_run, claims, run_requests, run_result, run_status
from rota.store.databases import schema
from rota.store.databases.database import Database, Unreachable
from rota.store.runs.runs import DONE, RUNNING, WAITING
from tests import stored
from tests.filling import filled
from tests.rota.jobs import tiny
from tests.rota.jobs.accounts import every_run_was_done_once
from tests.rota.jobs.gates import Gate, are_under_way
from tests.rota.jobs.long_runs import keep_long_unit
from tests.rota.jobs.workers import Nursery, wait_for
from tests.rota.services.sight import sight
from tests.solver.processes import needs_proc

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of its own with 16 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder)
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("Only root may mount a small disk.")
    yield folder
    subprocess.run(("umount", folder), check=True)


@pytest.fixture
def database_there(small_disk) -> Iterator[Database]:
    """A database on the small disk."""
    database = Database(f"sqlite:///{small_disk / 'rota.db'}")
    schema.upgrade(database)
    yield database
    database.close()


def settings(url: str, tmp_path: Path) -> dict[str, str]:
    return {
        "ROTA_DATABASE_URL": url,
        "ROTA_PROCESSES": "1",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_MAIL_FOLDER": str(tmp_path / "mail"),
    }


def fill(disk: Path) -> Path:
    """Leave no room on the disk. What takes it all."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (4096, 1):
            with suppress(OSError):
                while file.write(bytes(size)):
                    pass
    return filler


def all_is_done(nursery: Nursery, url: str, tmp_path: Path) -> None:
    worker = nursery.run(settings(url, tmp_path), "worker", "--until-idle")
    assert worker.wait(), worker.text
    assert nursery.status(worker) == 0


def is_whole(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@needs_proc
def test_a_disk_that_fills_up_under_a_run_delays_it_until_there_is_room(
    database_there, small_disk, nursery, tmp_path
):
    database = database_there
    gate = Gate(tmp_path / "gate")
    office = tiny.Office(database, units=1)
    (run,) = asked = office.ask_for_drafts()
    before = sight(database, "Unit 1").drafts
    worker = nursery.run({**settings(database.url, tmp_path), **gate.settings}, "worker")
    assert wait_for(lambda: are_under_way(database, asked)), worker.text
    filler = fill(small_disk)
    gate.open()
    says = "the database does not answer"
    assert wait_for(lambda: any(line["event"] == says for line in worker.said)), worker.text
    assert run_status.find(database, stored.ONLOOKER, run).state == RUNNING
    assert sight(database, "Unit 1").drafts == before
    filler.unlink()
    assert wait_for(lambda: run_status.find(database, stored.ONLOOKER, run).state == DONE), (
        worker.text
    )
    worker.tell_all(signal.SIGTERM)
    assert worker.wait()
    assert nursery.status(worker) == 0
    assert {line["why"] for line in worker.said if "why" in line} == {
        f"The database {database} has no room left; make some on its disk "
        "(database or disk is full)"
    }
    assert "Traceback" not in worker.text
    every_run_was_done_once(office)
    database.close()
    assert is_whole(small_disk / "rota.db")


@needs_proc
def test_on_a_full_disk_a_worker_says_so_and_ends(database_there, small_disk, nursery, tmp_path):
    office = tiny.Office(database_there, units=1)
    office.ask()
    before = sight(database_there, "Unit 1")
    database_there.close()
    filler = fill(small_disk)
    worker = nursery.run(settings(database_there.url, tmp_path), "worker")
    assert worker.wait()
    assert (nursery.status(worker), [line["why"] for line in worker.said if "why" in line]) == (
        1,
        [
            f"The database {database_there} cannot be written or read; its disk is full or "
            "damaged (disk I/O error)"
        ],
    )
    filler.unlink()
    assert sight(database_there, "Unit 1") == before
    all_is_done(nursery, database_there.url, tmp_path)
    every_run_was_done_once(office)


@needs_proc
@SQLITE
def test_a_file_that_may_only_be_read_is_told_and_left_alone(database, nursery, tmp_path):
    office = tiny.Office(database, units=1)
    office.ask()
    before = sight(database, "Unit 1")
    url = f"sqlite:///file:{tmp_path / 'rota.db'}?mode=ro&uri=true"
    worker = nursery.run(settings(url, tmp_path), "worker")
    assert worker.wait()
    assert (nursery.status(worker), [line["why"] for line in worker.said if "why" in line]) == (
        1,
        [
            f"The database {Database(url)} may only be read; give Rota the right to write to it "
            "and to its folder (attempt to write a readonly database)"
        ],
    )
    assert sight(database, "Unit 1") == before
    all_is_done(nursery, database.url, tmp_path)
    every_run_was_done_once(office)


@SQLITE
def test_a_draft_for_which_there_is_no_room_is_kept_not_at_all(database):
    """As SQLite sees it when its file may have no more pages than it has."""
    name = keep_long_unit(database)
    run = run_requests.request_run(database, tiny.act(), unit=name, seconds=2).run.id
    claim = claims.claim_next(
        database, worker="a test", now=tiny.act().at, lease=stored.LEASE, attempts=5
    )
    claimed = claimed_run.load_claimed_run(database, claim=claim, now=tiny.act().at)
    (problem,) = claimed.problems
    solved = stored.solved_by(problem, filled(problem))
    before = sight(database, name)
    small = Database(database.url)
    event.listen(
        small.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 1").close()
    )
    with pytest.raises(Unreachable, match="has no room left; make some on its disk"):
        run_result.save_draft(small, tiny.act(), claimed, solved)
    small.close()
    assert sight(database, name) == before
    run_result.save_draft(database, tiny.act(), claimed, solved)
    now = sight(database, name)
    assert [draft.revision for draft in now.drafts] == [1]
    assert [entry[3] for entry in now.audit].count("planned a draft") == 1
    assert run_status.find(database, stored.ONLOOKER, run).state == DONE
    assert run_status.list_in_states(database, WAITING, RUNNING) == ()
