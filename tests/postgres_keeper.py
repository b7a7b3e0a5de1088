"""The keeper of a PostgreSQL server: run as a program, it ends when its input does.

It prints the folder of the server's socket, then answers each line, `start` or `stop`, when that
is done. The server cannot run as root: for root it is run by nobody, from a copy where need be.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_DEADLINE = 60
"""Seconds until a start counts as failed; a start takes one at most."""


def main(binaries: Path) -> None:
    # The path of a Unix socket may have about 100 characters, so TMPDIR is not asked.
    with TemporaryDirectory(prefix="rota-pg-", dir="/tmp") as name:
        folder = Path(name)
        identity = _identity(folder)
        server = _reachable(binaries, folder, identity)
        options = "--username=postgres --auth=trust --encoding=UTF8 --no-locale --no-sync"
        subprocess.run(
            [server / "initdb", *options.split(), folder / "data"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            check=True,
            **identity,
        )
        print(folder, flush=True)
        _obey(server, folder, identity)


def _identity(folder: Path) -> dict[str, Any]:
    """How processes are to be started; the folder is theirs."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(binaries: Path, folder: Path, identity: dict[str, Any]) -> Path:
    """The binaries, or a copy in the folder where nobody may not run them."""
    try:
        subprocess.run([binaries / "postgres", "-V"], stdout=subprocess.DEVNULL, **identity)
    except PermissionError:
        copies = folder / "copies"
        copied = _copied(binaries.resolve(), copies)
        for path in (copies, *copies.rglob("*")):
            os.chown(path, identity["user"], identity["group"], follow_symlinks=False)
        return copied
    return binaries


def _copied(binaries: Path, folder: Path) -> Path:
    """A copy of the programs, with what they look for beside them and beside their package."""
    install, package = binaries.parents[:2]
    copied = folder / package.name / install.name
    ignored = shutil.ignore_patterns("include")
    shutil.copytree(install, copied, symlinks=True, ignore=ignored)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return copied / binaries.name


def _obey(server: Path, folder: Path, identity: dict[str, Any]) -> None:
    with ExitStack() as running:
        for line in sys.stdin:
            running.close()
            if line.strip() == "start":
                running.enter_context(_running(server, folder, identity))
            print("done", flush=True)


@contextmanager
def _running(server: Path, folder: Path, identity: dict[str, Any]) -> Iterator[None]:
    log = folder / "log"
    with log.open("a") as output:
        process = subprocess.Popen(
            [server / "postgres", "-D", folder / "data", "-k", folder, "-h", "", "-F"],
            cwd=folder,
            stdout=output,
            stderr=output,
            **identity,
        )
    try:
        _wait(process, folder / "data" / "postmaster.pid", log)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def _wait(process: subprocess.Popen[bytes], status: Path, log: Path) -> None:
    """Wait until the server's status file ends in the word ready."""
    deadline = time.monotonic() + _DEADLINE
    while not (status.exists() and status.read_text().split()[-1:] == ["ready"]):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(log.read_text())
        time.sleep(0.01)


if __name__ == "__main__":
    # A polite end from outside unwinds too, so that nothing is left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    main(Path(sys.argv[1]))
