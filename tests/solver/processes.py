"""The processes that a test has started, as Linux tells of them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

PROC = Path("/proc")

PATIENCE = 120.0
"""Seconds to wait for what will come, however busy the machine is."""

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="only Linux tells of processes in /proc"
)


def engines_of(parent: int) -> dict[int, str]:
    """The command lines of a process's living engines; its other children are left out."""
    processes = map(int, filter(str.isdigit, (path.name for path in PROC.iterdir())))
    commands = {
        process: _command(process)
        for process in processes
        if is_alive(process) and _stat(process)[1:2] == [str(parent)]
    }
    return {process: command for process, command in commands.items() if "-m solver." in command}


def engine_of(parent: int, module: str) -> int | None:
    """The process of one engine of a solve that is under way, if there is one."""
    processes = (
        process for process, command in engines_of(parent).items() if command.endswith(module)
    )
    return next(processes, None)


def is_alive(process: int) -> bool:
    """Whether the process runs; one that has ended and was not fetched yet does not."""
    stat = _stat(process)
    return bool(stat) and stat[0] not in ("Z", "X")


def hold_engines(parent: int, count: int = 2) -> list[int]:
    """The engines of a search that has begun with so many, stopped before they can end it."""
    until = time.monotonic() + PATIENCE
    while len(engines_of(parent)) < count and time.monotonic() < until:
        time.sleep(0.02)
    for engine in engines_of(parent):
        os.kill(engine, signal.SIGSTOP)
    return list(engines_of(parent))


def wait_until_gone(processes: list[int]) -> list[int]:
    """Those of the processes that do not end."""
    until = time.monotonic() + PATIENCE
    while any(map(is_alive, processes)) and time.monotonic() < until:
        time.sleep(0.05)
    return [process for process in processes if is_alive(process)]


def _command(process: int) -> str:
    try:
        return (PROC / str(process) / "cmdline").read_text().replace("\0", " ").strip()
    except OSError:
        return ""


def _stat(process: int) -> list[str]:
    """State, parent and so on; nothing if there is no such process."""
    try:
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
