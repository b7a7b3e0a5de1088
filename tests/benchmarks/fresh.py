"""A call in a fresh process, and the memory that it and its children take."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, TypeVar

from tests.benchmarks.memory import resident

T = TypeVar("T")

_EVERY = 1 / 20
"""Seconds between two looks at the memory."""


class Measured(NamedTuple):
    """What a call gave, and its peak memory in bytes; None where there is no /proc."""

    result: Any
    peak: int | None


def measured(
    function: Callable[..., T], *args: object, memory: Callable[[int], int] = resident
) -> Measured:
    """Call the function in a process of its own. Raises RuntimeError if the process fails."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(theirs, function, args))
    process.start()
    theirs.close()
    peak = 0
    try:
        while not ours.poll(_EVERY):
            peak = max(peak, memory(process.pid or 0))
        result = ours.recv()
    except EOFError:
        raise RuntimeError(f"{function.__name__} failed") from None
    finally:
        process.join()
    return Measured(result, peak or None)


def _call(connection: Connection, function: Callable[..., T], args: tuple[object, ...]) -> None:
    connection.send(function(*args))
