"""What every command needs that works with stored units: the database, and who is acting."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from rota.cli.exit_status import print_errors
from rota.moments import now
from rota.services.access.act import Act
from rota.settings import Settings, read_settings
from rota.store.databases.database import Database


@dataclass(frozen=True, slots=True)
class CommandContext:
    """Settings, the database that they name, and the act of whoever gives the command."""

    settings: Settings
    database: Database
    act: Act


def open_database(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command its context as its first argument, and print its errors in words."""

    @click.option(
        "--by", metavar="NAME", default=_find_user, show_default="your login", help="Who is acting."
    )
    @wraps(command)
    def call_with_context(by: str, **rest: Any) -> None:
        with print_errors():
            settings = read_settings()
            database = Database(settings.database_url)
            try:
                command(CommandContext(settings, database, Act(by, _name_machine(), now())), **rest)
            finally:
                database.close()

    return call_with_context


def _find_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def _name_machine() -> str:
    return f"the command line on {socket.gethostname()}"
