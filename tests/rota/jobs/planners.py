"""What tests want of the processes that solve: that they show what they are at, and can be held.

They are begun for each run or so, so that little is imported here.
"""

from __future__ import annotations

import os
from pathlib import Path

from rota.jobs import process_pool
from tests.rota.jobs.gates import hold_searches
from tests.rota.jobs.stages import Sign

SIGN_FILE = "ROTA_TESTS_SIGN"

_BEGIN = process_pool._begin_process


def begin_process(log_format: str) -> None:
    """Begin a process of a pool as workers do, and as tests want it."""
    _BEGIN(log_format)
    watch_and_hold()


def watch_and_hold() -> None:
    """Show what this process is at, and hold its searches, as its environment says."""
    Sign(Path(os.environ[SIGN_FILE])).set_by_what_is_said()
    hold_searches()
