"""The processes that solve runs: those of this machine, or those of a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Protocol

from rota import logs
from rota.errors import RotaError, say_missing_extra
from rota.planning.stored_runs import plan_claimed_run
from rota.process import call_when_parent_ends, collect_garbage_rarely
from rota.settings import Settings

_TRACKER_WARNING = "ignore:resource_tracker:UserWarning"

CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")


class ProcessPool(Protocol):
    """Solves several runs at once, each in a slot of its own, from 0 to the size less one."""

    @property
    def size(self) -> int:
        """How many slots there are now. Raises RotaError if there never will be any again."""
        ...

    @property
    def deaths(self) -> tuple[type[Exception], ...]:
        """The errors of a run whose process has died."""
        ...

    def send(self, slot: int, claim: str, *, workers: int) -> Future[None]:
        """Have the run of the claim worked on in a slot."""
        ...

    def renew(self, slot: int) -> None:
        """Make a slot usable again after a process of it has died."""
        ...

    def end(self) -> None:
        """End at once, whatever is under way."""
        ...


class LocalPool:
    """Processes of this machine, an executor for each slot, so that none dies with another."""

    deaths = (BrokenProcessPool,)

    def __init__(self, settings: Settings) -> None:
        self.size = settings.processes
        self._settings = settings
        self._executors: dict[int, Executor] = {}
        _start_tracker()

    def send(self, slot: int, claim: str, *, workers: int) -> Future[None]:
        task = _make_task(self._settings, claim, workers)
        try:
            return self._ensure_executor(slot).submit(task)
        except BrokenProcessPool:  # Its process died while it had nothing to do.
            self.renew(slot)
            return self._ensure_executor(slot).submit(task)

    def renew(self, slot: int) -> None:
        self._executors.pop(slot).shutdown(wait=False, cancel_futures=True)

    def end(self) -> None:
        for process in multiprocessing.active_children():
            process.kill()
        for executor in self._executors.values():
            executor.shutdown(wait=True, cancel_futures=True)
        self._executors.clear()

    def _ensure_executor(self, slot: int) -> Executor:
        if slot not in self._executors:
            self._executors[slot] = self._make_executor()
        return self._executors[slot]

    def _make_executor(self) -> Executor:
        return ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin_process,
            initargs=(self._settings.log_format,),
        )


class DaskPool:
    """The processes of a Dask cluster, which reach the same database by the same address."""

    def __init__(self, settings: Settings) -> None:
        try:
            from distributed import Client, KilledWorker, Security
        except ImportError:
            raise RotaError(say_missing_extra("ROTA_CLUSTER", "cluster")) from None
        security = Security(**_find_certificates(settings)) if _is_tls(settings.cluster) else None
        try:
            self._client = Client(settings.cluster, security=security, set_as_default=False)
        except OSError as error:
            raise RotaError(f"ROTA_CLUSTER {settings.cluster} does not answer: {error}") from None
        self.deaths = (KilledWorker, CancelledError)
        self._settings = settings
        self._executor: Executor = self._client.get_executor(pure=False)

    @property
    def size(self) -> int:
        """Dask's processes that the scheduler knows of now; none while it does not answer."""
        if self._client.status == "closed":
            raise RotaError(f"ROTA_CLUSTER {self._settings.cluster} does not answer any more.")
        if self._client.status != "running":
            return 0
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def send(self, slot: int, claim: str, *, workers: int) -> Future[None]:  # noqa: ARG002
        return self._executor.submit(_make_task(self._settings, claim, workers))

    def renew(self, slot: int) -> None:
        """Dask sees to that itself."""

    def end(self) -> None:
        self._client.close()


def make_pool(settings: Settings) -> LocalPool | DaskPool:
    """Make the pool that the settings ask for."""
    return DaskPool(settings) if settings.cluster else LocalPool(settings)


def _make_task(settings: Settings, claim: str, workers: int) -> Callable[[], None]:
    lease = settings.lease_seconds
    return partial(plan_claimed_run, settings.database_url, claim, lease=lease, workers=workers)


def _start_tracker() -> None:
    """Start Python's process that frees what a killed worker leaves, to do so without a word.

    What it would say is a warning on the standard error stream, where all else may be JSON.
    """
    sys.warnoptions.append(_TRACKER_WARNING)  # Python hands these on to the processes it starts.
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions.remove(_TRACKER_WARNING)


def _begin_process(log_format: str) -> None:
    """Have a pool's process write the same logs, and end with its parent, however that ends.

    A signal to the whole group is the parent's to heed, who gives back what is under way.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    logs.configure(log_format)
    logs.catch_everything()
    collect_garbage_rarely()
    call_when_parent_ends(lambda: os._exit(1))


def _is_tls(address: str) -> bool:
    return address.startswith("tls://")


def _find_certificates(settings: Settings) -> dict[str, object]:
    """Find what Dask needs to know whom it speaks to."""
    folder = settings.cluster_certificates or Path()
    ca, cert, key = (folder / name for name in CERTIFICATES)
    for file in (ca, cert, key):
        if not file.is_file():
            raise RotaError(f"ROTA_CLUSTER_CERTIFICATES: there is no {file}.")
    files = {"tls_ca_file": str(ca), "tls_client_cert": str(cert), "tls_client_key": str(key)}
    return {**files, "require_encryption": True}
