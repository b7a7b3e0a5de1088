"""The command that lets one try Rota with an example: demo."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from rota import logs
from rota.cli.exits import telling_errors
from rota.cli.stopping import stopped_by
from rota.errors import RotaError
from rota.jobs.crew import crew_of
from rota.jobs.example import SignIn, make_example
from rota.jobs.worker import Worker
from rota.moments import now
from rota.services.access.act import Act
from rota.services.publishing.mail_transport import build_post
from rota.settings import Settings
from rota.store.databases import schema
from rota.store.databases.database import Database
from web.serving import PortTaken, serve

HOST = "127.0.0.1"

PORTS_TRIED = 20

_DATABASE, _SIGN_INS, _LOG = "rota.db", "sign-ins.txt", "rota.log"

_ERRORS = 2
"""The number of the standard error stream."""

_PATIENCE = 20
"""Seconds that the worker has to end."""


@click.command("demo")
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Where the example is kept.",
)
@click.option(
    "--port",
    metavar="NUMBER",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Where browsers of this machine ask; the next that is free, if it is taken.",
)
@click.option(
    "--seconds",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True, max=3600),
    default=6.0,
    show_default=True,
    help="Time to plan the example, once.",
)
def demo_command(path: Path, folder: Path, port: int, seconds: float) -> None:
    """Keep the unit of INPUT as if it began this week, and serve its pages on this machine alone.

    The unit is planned and published, and a worker works beside the pages. Another time it goes on
    with what is there. Ctrl-C ends it.
    """
    with telling_errors(), stopped_by(_stop):
        people = _example(path, folder, seconds)
        with _logging_into(folder / _LOG):
            _serve(folder, port, people)


def _stop(*_: object) -> None:
    sys.exit()


def _example(path: Path, folder: Path, seconds: float) -> tuple[SignIn, ...]:
    """Who may sign in to the example in the folder, which is made if it is not there."""
    if not (folder / _DATABASE).exists():
        click.echo(f"Planning {path} for {seconds:g} seconds at most, and publishing it ...")
        return _made(path, folder, seconds)
    if not (folder / _SIGN_INS).exists():
        raise RotaError(
            f"{folder / _DATABASE} is no example. Name another folder, such as --folder example"
        )
    database = Database(_settings(folder, 0).database_url)
    schema.upgrade(database)
    database.close()
    lines = (folder / _SIGN_INS).read_text(encoding="utf-8").splitlines()
    return tuple(SignIn(*line.split("\t")) for line in lines)


def _made(path: Path, folder: Path, seconds: float) -> tuple[SignIn, ...]:
    """Make the example, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as beside:
        database = Database(_settings(Path(beside), 0).database_url)
        with _logging_into(folder / _LOG):
            people = make_example(
                database, Act("the example", HOST, now()), path=path, seconds=seconds
            )
        database.close()
        _keep_sign_ins(folder / _SIGN_INS, people)
        (Path(beside) / _DATABASE).rename(folder / _DATABASE)
    return people


def _keep_sign_ins(path: Path, people: tuple[SignIn, ...]) -> None:
    """Keep the passwords for nobody else's eyes; the database has only what tells them apart."""
    path.unlink(missing_ok=True)
    lines = (f"{its.what}\t{its.email}\t{its.password}\n" for its in people)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(lines)


def _settings(folder: Path, port: int) -> Settings:
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


def _serve(folder: Path, port: int, people: tuple[SignIn, ...]) -> None:
    """Serve the pages at the port or the next free one, with a worker beside them."""
    with ExitStack() as beside:
        for number in range(port, port + PORTS_TRIED):
            settings = _settings(folder, number)
            told = partial(_begin, beside, settings, folder, people)
            try:
                return serve(settings, listen=f"{HOST}:{number}", told=told)
            except PortTaken:
                click.echo(f"Port {number} is taken; trying the next.")
    raise RotaError(f"No port from {port} to {port + PORTS_TRIED - 1} is free. Name one: --port")


def _begin(
    beside: ExitStack, settings: Settings, folder: Path, people: tuple[SignIn, ...], address: str
) -> None:
    """Let a worker begin, now that browsers can ask, and say where and as whom."""
    beside.enter_context(_worker(settings))
    click.echo(f"\nRota is at {address}. Open it in a browser, and sign in as one of these:\n")
    for its in people:
        click.echo(f"  {its.what:<14} {its.email:<40} {its.password}")
    click.echo(
        f"\nEverything is kept in {folder}: messages in {folder / 'outbox'}, what happens in "
        f"{folder / _LOG}.\nTo begin anew, remove that folder. Ctrl-C ends this."
    )


@contextmanager
def _worker(settings: Settings) -> Iterator[None]:
    """A worker in a process of its own, which ends with this block, or with this process."""
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
    worker = Worker(database, settings, crew_of(settings), build_post(settings))
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        parent.join()
        worker.stop()

    threading.Thread(target=end_with_parent, daemon=True).start()
    with stopped_by(lambda *_: worker.stop()):
        worker.work_for_ever()
    database.close()


@contextmanager
def _logging_into(path: Path) -> Iterator[None]:
    """Have this process and its children tell errors, and all they log, to the end of a file."""
    sys.stderr.flush()
    before = os.dup(_ERRORS)
    with path.open("a", encoding="utf-8") as file:
        os.dup2(file.fileno(), _ERRORS)
    try:
        logs.configure("console")
        yield
    finally:
        sys.stderr.flush()
        os.dup2(before, _ERRORS)
        os.close(before)


COMMANDS = (demo_command,)
