"""The inside of an engine's process: reads questions, writes answers, ends with its parent."""

from __future__ import annotations

import math
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any, BinaryIO, Protocol

from solver.engine_messages import Answer, Failed, Programme, Question

_FUZZ = 1e-6


class Tell(Protocol):
    """Sends answers that belong together, so that they are heard together."""

    def __call__(self, *answers: Answer) -> None: ...


Answerer = Callable[[Programme, Question, Tell], None]


def serve(answer: Answerer) -> None:
    """Answer the questions that come on standard input, each about the last programme before it."""
    out = _claim_standard_output()
    lock = threading.Lock()

    def tell(*answers: Answer) -> None:
        with lock, _end_with_parent():
            pickle.dump(answers, out)
            out.flush()

    messages: SimpleQueue[Programme | Question] = SimpleQueue()
    programme: Programme = _read_next()
    threading.Thread(target=_read, args=(messages,), daemon=True).start()
    while True:
        question = messages.get()
        if isinstance(question, Programme):
            programme = question
            continue
        try:
            answer(programme, question, tell)
        except Exception as error:  # Whatever an engine throws has to reach the parent.
            tell(Failed(f"An engine broke: {type(error).__name__}: {error}"))


def round_bound(bound: float, scale: int = 1) -> int:
    """The whole number of 1/`scale` of a cost that a bound proves.

    That is if its error is below a millionth of it or of 1.
    """
    return math.ceil((bound - _FUZZ * max(1.0, abs(bound))) * scale)


def _read(messages: SimpleQueue[Programme | Question]) -> None:
    while True:
        messages.put(_read_next())


def _read_next() -> Any:
    with _end_with_parent():
        return pickle.load(sys.stdin.buffer)


@contextmanager
def _end_with_parent() -> Iterator[None]:
    """End without a word where a pipe to the parent has ended, in the middle of a message or not.

    Nobody waits for what was asked then, and nobody would hear of it.
    """
    try:
        yield
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)


def _claim_standard_output() -> BinaryIO:
    """Keep standard output for answers; what an engine prints goes to standard error."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return out
