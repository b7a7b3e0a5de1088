"""Serves the pages of the example on this machine alone, with a worker beside them."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from rota import logs
from rota.demo.example import SignIn
from rota.demo.folder import HOST, LOG, log_into, open_example, settings_in
from rota.errors import RotaError
from rota.jobs.worker import make_worker
from rota.process import call_when_parent_ends, handle_stop_signals
from rota.settings import Settings
from rota.store.databases.database import Database
from web.serving import PortTaken, serve

PORTS_TRIED = 20

_PATIENCE = 20
"""Seconds that the worker has to end."""


def serve_example(
    folder: Path, *, path: Path, port: int, seconds: float, say: Callable[[str], None]
) -> None:
    """Serve the example in the folder until Ctrl-C; it is made first, if it is not there.

    `seconds` is the time to plan the unit of the path. It is served at the port, or at the next one
    that is free. Raises RotaError if none is.
    """
    with handle_stop_signals(lambda *_: sys.exit()):
        sign_ins = open_example(folder, path=path, seconds=seconds, say=say)
        with log_into(folder / LOG), ExitStack() as beside:
            for number in range(port, port + PORTS_TRIED):
                settings = settings_in(folder, port=number)
                welcome = partial(_welcome, beside, settings, folder, sign_ins, say)
                try:
                    return serve(settings, listen=f"{HOST}:{number}", announce=welcome)
                except PortTaken:
                    say(f"Port {number} is taken; trying the next.")
    raise RotaError(f"No port from {port} to {port + PORTS_TRIED - 1} is free. Name one: --port")


def _welcome(
    beside: ExitStack,
    settings: Settings,
    folder: Path,
    sign_ins: tuple[SignIn, ...],
    say: Callable[[str], None],
    address: str,
) -> None:
    """Let a worker begin, now that browsers can ask, and say where and as whom."""
    beside.enter_context(_run_worker(settings))
    say(f"\nRota is at {address}. Open it in a browser, and sign in as one of these:\n")
    for sign_in in sign_ins:
        say(f"  {sign_in.position:<14} {sign_in.email:<40} {sign_in.password}")
    say(
        f"\nEverything is kept in {folder}: messages in {folder / 'outbox'}, what happens in "
        f"{folder / LOG}.\nTo begin anew, remove that folder. Ctrl-C ends this."
    )


@contextmanager
def _run_worker(settings: Settings) -> Iterator[None]:
    """Run a worker in a process of its own, which ends with this block, or with this process."""
    process = multiprocessing.get_context("spawn").Process(target=_work, args=(settings,))
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join(_PATIENCE)
        process.kill()
        process.join()


def _work(settings: Settings) -> None:
    """Work until told to end, or until whoever began it has ended."""
    logs.configure(settings.log_format)
    database = Database(settings.database_url)
    with make_worker(database, settings) as worker:
        call_when_parent_ends(worker.stop)
        worker.work_for_ever()
    database.close()
