"""The exit statuses of commands, and how they print what went wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from rota.errors import BadInput, RotaError

WRITTEN, NOT_WRITTEN, MISUSED, STRICTLY_BROKEN = 0, 1, 2, 3
"""Exit statuses."""


@contextmanager
def print_errors() -> Iterator[None]:
    """Print errors that a user can put right in their own words, and exit."""
    try:
        yield
    except BrokenPipeError:
        raise  # Whoever read the output has had enough, which is no error; click ends quietly.
    except (RotaError, OSError) as error:
        click.echo(_describe_error(error), err=True)
        sys.exit(MISUSED if _is_misuse(error) else NOT_WRITTEN)


def _describe_error(error: Exception) -> str:
    """The error; one of the system that names no file is one of what the command prints."""
    if not isinstance(error, OSError) or error.filename is not None or error.strerror is None:
        return str(error)
    _print_no_more()
    return f"What the command prints cannot be written ({error.strerror})"


def _print_no_more() -> None:
    """Let what is left to print go nowhere, lest it be tried again at the end."""
    with suppress(OSError, ValueError), Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _is_misuse(error: Exception) -> bool:
    """Whether only options of the command line are at fault."""
    return isinstance(error, BadInput) and all(f.place.startswith("--") for f in error.faults)
