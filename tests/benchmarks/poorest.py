"""Whether Rota is ever poor: beside other solvers, on many units, at several times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from rota.domain import Policy, PublishedSeat, Unit
from rota.planning import plan
from rota.reading import read_problem
from rota.rules import LEVELS
from rota.writing import write_unit
from tests.benchmarks.by_highs import run_highs
from tests.benchmarks.by_plain_cp_sat import run_plain_cp_sat
from tests.benchmarks.by_rota import run_rota
from tests.benchmarks.fresh import measured
from tests.benchmarks.instances import TODAY
from tests.benchmarks.run import Run
from tests.estate import night_of_changes, units

TIMES = (2.0, 5.0, 10.0, 20.0, 60.0)
"""Seconds after which rotas are looked at."""

_FIRST = date(2027, 1, 4)
_USUAL, _TIGHT = 1.0, 0.75
"""Of a unit's desks so many are left."""

_PUBLISHED_AFTER = 5.0
"""Seconds that were spent on a rota which is planned anew."""

_NOTES = """\
How much dearer Rota's rota is than the better of the other two, at each time: on the first level
that differs, the median of the runs. Less than 0 is better. "alone" where the others had none."""

Costs = Mapping[str, int]


@dataclass(frozen=True)
class Instance:
    """A unit in a folder, and the day on which it is planned."""

    name: str
    path: Path
    today: date


def find_poorest(
    console: Console, *, count: int, officers: int, times: Sequence[float], runs: int
) -> None:
    """Print a row for each of so many units, and the worst of all."""
    table = Table(title=f"{count} units, {runs} runs", title_justify="left")
    table.add_column("Unit")
    for seconds in times:
        table.add_column(f"after {seconds:g} s", justify="right")
    worst: tuple[float, str] = (float("-inf"), "none")
    with TemporaryDirectory(prefix="rota-benchmark-") as folder:
        for instance in write_instances(Path(folder), count, officers):
            with console.status(instance.name):
                compared = [compare_once(instance, times) for _ in range(runs)]
            cells = []
            for nth, seconds in enumerate(times):
                excess = _find_median([each[nth] for each in compared])
                cells.append("alone" if excess is None else f"{excess[0]:+.1%} {excess[1]}")
                if excess is not None:
                    worst = max(worst, (excess[0], f"{instance.name} after {seconds:g} s"))
            table.add_row(instance.name, *cells)
    console.print(table)
    console.print(f"Worst: {worst[0]:+.1%}, {worst[1]}")
    console.print(_NOTES, highlight=False)


def write_instances(folder: Path, count: int, officers: int) -> Iterator[Instance]:
    """Units in turn as they are, with few desks, and both of them planned anew on a second day."""
    for nth, (name, unit, policy) in enumerate(
        units(count, officers=count * officers, seed=11, first=_FIRST)
    ):
        is_tight, is_replanned = nth % 2 == 1, nth % 4 >= 2
        unit = _leave_desks(unit, _TIGHT if is_tight else _USUAL)
        today = TODAY
        if is_replanned:
            today = policy.start + timedelta(days=1)
            unit = night_of_changes(_publish(folder, unit, policy), policy, today, Random(nth))
        path = folder / f"{nth}"
        path.mkdir()
        write_unit(path, unit, policy)
        kind = f"{'tight' if is_tight else 'usual'}, {'planned anew' if is_replanned else 'fresh'}"
        yield Instance(f"{name} ({len(unit.officers)}, {kind})", path, today)


def _leave_desks(unit: Unit, share: float) -> Unit:
    sites = (
        site if site.desks is None else replace(site, desks=round(site.desks * share))
        for site in unit.sites
    )
    return replace(unit, sites=tuple(sites))


def _publish(folder: Path, unit: Unit, policy: Policy) -> Unit:
    """The unit with a rota of its own published."""
    with TemporaryDirectory(dir=folder) as place:
        write_unit(Path(place), unit, policy)
        problem = read_problem(Path(place), today=TODAY).problem
    rota = plan(problem, seconds=_PUBLISHED_AFTER, seed=0, workers=2).rota
    return replace(unit, published=tuple(PublishedSeat(*seat[:3], part=seat.part) for seat in rota))


def compare_once(
    instance: Instance, times: Sequence[float]
) -> tuple[tuple[float, str] | None, ...]:
    """By how much Rota's cost exceeds that of the better of the others, and where, at each time."""
    path, today, most = instance.path, instance.today, max(times)
    rota: Run = measured(run_rota, path, most, today).result
    others = (
        measured(run_plain_cp_sat, path, most, today).result,
        measured(run_highs, path, tuple(times), today).result,
    )
    return tuple(_compare_at(seconds, rota, others) for seconds in times)


def _compare_at(seconds: float, rota: Run, others: Sequence[Run]) -> tuple[float, str] | None:
    ours = _find_costs(rota, seconds)
    theirs = [costs for run in others if (costs := _find_costs(run, seconds))]
    if ours is None or not theirs:
        return None
    return compute_excess(ours, min(theirs, key=_rank))


def compute_excess(ours: Costs, theirs: Costs) -> tuple[float, str]:
    """By what part of theirs our cost on the first level that differs is higher, and its name."""
    for level in LEVELS:
        if ours[level] != theirs[level]:
            return (ours[level] - theirs[level]) / max(theirs[level], 1), level
    return 0.0, ""


def _find_costs(run: Run, seconds: float) -> Costs | None:
    """The costs of the best rota that there was after so many seconds."""
    costs = [moment.costs for moment in run.moments if moment.seconds <= seconds]
    return min(costs, key=_rank) if costs else None


def _rank(costs: Costs) -> tuple[int, ...]:
    return tuple(costs[level] for level in LEVELS)


def _find_median(found: Sequence[tuple[float, str] | None]) -> tuple[float, str] | None:
    excesses = sorted(each for each in found if each is not None)
    if not excesses:
        return None
    middle = median(range(len(excesses)))
    return excesses[int(middle)]
