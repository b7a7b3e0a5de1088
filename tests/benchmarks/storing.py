"""How long it takes to load a problem, and to save and publish its rota with reasons."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median

from rich.console import Console
from rich.table import Table

from rota.checker import judge
from rota.domain import Problem, Rota
from rota.planning import plan
from rota.reading import read_problem
from rota.services.access.act import Act
from rota.services.importing import imports
from rota.services.rotas import versions
from rota.services.runs import claimed_run, claims, run_requests, run_result
from rota.services.runs.claimed_run import ClaimedRun
from rota.services.runs.run_result import SolvedProblem
from rota.store.databases.database import Database
from tests.benchmarks.databases import address, kinds
from tests.benchmarks.estate import act
from tests.benchmarks.instances import TODAY
from tests.filling import filled
from tests.stored import ONLOOKER

ROUNDS = 5
"""Each is done so many times, with a unit of its own; the median counts."""

CHANGED = 40
"""Published seats that the second version changes."""

_LEASE = timedelta(hours=1)


@dataclass
class Stopwatch:
    """Seconds of each stage, in the order in which they came."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds.setdefault(stage, []).append(time.perf_counter() - began)

    def medians(self) -> Mapping[str, float]:
        return {stage: median(those) for stage, those in self.seconds.items()}


def store(console: Console, path: Path, seconds: float) -> None:
    """Print a table with a column for each kind of database."""
    problem = read_problem(path, today=TODAY).problem
    with console.status(f"Rota plans {path.name}"):
        rota = plan(problem, seconds=seconds, seed=0, workers=2).rota
    told = {}
    for kind in kinds():
        with console.status(f"{kind} stores {path.name}"), address(kind) as url:
            told[kind] = _stored(url, path, rota)
    officers, days = len(problem.officers), len(problem.dates)
    title = f"{path.name}: {officers} officers, {days} days, the median of {ROUNDS}"
    console.print(_table(title, told))


def _stored(url: str, path: Path, rota: Rota) -> Mapping[str, float]:
    database, watch = Database(url), Stopwatch()
    for number in range(ROUNDS):
        _once(database, watch, f"{path.name} {number}", path, rota)
    database.close()
    return watch.medians()


def _once(database: Database, watch: Stopwatch, name: str, path: Path, rota: Rota) -> None:
    before = act(TODAY)
    with watch.timing("import the folder"):
        imports.import_unit(database, before, name=name, path=path, is_acknowledged=True)
    _publish(database, watch, before, name, lambda _: rota, "the first rota")
    start = _start(database, name)
    within = act(start + timedelta(days=8))
    about = f"one with {CHANGED} changes"
    _publish(database, watch, within, name, _changed, about, start=start)


def _start(database: Database, name: str) -> date:
    """The first day of what is published."""
    return versions.all_of(database, ONLOOKER, unit=name)[0].period.first


def _publish(
    database: Database,
    watch: Stopwatch,
    doer: Act,
    name: str,
    rota_of: Callable[[Problem], Rota],
    about: str,
    start: date | None = None,
) -> None:
    """Have a draft planned that is known already, and publish it."""
    run_requests.request_run(database, doer, unit=name, seconds=1, start=start)
    with watch.timing(f"load the problem of {about}"):
        claimed = _claimed(database, doer)
    (problem,) = claimed.problems
    rota = rota_of(problem)
    solved = SolvedProblem(problem=problem, rota=rota, judgement=judge(problem, rota), summary={})
    with watch.timing(f"save {about} as a draft"):
        run_result.save_draft(database, doer, claimed, solved)
    with watch.timing(f"publish {about}"):
        versions.publish(database, doer, unit=name, is_acknowledged=True)


def _claimed(database: Database, doer: Act) -> ClaimedRun:
    claim = claims.claim_next(database, worker="tests", now=doer.at, lease=_LEASE, attempts=1)
    assert claim is not None
    return claimed_run.load_claimed_run(database, claim=claim, now=doer.at)


def _changed(problem: Problem) -> Rota:
    """What is published, with some of the seats after today at any other site."""
    rng = Random(0)
    published = [seat.seat for seat in problem.unit.published]
    allowed = problem.allowed_sites
    movable = [
        seat
        for seat in published
        if seat.date > problem.today and len(allowed[seat.staff_no, seat.date]) > 1
    ]
    moved = (
        seat._replace(site=rng.choice([s for s in sites if s != seat.site]))
        for seat in rng.sample(movable, CHANGED)
        for sites in [allowed[seat.staff_no, seat.date]]
    )
    return filled(problem, moved, published)


def _table(title: str, told: Mapping[str, Mapping[str, float]]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for kind in told:
        table.add_column(kind, justify="right")
    for stage in next(iter(told.values())):
        table.add_row(stage, *(f"{those[stage]:.3f} s" for those in told.values()))
    return table
