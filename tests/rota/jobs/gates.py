"""Gates that hold runs open: no search ends before its gate is opened, however fast the machine.

A gate is a file, which every process that solves can see, whoever started it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Mapping
from pathlib import Path

from rota.rules import LEVELS
from rota.services.runs import run_status
from rota.store.databases.database import Database
from solver.search import Search
from solver.search_results import SearchProgress
from tests.stored import ONLOOKER

GATE_FILE = "ROTA_TESTS_GATE"


class Gate:
    """Closed until it is opened."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.touch()

    @property
    def settings(self) -> Mapping[str, str]:
        """What the environment of a process has to say, so that its searches are held."""
        return {GATE_FILE: str(self._file)}

    def open(self) -> None:
        self._file.unlink()


def are_under_way(database: Database, asked: Collection[int]) -> bool:
    """Whether the runs are searched for, as far as the database was told."""
    return all(run_status.find(database, ONLOOKER, run).progress for run in asked)


def hold_searches() -> None:
    """Have the searches of this process wait for the gate that its environment names, if any.

    Meanwhile they tell their progress, and can be interrupted, as ever.
    """
    if GATE_FILE not in os.environ:
        return
    gate, run = Path(os.environ[GATE_FILE]), Search.run

    def run_and_wait(search: Search) -> None:
        run(search)
        while gate.exists() and not search.is_stopped:
            if search._watch:
                spent = time.monotonic() - search._began
                progress = SearchProgress(spent, LEVELS[-1], search._best_values.levels)
                search.is_stopped = not search._watch(progress)
            time.sleep(0.02)

    Search.run = run_and_wait  # type: ignore[method-assign]
