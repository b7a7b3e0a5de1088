"""An engine in a process of its own, so that it can be stopped at any instant and never blocks.

Threads write to it and read from it: one that does not read what it is asked, since the machine is
busy or the process is held, keeps nobody waiting.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, NamedTuple

from solver.engine_messages import Answer, Failed, Programme, Question

_log = logging.getLogger(__name__)


class EngineAnswers(NamedTuple):
    """Answers that belong together, and the process they come from."""

    process: int
    answers: tuple[Answer, ...]


class Engine:
    """A handle on one engine, whose answers arrive in the inbox.

    A new process is started when there is none for a question. It is told the programme once.
    """

    def __init__(self, module: str, inbox: SimpleQueue[EngineAnswers]) -> None:
        self.is_busy = False
        self.is_retired = False
        self._module = module
        self._inbox = inbox
        self._process: subprocess.Popen[bytes] | None = None
        self._outbox: SimpleQueue[Programme | Question | None] = SimpleQueue()
        self._known: Programme | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process, if there is none, so that it is ready when a question comes."""
        if self._process is None:
            self._process = _start_process(self._module)
            self._outbox = SimpleQueue()
            self._known = None
            for target, rest in (
                (_write, self._outbox),
                (_listen, self._inbox),
                (_log_errors, self._module),
            ):
                threading.Thread(target=target, args=(self._process, rest), daemon=True).start()
        return self._process

    def ask(self, programme: Programme, question: Question) -> None:
        """Ask about the programme; what was asked before is dropped.

        A retired engine is not asked.
        """
        if self.is_retired:
            return
        if self.is_busy:
            self.drop()
        self.start()
        if self._known is not programme:
            self._outbox.put(programme)
            self._known = programme
        self._outbox.put(question)
        self.is_busy = True

    def owns(self, message: EngineAnswers) -> bool:
        """Whether the message comes from this engine and answers its present question."""
        return self._process is not None and message.process == self._process.pid

    def drop(self) -> None:
        """Give up the present question, and the process with it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._outbox.put(None)
        self._process = None
        self.is_busy = False

    def free(self) -> None:
        """Be ready for another search, in a new process if this one is busy or has ended."""
        if self.is_busy or (self._process is not None and self._process.poll() is not None):
            self.drop()
        self.is_retired = False

    def retire(self) -> None:
        """Ask this engine nothing any more."""
        self.drop()
        self.is_retired = True


def _start_process(module: str) -> subprocess.Popen[bytes]:
    """A process that no Ctrl-C reaches, since its parent decides what becomes of it.

    It finds modules where its parent does, whatever there is in the folder where that was started.
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )


def _write(
    process: subprocess.Popen[bytes], outbox: SimpleQueue[Programme | Question | None]
) -> None:
    """Pass the messages on until None comes or the process dies, which the listener tells."""
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as stream:
        while (message := outbox.get()) is not None:
            pickle.dump(message, stream)
            stream.flush()


def _listen(process: subprocess.Popen[bytes], inbox: SimpleQueue[EngineAnswers]) -> None:
    """Pass the answers on until the process ends."""
    assert process.stdout is not None
    try:
        while True:
            inbox.put(EngineAnswers(process.pid, _read(process.stdout)))
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        process.stdout.close()
        inbox.put(EngineAnswers(process.pid, (Failed("An engine's process has ended."),)))


def _log_errors(process: subprocess.Popen[bytes], module: str) -> None:
    """Log what the process says besides, so that it looks like all else that is logged."""
    assert process.stderr is not None
    with process.stderr as stream:
        for line in stream:
            _log.warning("%s: %s", module, line.decode(errors="replace").rstrip())


def _read(stream: IO[bytes]) -> tuple[Answer, ...]:
    answers: tuple[Answer, ...] = pickle.load(stream)
    return answers
