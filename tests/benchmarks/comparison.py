"""Rota, plain CP-SAT and plain HiGHS side by side, unit by unit, and the relaxation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from solver.search_results import LevelResult
from tests.benchmarks.by_highs import relax, run_highs
from tests.benchmarks.by_plain_cp_sat import run_plain_cp_sat
from tests.benchmarks.by_rota import run_rota
from tests.benchmarks.fresh import Measured, measured
from tests.benchmarks.run import Run

MEGABYTE = 1_000_000

_NOTES = """\
Seconds from the unit in memory; files are read before. Memory is the peak of all processes.
Within 1 %: every earlier level at its best, and the last that costs anything within 1 % of its own.
In brackets: how many times as long as Rota took in this same run. The relaxation is that of Rota's
model, all open levels folded into one, built and solved as Rota does it."""


def compare(console: Console, paths: Iterable[Path], seconds: float) -> None:
    """Print a table with four rows for each unit."""
    table = Table(title=f"At most {seconds:g} s for each rota", title_justify="left")
    for title in ("Unit", "Planned by"):
        table.add_column(title)
    for title in ("First rota", "Within 1 %", "Proof", "Memory"):
        table.add_column(title, justify="right")
    table.add_column("Costs by level")
    for path in paths:
        with console.status(f"Rota plans {path.name}"):
            rota = measured(run_rota, path, seconds)
        with console.status(f"Plain CP-SAT plans {path.name}"):
            plain = measured(run_plain_cp_sat, path, seconds)
        with console.status(f"Plain HiGHS plans {path.name}"):
            highs = measured(run_highs, path, (seconds,))
        relaxation = measured(relax, path)
        table.add_row(path.name, "Rota", *_cells(rota, rota.result, seconds))
        table.add_row("", "plain CP-SAT", *_cells(plain, rota.result, seconds))
        table.add_row("", "plain HiGHS", *_cells(highs, rota.result, seconds))
        relaxing = _time(relaxation.result, seconds)
        relaxing += _times(relaxation.result, rota.result.proof, seconds, is_rota=False)
        memory = in_megabytes(relaxation.peak)
        table.add_row("", "relaxation", "", "", relaxing, memory, end_section=True)
    console.print(table)
    console.print(_NOTES, highlight=False)


def _cells(those: Measured, rota: Run, seconds: float) -> Iterator[str]:
    """A run's cells, its times compared with Rota's."""
    run: Run = those.result
    near, rota_near = run.near(rota.levels), rota.near(rota.levels)
    yield _time(run.first, seconds) + _times(run.first, rota.first, seconds, run is rota)
    yield _time(near, seconds) + _times(near, rota_near, seconds, run is rota)
    yield _time(run.proof, seconds) + _times(run.proof, rota.proof, seconds, run is rota)
    yield in_megabytes(those.peak)
    yield _costs(run.levels)


def _time(its: float | None, seconds: float) -> str:
    return f"not in {seconds:g} s" if its is None else f"{its:.2f} s"


def _times(its: float | None, rota: float | None, seconds: float, is_rota: bool) -> str:
    """How many times as long as Rota it took, or took at least."""
    if is_rota or rota is None:
        return ""
    return f" (>{seconds / rota:.1f}x)" if its is None else f" ({its / rota:.1f}x)"


def in_megabytes(size: int | None) -> str:
    return "not known" if size is None else f"{size / MEGABYTE:.0f} MB"


def _costs(levels: Mapping[str, LevelResult]) -> str:
    """The levels that cost anything or are not proven; these with their bounds."""
    told = [
        f"{name} {level.cost}" + ("" if level.is_proven else f" (≥ {level.bound})")
        for name, level in levels.items()
        if level.cost or not level.is_proven
    ]
    return ", ".join(told) or ("nothing broken" if levels else "no rota")
