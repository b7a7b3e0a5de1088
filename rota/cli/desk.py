"""What every command needs that works with stored units: the database, and who is acting."""

from __future__ import annotations

import getpass
import json
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from rota.cli.exits import telling_errors
from rota.moments import now
from rota.services.access.act import Act
from rota.settings import Settings, read_settings
from rota.store.databases.database import Database

UNIT = click.option("--unit", required=True, metavar="NAME", help="The unit.")
SOME_UNIT = click.option("--unit", metavar="NAME", help="Only this unit.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
ACKNOWLEDGE = click.option(
    "--acknowledge",
    is_flag=True,
    help="Publish although more of the first levels is broken then, which you answer for.",
)
MOST = click.option(
    "--most", type=click.IntRange(min=1), default=50, show_default=True, help="Rows at most."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Settings, the database that they name, and the act of whoever gives the command."""

    settings: Settings
    database: Database
    act: Act


def at_desk(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command a desk as its first argument, and tell its errors in words."""

    @click.option(
        "--by", metavar="NAME", default=_user, show_default="your login", help="Who is acting."
    )
    @wraps(command)
    def at_its_desk(by: str, **rest: Any) -> None:
        with telling_errors():
            settings = read_settings()
            database = Database(settings.database_url)
            try:
                command(Desk(settings, database, Act(by, _place(), now())), **rest)
            finally:
                database.close()

    return at_its_desk


def show(columns: Sequence[str], rows: Iterable[Sequence[object]], *, as_json: bool) -> None:
    """Print the rows as a table, or as JSON with the columns as names."""
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    if as_json:
        click.echo(json.dumps(told, indent=2, default=str, ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " ").capitalize(), overflow="fold")
    for row in told:
        table.add_row(*(_text(value) for value in row.values()))
    console().print(table)


def console() -> Console:
    """A console that neither colours nor cuts what goes into a file."""
    its = Console(highlight=False, markup=False, soft_wrap=False)
    return its if its.is_terminal else Console(highlight=False, markup=False, width=200)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def _place() -> str:
    return f"the command line on {socket.gethostname()}"
