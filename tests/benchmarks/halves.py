"""How much longer a unit takes to plan when some of its officers have half-days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from rota.domain import HALVES, Away, Officer, Problem, WorkingPattern
from rota.planning import plan
from rota.reading import read_problem
from solver.model_builder import build_model
from tests.benchmarks.by_rota import WORKERS
from tests.benchmarks.comparison import in_megabytes
from tests.benchmarks.fresh import measured
from tests.benchmarks.instances import TODAY

SEEDS = (1, 2, 3)

_ONE_IN = 5
"""One officer in so many has half-days, and one duty in so many lasts half a day."""

_HALVES_AWAY = 2
"""Half-days of leave of each such officer."""


@dataclass(frozen=True)
class Size:
    """How large a unit's model is, and how long it took to solve."""

    variables: int
    rows: int
    seconds: float
    is_proven: bool


def with_half_days(problem: Problem, seed: int) -> Problem:
    """The problem in which some officers have half-days of leave and, if part-time, of work.

    Some duties last half a day.
    """
    random = Random(seed)
    unit = problem.unit
    numbers = sorted(officer.staff_no for officer in unit.officers)
    some = frozenset(random.sample(numbers, len(numbers) // _ONE_IN))
    leave = [
        Away(number, day, day, "leave", random.choice(HALVES))
        for number in sorted(some)
        for day in random.sample(list(problem.dates), _HALVES_AWAY)
    ]
    duties = (
        replace(duty, part=random.choice(HALVES))
        if isinstance(duty.date, date) and random.randrange(_ONE_IN) == 0
        else duty
        for duty in unit.duties
    )
    officers = (
        _halve_a_day(officer, random) if officer.staff_no in some else officer
        for officer in unit.officers
    )
    changed = replace(
        unit, officers=tuple(officers), away=(*unit.away, *leave), duties=tuple(duties)
    )
    return replace(problem, unit=changed)


def _halve_a_day(officer: Officer, random: Random) -> Officer:
    """The officer, if part-time, with half of one of the days."""
    pattern = officer.working_days
    if len(pattern.weekdays) == len(range(5)):
        return officer
    days = list(pattern.weeks[0])
    place = random.randrange(len(days))
    days[place] = (days[place][0], random.choice(HALVES))
    return replace(officer, working_days=WorkingPattern((tuple(days),)))


def compare_halves(console: Console, paths: Iterable[Path], seconds: float) -> None:
    """Print a table of all units, whole and with half-days."""
    table = Table(title=f"With half-days, at most {seconds:g} s", title_justify="left")
    for heading in ("Unit", "Variables", "Rows", "Solving", "Times", "Memory"):
        table.add_column(heading, justify="left" if heading == "Unit" else "right")
    for path in paths:
        whole_seconds = None
        for seed in (None, *SEEDS):
            name = path.name if seed is None else f"{path.name}, halves {seed}"
            with console.status(name):
                run = measured(_solve, path, seed, seconds)
            size: Size = run.result
            whole_seconds = whole_seconds or size.seconds
            table.add_row(
                name,
                str(size.variables),
                str(size.rows),
                f"{'' if size.is_proven else '>'}{size.seconds:.2f} s",
                f"{size.seconds / whole_seconds:.1f}",
                in_megabytes(run.peak),
            )
    console.print(table)


def _solve(path: Path, seed: int | None, seconds: float) -> Size:
    problem = read_problem(path, today=TODAY).problem
    if seed is not None:
        problem = with_half_days(problem, seed)
    variables, rows = _count(problem)
    outcome = plan(problem, seconds=seconds, seed=0, workers=WORKERS).outcome
    return Size(variables, rows, outcome.solve_seconds, outcome.is_optimal)


def _count(problem: Problem) -> tuple[int, int]:
    model = build_model(problem)
    return len(model.upper), len(model.rows)
