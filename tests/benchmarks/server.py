"""The pages behind a server in its own process, and a run that is solving beside it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import nan
from multiprocessing import get_context
from pathlib import Path

import requests

from rota.domain import Problem
from rota.planning import plan

_PATIENCE = 60
"""Seconds until a server must answer that was just started."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server of the pages in its own process."""

    address: str
    pid: int

    def processor_seconds(self) -> float:
        """How long it has kept a processor busy; NaN where there is no /proc."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.is_file():
            return nan
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(url: str) -> Iterator[Server]:
    """Serve the database as `rota serve` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    command = [
        sys.executable,
        "-c",
        "from rota.cli import main; main()",
        "serve",
        "--listen",
        listen,
    ]
    environment = {**os.environ, "ROTA_DATABASE_URL": url}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait(lambda: requests.get(f"http://{listen}/health", timeout=5).ok)
            yield Server(f"http://{listen}", process.pid)
        finally:
            process.terminate()


def _wait(is_ready: Callable[[], bool]) -> None:
    for _ in range(10 * _PATIENCE):
        try:
            if is_ready():
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


@contextmanager
def solving(problem: Problem) -> Iterator[None]:
    """Plan the problem in a process of its own meanwhile, by one thread."""
    process = get_context("spawn").Process(target=_solve, args=(problem,), daemon=True)
    process.start()
    time.sleep(5)
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _solve(problem: Problem) -> None:
    while True:
        plan(problem, seconds=600, seed=0, workers=1)
