"""The folder in which the example is kept: its database, its log, and who may sign in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rota import logs
from rota.demo.example import SignIn, make_example
from rota.errors import RotaError
from rota.moments import now
from rota.services.access.act import Act
from rota.settings import Settings
from rota.store.databases import schema
from rota.store.databases.database import Database

HOST = "127.0.0.1"

LOG = "rota.log"

_DATABASE, _SIGN_INS = "rota.db", "sign-ins.txt"

_ERRORS = 2
"""The number of the standard error stream."""


def open_example(
    folder: Path, *, path: Path, seconds: float, say: Callable[[str], None]
) -> tuple[SignIn, ...]:
    """Who may sign in to the example in the folder, which is made if it is not there."""
    if not (folder / _DATABASE).exists():
        say(f"Planning {path} for {seconds:g} seconds at most, and publishing it ...")
        return _make(folder, path, seconds)
    if not (folder / _SIGN_INS).exists():
        raise RotaError(
            f"{folder / _DATABASE} is no example. Name another folder, such as --folder example"
        )
    database = Database(settings_in(folder).database_url)
    schema.upgrade(database)
    database.close()
    lines = (folder / _SIGN_INS).read_text(encoding="utf-8").splitlines()
    return tuple(SignIn(*line.split("\t")) for line in lines)


def settings_in(folder: Path, *, port: int = 0) -> Settings:
    """Settings of the example's own: whatever is set for a real one, it sends nobody a mail."""
    return Settings(
        database_url=f"sqlite:///{folder / _DATABASE}",
        mail_folder=folder / "outbox",
        smtp_host="",
        notify_key="",
        cluster="",
        processes=1,
        public_url=f"http://{HOST}:{port}",
        trusted_proxy="",
        sso_issuer="",
        log_format="console",
    )


@contextmanager
def log_into(path: Path) -> Iterator[None]:
    """Have this process and its children tell errors, and all they log, to the end of a file."""
    sys.stderr.flush()
    former_errors = os.dup(_ERRORS)
    with path.open("a", encoding="utf-8") as file:
        os.dup2(file.fileno(), _ERRORS)
    try:
        logs.configure("console")
        yield
    finally:
        sys.stderr.flush()
        os.dup2(former_errors, _ERRORS)
        os.close(former_errors)


def _make(folder: Path, path: Path, seconds: float) -> tuple[SignIn, ...]:
    """Make the example, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as beside:
        database = Database(settings_in(Path(beside)).database_url)
        with log_into(folder / LOG):
            sign_ins = make_example(
                database, Act("the example", HOST, now()), path=path, seconds=seconds
            )
        database.close()
        _write_sign_ins(folder / _SIGN_INS, sign_ins)
        (Path(beside) / _DATABASE).rename(folder / _DATABASE)
    return sign_ins


def _write_sign_ins(path: Path, sign_ins: tuple[SignIn, ...]) -> None:
    """Keep the passwords for nobody else's eyes; the database has only what tells them apart."""
    path.unlink(missing_ok=True)
    lines = (f"{sign_in.position}\t{sign_in.email}\t{sign_in.password}\n" for sign_in in sign_ins)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(lines)
