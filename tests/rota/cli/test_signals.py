"""A search that is told to stop writes the best rota so far, and leaves nothing running."""

import json
import os
import signal

import pytest

from tests.rota.cli.command import (
    FILES,
    FIXTURES,
    TODAY,
    bounds_in,
    check,
    costs_in,
    names_in,
    start,
    summary_in,
)
from tests.solver.processes import PATIENCE, hold_engines, needs_proc, wait_until_gone

SAYS = "Interrupted: this is the best rota so far.\n"


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda x: x.name)
def test_a_search_that_is_told_to_stop_writes_the_best_so_far(tmp_path, number):
    words = ("plan", FIXTURES / "millbrook", *TODAY, "--out", tmp_path / "out")
    with start(*words, "--seconds", "1000") as process:
        engines = hold_engines(process.pid)
        os.kill(process.pid, number)
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    # Before it come the remarks on the unit.
    assert errors.splitlines(keepends=True)[-1] == SAYS
    assert wait_until_gone(engines) == []
    assert names_in(tmp_path / "out") == FILES
    summary = summary_in(tmp_path / "out")
    assert summary["status"] == "feasible"
    assert tuple(map(min, bounds_in(summary), costs_in(summary))) == bounds_in(summary)
    checked = check(FIXTURES / "millbrook", tmp_path / "out" / "rota.csv", "--json")
    assert checked.exit_code == 0
    assert tuple(json.loads(checked.stdout)["costs"].values()) == costs_in(summary)


@needs_proc
def test_ctrl_c_on_a_whole_group_of_processes_is_the_same(tmp_path):
    """As a terminal sends it: the engines must not hear it. With --json it goes unsaid."""
    words = ("plan", FIXTURES / "millbrook", *TODAY, "--out", tmp_path, "--json")
    with start(*words, "--seconds", "1000") as process:
        engines = hold_engines(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert json.loads(out) == summary_in(tmp_path)
    assert wait_until_gone(engines) == []
