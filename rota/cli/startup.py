"""What a program says as it begins: how it logs, and which database it uses.

A wrong database looks like an empty one, so that people are told which it is. Where logs are JSON,
nothing else is written on the standard error stream.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
import structlog

from rota import logs
from rota.cli.exit_status import NOT_WRITTEN
from rota.errors import RotaError
from rota.settings import Settings
from rota.store.databases.database import Database


@contextmanager
def log_everything(settings: Settings) -> Iterator[None]:
    """Log all that happens in the block as the settings say, also the error that ends it.

    People read such an error as every command prints it, machines as a line of the log.
    """
    logs.configure(settings.log_format)
    logs.catch_everything()
    try:
        yield
    except (RotaError, OSError) as error:
        if settings.log_format != "json":
            raise
        structlog.get_logger().critical("ended by an error", why=str(error))
        sys.exit(NOT_WRITTEN)


def announce(settings: Settings, sentence: str, *, err: bool = False) -> None:
    """Print it for people on their screen, and for machines as a line of the log."""
    if settings.log_format == "json":
        structlog.get_logger().info(sentence)
    else:
        click.echo(sentence, err=err)


def announce_database(settings: Settings, database: Database) -> None:
    """Say where rotas are kept, without a password."""
    file = settings.sqlite_file
    full_path = f" ({file.absolute()})" if file and not file.is_absolute() else ""
    announce(settings, f"Rotas are kept in {database}{full_path}.")


def warn_of_new_file(settings: Settings) -> None:
    """Say that no database is named, where that means a new file in the current folder."""
    file = settings.sqlite_file
    if settings.names_database or file is None or (file.exists() and file.stat().st_size):
        return
    announce(
        settings,
        f"ROTA_DATABASE_URL is not set, so rotas are kept in a new file: {file.absolute()}",
        err=True,
    )
