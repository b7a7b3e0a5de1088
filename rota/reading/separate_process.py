"""Reading in a process of its own, which ends where a file would take too much of the machine.

A workbook or an archive of a few kilobytes can hold gigabytes, whatever is counted beforehand and
whichever library reads it. Only so many are read at once, so that others need not wait for them.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any, Concatenate, ParamSpec, TypeVar

from rota.errors import BadInput, Conflict, Fault
from rota.reading import process_limits

P = ParamSpec("P")
T = TypeVar("T")

_CHILD = "rota.reading.separate_process_main"

_AT_ONCE, _WAITING = (
    BoundedSemaphore(process_limits.AT_ONCE),
    BoundedSemaphore(process_limits.WAITING),
)

_ALLOWED = {
    ("builtins", "frozenset"),
    ("datetime", "date"),
    ("datetime", "time"),
    ("rota.errors", "Fault"),
    ("rota.reading.problem", "GivenUnit"),
}
"""What an answer may hold besides objects of the domain."""


def read_apart(
    read: Callable[Concatenate[Path, P], T], path: Path, *args: P.args, **kwargs: P.kwargs
) -> T:
    """What the function, one of a module, makes of the file.

    Raises BadInput as the function does, and where the file takes too much time or memory;
    Conflict where too many others are being read.
    """
    request = pickle.dumps((read, path, args, kwargs))
    with _wait_for_turn(), TemporaryDirectory() as scratch:
        try:
            process = subprocess.run(
                [sys.executable, "-P", "-m", _CHILD],
                input=request,
                capture_output=True,
                env=_build_environment(scratch),
                timeout=process_limits.LONGEST_WAIT,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise _build_refusal(path, process_limits.TOO_SLOW) from late
    return _read_answer(path, process)  # type: ignore[no-any-return]


@contextmanager
def _wait_for_turn() -> Iterator[None]:
    """Wait until fewer files are being read. Raises Conflict if too many wait already."""
    if not _WAITING.acquire(blocking=False):
        raise Conflict("Other files are being read just now. Try again in a minute.")
    try:
        with _AT_ONCE:
            yield
    finally:
        _WAITING.release()


def _build_environment(scratch: str) -> Mapping[str, str]:
    """The child's environment: this program, a folder that goes with it, and no settings."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("ROTA_")
    }
    places = [str(Path(__file__).parents[2]), *filter(None, [environment.get("PYTHONPATH")])]
    return {**environment, "PYTHONPATH": os.pathsep.join(places), "TMPDIR": scratch}


def _read_answer(path: Path, process: subprocess.CompletedProcess[bytes]) -> Any:
    if process.returncode in _ENDS:
        raise _build_refusal(path, _ENDS[process.returncode])
    if process.returncode:
        raise RuntimeError(f"{path.name} was not read:\n{process.stderr.decode(errors='replace')}")
    value, faults = _PlainUnpickler(io.BytesIO(process.stdout)).load()
    if faults:
        raise BadInput(faults)
    return value


def _build_refusal(path: Path, sentence: str) -> BadInput:
    return BadInput([Fault(path.name, sentence)])


def _list_ends() -> Mapping[int, str]:
    """What it means if the child ends in one of these ways."""
    slow = {-signal.SIGXCPU: process_limits.TOO_SLOW} if hasattr(signal, "SIGXCPU") else {}
    deaths = ("SIGABRT", "SIGBUS", "SIGKILL", "SIGSEGV")
    large = {
        -getattr(signal, name): process_limits.TOO_LARGE for name in deaths if hasattr(signal, name)
    }
    return {process_limits.OUT_OF_MEMORY: process_limits.TOO_LARGE, **slow, **large}


_ENDS = _list_ends()


class _PlainUnpickler(pickle.Unpickler):
    """Makes objects of the domain and plain values, and nothing else that an answer may name."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _ALLOWED or module.startswith("rota.domain."):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
