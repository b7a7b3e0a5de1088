"""The town of `tests.web.town` behind an app, and people, programs and browsers that call on it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask, current_app, g
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from waitress.server import create_server
from werkzeug.routing import Rule

from rota import logs
from rota.services.access.secrets import compute_digest, make_secret
from rota.settings import Settings
from rota.store.accounts import sessions, users
from rota.store.databases import schema
from rota.store.databases.database import Database
from tests.declared import undeclared
from tests.solver.processes import PATIENCE
from tests.web.town import NOW, build, email_of
from web import create_app
from web.access.request_context import EXTENSION

TOWN_FILE = "town.db"

CHROMIUM = shutil.which("chromium")

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Clock:
    """The clock of an app, which a test can set."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Town:
    """An app on a database of its own, with the town in it."""

    app: Flask
    database: Database
    clock: Clock = field(default_factory=Clock)
    is_lost: bool = False

    def secret_of(self, who: str) -> str:
        """The secret of a new session of that user, begun without the toil of a password."""
        secret = make_secret()
        with self.database.writing() as connection:
            account = users.find_by_email(connection, email_of(who))
            assert account is not None
            sessions.add(connection, account.id, digest=compute_digest(secret), at=self.clock())
        return secret

    def as_(self, who: str | None) -> FlaskClient:
        """A browser without scripts, signed in as that user of the town; nobody if None."""
        client = self.app.test_client()
        if who is not None:
            client.set_cookie("rota", self.secret_of(who))
        return client

    def set(self, **settings: object) -> None:
        """Give the app other settings, as if it had been started with them."""
        its = self.app.extensions[EXTENSION]
        fresh = its.settings.model_copy(update=settings)
        self.app.extensions[EXTENSION] = replace(its, settings=fresh)

    def forget(self) -> None:
        """Let the app forget what it has worked out, as if it had just started."""
        its = self.app.extensions[EXTENSION]
        its.database.close()
        fresh = Database(its.settings.database_url)
        self.app.extensions[EXTENSION] = replace(its, database=fresh)

    def lose(self) -> None:
        """Take the database away from the app, as if its disk were gone."""
        folder = Path(self.app.extensions[EXTENSION].database.engine.url.database).parent
        self.app.extensions[EXTENSION].database.close()
        folder.rename(folder.with_name(f"{folder.name}-gone"))
        self.is_lost = True

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """Collects the statements that the database is asked for meanwhile."""
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            if not statement.startswith(("PRAGMA", "BEGIN")):
                asked.append(statement)

        engine = self.app.extensions[EXTENSION].database.engine
        event.listen(engine, "before_cursor_execute", note)
        yield asked
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(autouse=True)
def _logs() -> None:
    """Log as `rota serve` does."""
    logs.configure("console")


@pytest.fixture(scope="session", autouse=True)
def _addresses_made_once() -> Iterator[None]:
    """Compile each address of an app once, although every test has an app of its own.

    What makes addresses depends on their rules alone, and these are the same in all apps.
    """
    compile_ = Rule._compile_builder
    made: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}

    def make(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, str(rule.defaults), append_unknown)
        if key not in made:
            made[key] = compile_(rule, append_unknown)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", make)
        yield


@pytest.fixture(scope="session")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town in a SQLite file, to be copied for each test."""
    path = tmp_path_factory.mktemp("town") / "rota.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    build(database)
    with database.writing() as connection:
        connection.exec_driver_sql("SELECT 1")
    database.close()
    return path


@pytest.fixture
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    """The town, in which a test may do as it likes. Forms need no CSRF token here.

    It has a draft if the test asks for `drafted`. Whatever the test has the audit keep says who
    reads it.
    """
    file = "drafted_file" if "drafted" in request.fixturenames else "town_file"
    with town_at(request.getfixturevalue(file), tmp_path) as town:
        town.app.config["WTF_CSRF_CHECK_DEFAULT"] = False
        town.app.before_request(_trust_forms)
        yield town
        if not town.is_lost:
            assert undeclared(town.database) == set()


def _trust_forms() -> None:
    """Take forms without a token, unless tokens are asked for."""
    g.csrf_valid = not current_app.config["WTF_CSRF_CHECK_DEFAULT"]


@contextmanager
def town_at(file: Path, folder: Path, **settings: object) -> Iterator[Town]:
    """A copy of the town in that folder, under these settings."""
    path = folder / TOWN_FILE
    shutil.copy(file, path)
    url = f"sqlite:///{path}"
    clock = Clock()
    kept = {"database_url": url, "mail_folder": folder / "outbox", **settings}
    app = create_app(Settings(**kept), clock=clock)
    app.testing = True
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(f"{file.parent}")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    database = Database(url)
    try:
        yield Town(app, database, clock)
    finally:
        app.extensions[EXTENSION].database.close()
        database.close()


@pytest.fixture
def served(town: Town) -> Iterator[str]:
    """The address at which the town answers to browsers."""
    town.app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    server = create_server(town.app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium():
    """A Chromium without a window."""
    if CHROMIUM is None:
        pytest.skip("There is no chromium here; on Debian: apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def become(town: Town, served: str) -> Callable[..., None]:
    """Makes a page of a browser that of a user of the town, or of nobody who is signed in."""

    def become_(page, who: str | None) -> None:
        page.context.clear_cookies()
        if who is not None:
            cookie = {"name": "rota", "value": town.secret_of(who), "url": served}
            page.context.add_cookies([cookie])

    return become_


@pytest.fixture
def open_as(chromium, become: Callable[..., None], served: str) -> Iterator[Callable[..., object]]:
    """Opens a page of a browser, signed in as a user of the town: `open_as("manager", "/")`."""
    contexts = []

    def open_(who: str | None, path: str = "/", *, width: int = 1280, height: int = 900):
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        become(page, who)
        page.goto(f"{served}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
