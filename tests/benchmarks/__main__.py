"""Measures how fast and how well Rota plans."""

from __future__ import annotations

import logging
from pathlib import Path

import click
import structlog
from rich.console import Console

from rota.process import collect_garbage_rarely
from tests.benchmarks.bombs import measure_bombs
from tests.benchmarks.comparison import compare
from tests.benchmarks.databases import POSTGRESQL, SQLITE
from tests.benchmarks.growth import grow
from tests.benchmarks.halves import compare_halves
from tests.benchmarks.instances import fixtures, references, unit_to_grow
from tests.benchmarks.night import UNITS, live_a_night
from tests.benchmarks.pages import measure_pages
from tests.benchmarks.poorest import TIMES, find_poorest
from tests.benchmarks.storing import store
from tests.benchmarks.trickle import measure_trickle
from tests.benchmarks.week import live_a_week

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
    """Plan every unit with Rota, plain CP-SAT and plain HiGHS, and compare."""
    collect_garbage_rarely()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    if context.invoked_subcommand is None:
        compare(_console(), fixtures() if quick else (*fixtures(), *references()), seconds)


@main.command()
@click.option("--units", "count", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--officers", type=click.IntRange(30, 250), default=100, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=2), default=60.0, show_default=True)
@click.option("--runs", type=click.IntRange(min=1), default=3, show_default=True)
def poorest(count: int, officers: int, seconds: float, runs: int) -> None:
    """Plan many units, tight and not, fresh and anew, beside CP-SAT and HiGHS by themselves."""
    times = [each for each in TIMES if each <= seconds]
    find_poorest(_console(), count=count, officers=officers, times=times, runs=runs)


@main.command()
@seconds_option
def growth(seconds: float) -> None:
    """Plan more and more weeks, and more and more officers."""
    grow(_console(), unit_to_grow(), seconds)


@main.command()
@seconds_option
def halves(seconds: float) -> None:
    """Plan units in which a fifth of the officers have half-days, beside the same with none."""
    compare_halves(_console(), references() or fixtures(), seconds)


@main.command()
@seconds_option
def storing(seconds: float) -> None:
    """Load, save and publish the largest unit, after planning it once."""
    store(_console(), unit_to_grow(), seconds)


@main.command()
@click.option("--users", type=click.IntRange(min=1), default=10, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=5), default=60.0, show_default=True)
def bombs(users: int, seconds: float) -> None:
    """Look at pages while four workbooks are uploaded that no machine could read."""
    measure_bombs(_console(), users=users, seconds=seconds)


@main.command()
@seconds_option
@click.option("--officers", type=click.IntRange(30, 250), default=150, show_default=True)
def week(seconds: float, officers: int) -> None:
    """Publish a unit, then plan it anew for five nights, with people ill and cases listed."""
    live_a_week(_console(), officers, seconds)


@main.command()
@seconds_option
@click.option("--units", "count", type=click.IntRange(min=1), default=UNITS, show_default=True)
@click.option(
    "--changed",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="One unit in so many has changes.",
)
@click.option("--postgres", is_flag=True, help="In PostgreSQL rather than a SQLite file.")
@click.option("--dask", is_flag=True, help="Solved by a Dask cluster of this machine.")
@click.option(
    "--rotas",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that keeps the published rotas for another time.",
)
def night(
    seconds: float, count: int, changed: int, postgres: bool, dask: bool, rotas: Path | None
) -> None:
    """Plan anew what a night changes in many units."""
    live_a_night(
        _console(),
        count=count,
        changed=changed,
        postgres=postgres,
        dask=dask,
        seconds=seconds,
        rotas=rotas,
    )


@main.command()
@click.option("--seconds", type=click.FloatRange(min=1), default=30.0, show_default=True)
@click.option("--users", type=click.IntRange(1, 64), default=16, show_default=True)
@click.option("--units", "count", type=click.IntRange(min=3), default=UNITS, show_default=True)
@click.option("--officers", type=click.IntRange(min=300), default=11_000, show_default=True)
@click.option("--postgres", is_flag=True, help="In PostgreSQL rather than a SQLite file.")
def pages(seconds: float, users: int, count: int, officers: int, postgres: bool) -> None:
    """Let many users look at pages of a large installation, and change cells of a board."""
    kind = POSTGRESQL if postgres else SQLITE
    measure_pages(
        _console(), kind=kind, count=count, officers=officers, users=users, seconds=seconds
    )


@main.command()
@click.option("--seconds", type=click.FloatRange(min=1), default=20.0, show_default=True)
@click.option("--connections", type=click.IntRange(1, 5000), default=500, show_default=True)
def trickle(seconds: float, connections: int) -> None:
    """Ask for pages while one client opens many connections and sends a byte now and then."""
    measure_trickle(_console(), connections=connections, seconds=seconds)


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=_LEAST_WIDTH)


if __name__ == "__main__":
    main(prog_name="python -m tests.benchmarks")
