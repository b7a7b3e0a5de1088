"""How the seconds grow with the weeks that are planned, and with the officers."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from rota.checker import judge
from rota.domain import Problem
from rota.planning import plan
from rota.reading import read_problem
from tests.benchmarks.by_rota import WORKERS
from tests.benchmarks.comparison import in_megabytes
from tests.benchmarks.fresh import Measured, measured
from tests.benchmarks.grown import lengthened, resized
from tests.benchmarks.instances import TODAY

WEEKS = (1, 2, 4, 8, 12)
OFFICERS = (50, 100, 200, 400)

_NOTES = """\
Growth is the exponent: with 1 the seconds double when the size does, with 2 they grow fourfold.
Solving that was stopped by the limit is marked > and left out of it."""


@dataclass(frozen=True)
class Stages:
    """Seconds of every stage; `reading` is None for units that were not in files."""

    seats: int
    reading: float | None
    building: float
    checking: float
    solving: float
    is_proven: bool


def plan_weeks(path: Path, weeks: int, seconds: float) -> Stages:
    """Plan so many weeks; dates of the files come again where these end."""
    own = read_problem(path, today=TODAY).problem.period.weeks
    began = time.monotonic()
    problem = read_problem(path, today=TODAY, weeks=weeks).problem
    reading = time.monotonic() - began
    return _plan(lengthened(problem, weeks=own), reading, seconds)


def plan_officers(path: Path, officers: int, seconds: float) -> Stages:
    """Plan the unit cut or multiplied to so many officers."""
    problem = read_problem(path, today=TODAY).problem
    return _plan(resized(problem, officers=officers), None, seconds)


def _plan(problem: Problem, reading: float | None, seconds: float) -> Stages:
    its = plan(problem, seconds=seconds, seed=0, workers=WORKERS)
    began = time.monotonic()
    judge(problem, its.rota)
    return Stages(
        seats=len(its.rota),
        reading=reading,
        building=its.outcome.build_seconds,
        checking=time.monotonic() - began,
        solving=its.outcome.solve_seconds,
        is_proven=its.outcome.is_optimal,
    )


def grow(console: Console, path: Path, seconds: float) -> None:
    """Print a table for the weeks and one for the officers."""
    for size, sizes, function in (
        ("Weeks", WEEKS, plan_weeks),
        ("Officers", OFFICERS, plan_officers),
    ):
        runs = [_measured(console, path, size, number, function, seconds) for number in sizes]
        console.print(_table(f"{path.name}, at most {seconds:g} s", size, sizes, runs))
    console.print(_NOTES, highlight=False)


def _measured(
    console: Console,
    path: Path,
    size: str,
    number: int,
    function: Callable[[Path, int, float], Stages],
    seconds: float,
) -> Measured:
    with console.status(f"{path.name}: {number} {size.lower()}"):
        return measured(function, path, number, seconds)


def _table(title: str, size: str, sizes: Sequence[int], runs: Sequence[Measured]) -> Table:
    table = Table(title=title, title_justify="left", show_footer=True)
    stages: list[Stages] = [run.result for run in runs]
    proven = [each.solving if each.is_proven else None for each in stages]
    table.add_column(size, "growth", justify="right")
    table.add_column("Seats", justify="right")
    for name, times in (
        ("Reading", [each.reading for each in stages]),
        ("Building", [each.building for each in stages]),
        ("Checking", [each.checking for each in stages]),
        ("Solving", proven),
    ):
        table.add_column(name, _exponent(sizes, times), justify="right")
    table.add_column("Memory", justify="right")
    for number, run, each in zip(sizes, runs, stages, strict=True):
        more = "" if each.is_proven else ">"
        table.add_row(
            str(number),
            str(each.seats),
            "" if each.reading is None else f"{each.reading:.3f} s",
            f"{each.building:.3f} s",
            f"{each.checking:.3f} s",
            f"{more}{each.solving:.2f} s",
            in_megabytes(run.peak),
        )
    return table


def _exponent(sizes: Sequence[int], times: Sequence[float | None]) -> str:
    """The slope of the straight line that lies best in a chart with two logarithmic axes."""
    points = [
        (math.log(size), math.log(its)) for size, its in zip(sizes, times, strict=True) if its
    ]
    if len(points) < 2:
        return ""
    x_mean = sum(x for x, _ in points) / len(points)
    y_mean = sum(y for _, y in points) / len(points)
    spread = sum((x - x_mean) ** 2 for x, _ in points)
    return f"{sum((x - x_mean) * (y - y_mean) for x, y in points) / spread:.1f}"
