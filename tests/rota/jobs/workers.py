"""Workers as processes: born, watched, killed, and known by a mark that their children inherit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tests.rota.jobs.stages import Sign, Stage
from tests.solver.processes import PATIENCE, PROC, is_alive

ROOT = Path(__file__).parents[3]
_MARK = "ROTA_TESTS_MARK"


class Born:
    """A process and all that came of it."""

    def __init__(self, process: int, log: Path, sign: Path) -> None:
        self.process = process
        self.log_file = log
        self._sign = Sign(sign)

    @property
    def stage(self) -> Stage:
        return self._sign.stage

    @property
    def is_alive(self) -> bool:
        return is_alive(self.process)

    @property
    def said(self) -> list[dict[str, Any]]:
        """Every whole line of the log, which is JSON."""
        lines = self.log_file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    @property
    def text(self) -> str:
        return self.log_file.read_text(encoding="utf-8")

    @property
    def begun(self) -> Counter[int]:
        """How often it began each run."""
        return Counter(line["run"] for line in self.said if line["event"] == "run begins")

    def children(self) -> list[int]:
        """The living processes of its session but itself; engines have sessions of their own."""
        return [
            process
            for process in _processes()
            if process != self.process and _session(process) == self.process and is_alive(process)
        ]

    def planners(self) -> list[int]:
        """Its children that work on runs."""
        return [process for process in self.children() if "spawn_main" in _command(process)]

    def handles(self) -> int:
        """The files and the like that it and its planners hold open."""
        held = (PROC / str(process) / "fd" for process in (self.process, *self.planners()))
        return sum(len([*folder.iterdir()]) for folder in held)

    def kill_alone(self) -> None:
        kill(self.process)

    def kill_children(self) -> None:
        for child in self.children():
            kill(child)

    def kill_all(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process, signal.SIGKILL)

    def tell_all(self, number: signal.Signals) -> None:
        """Send a signal as a terminal and service managers do: to all at once."""
        os.killpg(self.process, number)

    def wait(self) -> bool:
        """Whether it ends."""
        return wait_for(lambda: not self.is_alive)


class Nursery:
    """The program of the same name, under way; whatever comes of it bears its mark."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = f"{_MARK}={folder}"
        self._number = 0

    def __enter__(self) -> Self:
        self._program = subprocess.Popen(
            [sys.executable, "-c", "from tests.rota.jobs.nursery import obey; obey()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, _MARK: str(self._folder), "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_living()
        self._program.communicate()

    def bear(self, role: str, environment: Mapping[str, str], **details: Any) -> Born:
        """A new process in that role of the program's."""
        self._number += 1
        log, sign = (self._folder / f"{self._number}.{kind}" for kind in ("log", "sign"))
        log.touch()
        sign.write_bytes(bytes([Stage.NOTHING]))
        order = {"role": role, "log": str(log), "sign": str(sign), **details}
        process = self._answer({**order, "environment": dict(environment)})
        return Born(process, log, sign)

    def run(self, environment: Mapping[str, str], *words: str) -> Born:
        """The command line with these words."""
        return self.bear("command", environment, words=words)

    def status(self, ended: Born) -> int:
        """The exit status of a process that has ended."""
        return self._answer({"ended": ended.process})

    def living(self) -> list[int]:
        """Every living process that came of it, in whatever session."""
        mark = self._mark.encode()
        return [
            process
            for process in _processes()
            if process != self._program.pid
            and mark in _of(process, "environ").split(b"\0")
            and is_alive(process)
        ]

    def kill_living(self) -> None:
        for process in self.living():
            kill(process)

    def wait_until_empty(self) -> bool:
        return wait_for(lambda: not self.living())

    def _answer(self, order: Mapping[str, Any]) -> int:
        assert self._program.stdin
        assert self._program.stdout
        print(json.dumps(order), file=self._program.stdin, flush=True)
        return int(self._program.stdout.readline())


def wait_for(condition: Callable[[], bool], *, pause: float = 0.02) -> bool:
    """Whether the condition comes true."""
    until = time.monotonic() + PATIENCE
    while not (is_true := condition()) and time.monotonic() < until:
        time.sleep(pause)
    return is_true


def _processes() -> Iterator[int]:
    return map(int, filter(str.isdigit, (path.name for path in PROC.iterdir())))


def _command(process: int) -> str:
    return _of(process, "cmdline").decode(errors="replace").replace("\0", " ")


def _session(process: int) -> int:
    fields = _of(process, "stat").rpartition(b")")[2].split()
    return int(fields[3]) if fields else 0


def _of(process: int, file: str) -> bytes:
    """What Linux tells of a process; nothing if it is gone."""
    try:
        return (PROC / str(process) / file).read_bytes()
    except OSError:
        return b""


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
