"""A Dask cluster on this machine: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.rota.jobs.workers import Born, Nursery

QUICK = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
"""Settings of Dask for clients that are not to wait long for a scheduler that is gone."""


class DaskCluster:
    """So many workers, which plan a run each; with certificates if a folder has them."""

    def __init__(
        self,
        nursery: Nursery,
        folder: Path,
        *,
        workers: int,
        certificates: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._nursery = nursery
        self._folder = folder
        self._number = workers
        self._certificates = certificates
        self._environment = environment or {}
        scheme = "tls" if certificates else "tcp"
        self.address = f"{scheme}://127.0.0.1:{_free_port()}"

    def __enter__(self) -> Self:
        self.scheduler = self._start("scheduler", "--port", self.address.rpartition(":")[2])
        only = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))
        self.workers = [self._start("worker", self.address, *only) for _ in range(self._number)]
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill_all()
            process.wait()

    @property
    def settings(self) -> Mapping[str, str]:
        """What `rota worker` has to be told."""
        certificates = {"ROTA_CLUSTER_CERTIFICATES": str(self._certificates or "")}
        return {"ROTA_CLUSTER": self.address, **certificates, **QUICK}

    def _start(self, kind: str, *words: str) -> Born:
        where = ("--host", self.address.rpartition(":")[0], "--no-dashboard")
        words = (*words, *where, *self._tls())
        return self._nursery.bear("dask", self._environment, kind=kind, words=words)

    def _tls(self) -> list[str]:
        if not self._certificates:
            return []
        names = {"--tls-ca-file": "ca.pem", "--tls-cert": "cert.pem", "--tls-key": "key.pem"}
        return [word for flag, n in names.items() for word in (flag, str(self._certificates / n))]


def make_certificates(folder: Path) -> None:
    """A certificate that vouches for itself, by the `openssl` of this machine."""
    folder.mkdir()
    out = ("-keyout", folder / "key.pem", "-out", folder / "cert.pem")
    asked = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=rota")
    subprocess.run(["openssl", *asked, *out], check=True, stderr=subprocess.DEVNULL)
    (folder / "ca.pem").write_bytes((folder / "cert.pem").read_bytes())


def _free_port() -> int:
    with socket.socket() as its:
        its.bind(("127.0.0.1", 0))
        port: int = its.getsockname()[1]
        return port
