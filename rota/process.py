"""How a process of Rota behaves: its signals, its parent, and how often it looks for garbage."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_YOUNG, _OLDER, _OLD = 50_000, 20, 20
"""The thresholds of `gc`, of which Python's own are 700, 10 and 10."""


def collect_garbage_rarely() -> None:
    """Look for garbage that refers to itself more rarely, from now on in this process.

    There is hardly any, while limits and seats are made by the hundred thousand: as often as Python
    does by itself, looking takes a third of the time to judge, explain and publish a rota.
    """
    gc.set_threshold(_YOUNG, _OLDER, _OLD)


@contextmanager
def handle_stop_signals(handler: Callable[..., None]) -> Iterator[None]:
    """Have Ctrl-C, and a request to terminate, call the handler and do nothing else."""
    former_handlers = {
        number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, former_handler in former_handlers.items():
            signal.signal(number, former_handler)


def call_when_parent_ends(action: Callable[[], None]) -> None:
    """Call the action, on a thread of its own, when the process that began this one has ended."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        action()

    threading.Thread(target=wait, daemon=True).start()
