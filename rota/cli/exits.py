"""How commands end, and how they tell what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from rota.errors import BadInput, RotaError

WRITTEN, NOT_WRITTEN, MISUSED, STRICTLY_BROKEN = 0, 1, 2, 3
"""Exit statuses."""


@contextmanager
def telling_errors() -> Iterator[None]:
    """Tell errors that a user can put right in their own words, and exit."""
    try:
        yield
    except BrokenPipeError:
        raise  # Whoever read the output has had enough, which is no error; click ends quietly.
    except (RotaError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(MISUSED if _is_misuse(error) else NOT_WRITTEN)


def _is_misuse(error: Exception) -> bool:
    """Whether only options of the command line are at fault."""
    return isinstance(error, BadInput) and all(f.place.startswith("--") for f in error.faults)
