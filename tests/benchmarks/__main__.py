"""Measures how fast and how well Rota plans."""

from __future__ import annotations

import click
from rich.console import Console

from tests.benchmarks.comparison import compare
from tests.benchmarks.growth import grow
from tests.benchmarks.instances import fixtures, references, unit_to_grow

_LEAST_WIDTH = 140
"""Columns of a table where the width is not a terminal's."""

seconds_option = click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Time for each rota at most.",
)


@click.group(invoke_without_command=True)
@seconds_option
@click.option("--quick", is_flag=True, help="Only the example units in fixtures.")
@click.pass_context
def main(context: click.Context, seconds: float, quick: bool) -> None:
    """Plan every unit with Rota and with plain CP-SAT, and compare."""
    if context.invoked_subcommand is None:
        compare(_console(), fixtures() if quick else (*fixtures(), *references()), seconds)


@main.command()
@seconds_option
def growth(seconds: float) -> None:
    """Plan more and more weeks, and more and more officers."""
    grow(_console(), unit_to_grow(), seconds)


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=_LEAST_WIDTH)


if __name__ == "__main__":
    main(prog_name="python -m tests.benchmarks")
