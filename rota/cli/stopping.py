"""Ctrl-C, and requests to terminate."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stop:
    """Keeps a request to stop until the search can heed it; a second one is heeded at once."""

    def __init__(self) -> None:
        self.is_asked = False

    def __call__(self, *_: object) -> None:
        if self.is_asked:
            raise KeyboardInterrupt
        self.is_asked = True


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Let Ctrl-C, and a request to terminate, end the search with the best rota so far."""
    stop = Stop()
    with stopped_by(stop):
        yield stop


@contextmanager
def stopped_by(handler: Callable[..., None]) -> Iterator[None]:
    """Have Ctrl-C, and a request to terminate, call the handler and do nothing else."""
    before = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, its in before.items():
            signal.signal(number, its)
