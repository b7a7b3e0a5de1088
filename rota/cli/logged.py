"""What commands need whose standard error stream is a log: nothing else is written there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
import structlog

from rota import logs
from rota.cli.exits import NOT_WRITTEN
from rota.errors import RotaError
from rota.settings import Settings


def announce(settings: Settings, sentence: str, *, err: bool = False) -> None:
    """Tell it to people on their screen, and to machines as a line of the log."""
    if settings.log_format == "json":
        structlog.get_logger().info(sentence)
    else:
        click.echo(sentence, err=err)


@contextmanager
def logged(settings: Settings) -> Iterator[None]:
    """Log all that happens in the block as the settings say, also the error that ends it.

    People read such an error as every command tells it, machines as a line of the log.
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
