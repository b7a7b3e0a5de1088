"""A program that has imported everything, from which workers are forked in no time.

It answers an order, a line of JSON, with the number of a new process; or, when asked for one that
has ended, with its exit status. Until then no other process gets that number, so that nobody else
is killed by mistake.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from importlib import import_module
from typing import Any, NoReturn

from rota import logs
from rota.cli import main as rota
from rota.cli.commands import worker  # noqa: F401, the command is loaded when it is called
from rota.jobs import process_pool
from rota.jobs.process_pool import LocalPool
from rota.jobs.worker import POST_LEASE, Worker
from rota.moments import now
from rota.reading import list_bank_holidays
from rota.services.publishing import outbox
from rota.services.publishing.mail_transport import build_post
from rota.settings import Settings, read_settings
from rota.store.databases.database import Database
from tests.rota.jobs.planners import SIGN_FILE, begin_process, watch_and_hold


class WarmPool(LocalPool):
    """A pool whose first process is a fork; only those that take its place begin from nothing.

    It is forked before the database is opened, since SQLite must not be taken into a fork.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._executors[0] = ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context("fork"),
            initializer=_end_with,
            initargs=(os.getpid(),),
        )
        self._executors[0].submit(os.getpid).result()


def warm_worker(_: dict[str, Any]) -> None:
    """Do what `rota worker --until-idle` does."""
    settings = read_settings()
    logs.configure(settings.log_format)
    pool = WarmPool(settings)
    database = Database(settings.database_url)
    Worker(database, settings, pool, build_post(settings)).work_until_idle()


def sender(order: dict[str, Any]) -> None:
    """Send as a worker does, with a clock that goes so many hours ahead."""
    settings = read_settings()
    database, post = Database(settings.database_url), build_post(settings)
    ahead = timedelta(hours=order["ahead"])
    while outbox.send_next(database, post, now=lambda: now() + ahead, lease=POST_LEASE):
        pass


def command(order: dict[str, Any]) -> None:
    """Do what the command line does."""
    rota(order["words"], standalone_mode=False)


def dask(order: dict[str, Any]) -> None:
    """Be a part of a Dask cluster: its scheduler, or a worker."""
    _dask(order["kind"])(order["words"], standalone_mode=False)


def _dask(kind: str) -> Callable[..., None]:
    main: Callable[..., None] = import_module(f"distributed.cli.dask_{kind}").main
    return main


ROLES = {role.__name__: role for role in (warm_worker, sender, command, dask)}


def obey() -> None:
    """Answer orders until there are no more.

    Whoever calls it is no file, or every process that a worker starts would import all of this.
    """
    list_bank_holidays(date.today(), date.today())  # What is imported late is imported now.
    Database("postgresql+psycopg://nobody@localhost/nothing").close()
    process_pool._begin_process = begin_process
    for line in sys.stdin:
        order = json.loads(line)
        answer = _status(order["ended"]) if "ended" in order else _born(order)
        print(answer, flush=True)


def _born(order: dict[str, Any]) -> int:
    if order["role"] == dask.__name__:
        _dask(order["kind"])  # It is imported once, before there are others that need it.
    process = os.fork()
    if not process:
        _live(order)
    return process


def _status(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _live(order: dict[str, Any]) -> NoReturn:
    status = 1
    try:
        os.setsid()
        _write_to(order["log"])
        os.environ.update(order["environment"], **{SIGN_FILE: order["sign"]})
        watch_and_hold()
        if "dask" in sys.modules:
            sys.modules["dask"].config.refresh()  # It has read another environment.
        ROLES[order["role"]](order)
        status = 0
    except SystemExit as ends:
        status = int(ends.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _write_to(log: str) -> None:
    """Let everything that is said go to the end of the log, and nothing come in."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for here, there in ((nothing, 0), (file, 1), (file, 2)):
        os.dup2(here, there)


def _end_with(parent: int) -> None:
    def end_with_parent() -> None:
        while os.getppid() == parent:
            time.sleep(0.02)
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
