"""A call in a fresh process, and the memory that it and its children take."""

from __future__ import annotations

import multiprocessing
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

_EVERY = 1 / 20
"""Seconds between two looks at the memory."""

_PROC = Path("/proc")


class Measured(NamedTuple):
    """What a call gave, and its peak memory in bytes; None where there is no /proc."""

    result: Any
    peak: int | None


def measured(function: Callable[..., T], *args: object) -> Measured:
    """Call the function in a process of its own. Raises RuntimeError if the process fails."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(theirs, function, args))
    process.start()
    theirs.close()
    peak = 0
    try:
        while not ours.poll(_EVERY):
            peak = max(peak, _memory(process.pid))
        result = ours.recv()
    except EOFError:
        raise RuntimeError(f"{function.__name__} failed") from None
    finally:
        process.join()
    return Measured(result, peak or None)


def _call(connection: Connection, function: Callable[..., T], args: tuple[object, ...]) -> None:
    connection.send(function(*args))


def _memory(root: int | None) -> int:
    """Bytes in memory of a process and all below it; a page that two share counts twice."""
    if not _PROC.is_dir():
        return 0
    children: dict[int, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for pid, parent, size in _processes():
        children[parent].append(pid)
        sizes[pid] = size
    total, found = 0, [root or 0]
    while found:
        pid = found.pop()
        total += sizes.get(pid, 0)
        found.extend(children[pid])
    return total


def _processes() -> Iterator[tuple[int, int, int]]:
    """Number, parent's number and bytes in memory of every process."""
    page = os.sysconf("SC_PAGESIZE")
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue  # The process has ended since.
            fields = stat.rpartition(")")[2].split()
            yield int(folder.name), int(fields[1]), int(fields[21]) * page
