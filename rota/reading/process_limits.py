"""How much of the machine the reading of one workbook or archive may take."""

from __future__ import annotations

import os
from contextlib import suppress

MEBIBYTE = 2**20

SECONDS = 10
"""Of a processor."""

LONGEST_WAIT = 30
"""Seconds until an answer, also where other programs keep all processors busy."""

MEMORY = 512 * MEBIBYTE

AT_ONCE = 1
"""Files that one process has read at the same time."""

WAITING = 2
"""Files that are being read or wait; more are refused, as each keeps a thread of a server."""

OUT_OF_MEMORY = 3
"""The exit status of a process that needed more memory."""

_ADVICE = "and no file may; copy the values alone into a new workbook"
TOO_SLOW = f"it would take more than {SECONDS} seconds to read, {_ADVICE}"
TOO_LARGE = f"it would take more than {MEMORY // MEBIBYTE} MB of memory to read, {_ADVICE}"

_NICENESS = 5
"""How much this process gives way to those that answer people."""


def keep_to_limits() -> None:
    """Let the system hold this process to the limits, where it can: not on Windows."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.nice(_NICENESS)
