"""A worker: claims runs, has them solved, begins nights and sends messages."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog

from rota.jobs.clock import run_clock
from rota.jobs.night import begin_night_if_due
from rota.jobs.process_pool import ProcessPool, make_pool
from rota.moments import now
from rota.process import handle_stop_signals
from rota.sending import Post
from rota.services.publishing import outbox
from rota.services.publishing.mail_transport import build_post
from rota.services.runs import claims, run_status
from rota.settings import Settings
from rota.store.databases.database import Database, DatabaseError, Unreachable
from rota.store.runs.runs import RUNNING, WAITING, Run

PAUSE = 0.5
"""Seconds between two looks for runs that wait, or that have ended."""

SEND_EVERY = 5.0
"""Seconds between two looks into the outbox."""

POST_LEASE = timedelta(minutes=10)
"""A message is taken for so long; no post may need more for one."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _UnderWay:
    claim: str
    future: Future[None]


class Worker:
    """One process that keeps rotas true; any number may share a database."""

    def __init__(
        self, database: Database, settings: Settings, pool: ProcessPool, post: Post
    ) -> None:
        self.name = f"{socket.gethostname()}/{os.getpid()}"
        self._database = database
        self._settings = settings
        self._pool = pool
        self._post = post
        self._lease = timedelta(seconds=settings.lease_seconds)
        self._stop = threading.Event()
        self._under_way: dict[int, _UnderWay] = {}

    def stop(self) -> None:
        """End soon; runs that are under way are given back."""
        self._stop.set()

    def work_for_ever(self) -> None:
        """Work until told to stop."""
        begin_and_send = run_clock(
            night_at=self._settings.night_at,
            begin_night=self.begin_night,
            show_life=self.show_life,
            life_every=self._settings.lease_seconds / 3,
            send=self.send_all,
            send_every=SEND_EVERY,
        )
        with self._log_and_show_life():
            self.begin_night()
            with begin_and_send, self._give_runs_back_at_end():
                while not self._stop.wait(PAUSE):
                    with self._try_again_later():
                        self._look_after_runs()

    def work_until(self, run_ids: Collection[int]) -> None:
        """Work until these runs have ended, then send. Other workers may work on them too."""
        with self._give_runs_back_at_end():
            self._work_until(lambda: self._have_ended(run_ids))
        self.send_all()

    def work_until_idle(self) -> None:
        """Work until nothing waits: no run and no message that is due.

        What other workers are at counts too, since they may have died over it: then it is free
        again when their lease has ended. A message that is tried again later does not count.
        """
        with self._give_runs_back_at_end():
            self._work_until(self._is_idle)

    def _work_until(self, is_done: Callable[[], bool]) -> None:
        has_ended = False
        while not has_ended and not self._stop.wait(PAUSE / 5):
            with self._try_again_later():
                self._look_after_runs()
                has_ended = is_done()

    def begin_night(self) -> None:
        """Begin tonight's runs if it is time and nobody did."""
        run_ids = begin_night_if_due(
            self._database,
            place=self.name,
            now=now(),
            night_at=self._settings.night_at,
            seconds=self._settings.plan_seconds,
        )
        if run_ids is not None:
            _log.info("night begins", runs=len(run_ids))

    def show_life(self) -> None:
        """Tell the database that this worker is alive."""
        claims.mark_alive(self._database, self.name, at=now())

    def send_all(self) -> None:
        """Send every message that is due."""
        while not self._stop.is_set():
            message = outbox.send_next(self._database, self._post, now=now, lease=POST_LEASE)
            if message is None:
                return

    @contextmanager
    def _log_and_show_life(self) -> Iterator[None]:
        """Show life, and take leave in the end."""
        self.show_life()
        _log.info("worker begins", worker=self.name, places=self._pool.size)
        yield
        with self._try_again_later():
            claims.remove_worker(self._database, self.name)
        _log.info("worker ends", worker=self.name)

    @contextmanager
    def _give_runs_back_at_end(self) -> Iterator[None]:
        """End the pool in the end, and give back the runs that were under way."""
        try:
            yield
        finally:
            self._pool.end()
            with self._try_again_later():
                for under_way in self._under_way.values():
                    claims.give_back(self._database, claim=under_way.claim)
            self._under_way.clear()

    @contextmanager
    def _try_again_later(self) -> Iterator[None]:
        """Wait a while when the database fails: whatever is not done by then is done later."""
        try:
            yield
        except DatabaseError as error:
            _log.warning("failed, tried again later", why=str(error))
            self._stop.wait(5 * PAUSE)

    def _look_after_runs(self) -> None:
        self._collect()
        self._claim()

    def _collect(self) -> None:
        """See to the runs that have ended, or whose process has."""
        for slot, under_way in list(self._under_way.items()):
            if under_way.future.done():
                self._end_run(slot, under_way)
                del self._under_way[slot]

    def _end_run(self, slot: int, under_way: _UnderWay) -> None:
        """Give the run back, or keep why it failed, if it did not end well."""
        error = _find_error(under_way.future)
        if isinstance(error, self._pool.deaths):
            _log.error("a process died", claim=under_way.claim)
            claims.give_back(self._database, claim=under_way.claim, is_counted=True)
            self._pool.renew(slot)
        elif isinstance(error, Unreachable):
            claims.give_back(self._database, claim=under_way.claim)
        elif error is not None:
            _log.error("run ended by an error", claim=under_way.claim, exc_info=error)
            reason = f"{type(error).__name__}: {error}"
            claims.fail(self._database, claim=under_way.claim, error=reason, now=now())

    def _claim(self) -> None:
        for slot in range(self._pool.size):
            if slot in self._under_way:
                continue
            claim = claims.claim_next(
                self._database,
                worker=self.name,
                now=now(),
                lease=self._lease,
                attempts=self._settings.attempts,
            )
            if claim is None:
                return
            self._under_way[slot] = _UnderWay(claim, self._send(slot, claim))

    def _send(self, slot: int, claim: str) -> Future[None]:
        return self._pool.send(slot, claim, workers=1 if self._under_way else 2)

    def _have_ended(self, run_ids: Collection[int]) -> bool:
        return not self._under_way and not any(run.id in run_ids for run in self._find_runs_left())

    def _is_idle(self) -> bool:
        """Whether nothing is left to do; if no run is left, what is due is sent first."""
        if self._under_way or self._find_runs_left():
            return False
        self.send_all()
        return not outbox.count_under_way(self._database, now=now())

    def _find_runs_left(self) -> tuple[Run, ...]:
        return run_status.list_in_states(self._database, WAITING, RUNNING)


@contextmanager
def make_worker(database: Database, settings: Settings) -> Iterator[Worker]:
    """A worker that ends its work, rather than its process, on Ctrl-C or a request to terminate."""
    worker = Worker(database, settings, make_pool(settings), build_post(settings))
    with handle_stop_signals(lambda *_: worker.stop()):
        yield worker


def _find_error(future: Future[None]) -> BaseException | None:
    """What ended a future that is done, if anything did."""
    return CancelledError() if future.cancelled() else future.exception()
