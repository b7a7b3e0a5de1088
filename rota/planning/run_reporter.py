"""Tells the database how far a run is, while it is planned."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import structlog

from rota.moments import now
from rota.planning.cost_history import CostHistory
from rota.services.runs import claims
from rota.services.runs.claimed_run import ClaimedRun, LostClaim
from rota.store.databases.database import Database, DatabaseError
from solver.search_results import Outcome, SearchProgress

EVERY = 1.0
"""Seconds between two reports at most."""

_log = structlog.get_logger()


class Reporter:
    """Reports from a thread of its own, so that the lease holds whatever the planner is busy with.

    A search that it watches ends early when somebody asks for that or when the run is lost.
    """

    def __init__(self, database: Database, claimed: ClaimedRun, lease: timedelta) -> None:
        self.begin()
        self._database = database
        self._claimed = claimed
        self._lease = lease
        self._every = min(EVERY, lease.total_seconds() / 4)
        self._progress: dict[str, Any] = {}
        self._is_over = threading.Event()
        self._stop_asked = False
        self._lost: LostClaim | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Reporter:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        self._thread.join()

    def begin(self) -> None:
        """Forget what was seen of another search, since a new one begins."""
        self.proven_after: dict[str, float] = {}
        self._history = CostHistory()

    def watch(self, progress: SearchProgress) -> bool:
        """Take in how far the search is, and say whether it goes on."""
        self._take_in(progress)
        for name, level in progress.levels.items():
            if level.is_proven:
                self.proven_after.setdefault(name, round(progress.seconds, 2))
        return not (self._stop_asked or self._lost)

    def _take_in(self, progress: SearchProgress) -> None:
        self._history.add(progress)
        self._progress = {
            "seconds": round(progress.seconds, 1),
            "working_on": progress.working_on,
            "levels": {name: level._asdict() for name, level in progress.levels.items()},
            "history": self._history.build_columns(),
        }

    def end(self, outcome: Outcome) -> None:
        """Take in what the search has come to."""
        open_ = (name for name, level in outcome.levels.items() if not level.is_proven)
        working_on = next(open_, list(outcome.levels)[-1])
        self._take_in(SearchProgress(outcome.solve_seconds, working_on, outcome.levels))

    def raise_if_lost(self) -> None:
        """Raise Lost if another worker took the run."""
        if self._lost:
            raise self._lost

    def report(self) -> None:
        """Tell the database now how far the run is."""
        try:
            self._stop_asked |= claims.report_progress(
                self._database,
                self._claimed,
                progress=self._progress,
                now=now(),
                lease=self._lease,
            )
        except LostClaim as lost:
            self._lost = lost
        except DatabaseError as error:
            _log.warning("progress not kept", run=self._claimed.run.id, why=str(error))

    def _run(self) -> None:
        while not self._is_over.wait(self._every) and not self._lost:
            self.report()
