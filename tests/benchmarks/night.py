"""A night of many units: how long it takes, in how much memory, and what becomes of them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import time as clock
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from rota.domain import Policy, Problem, PublishedSeat, Unit
from rota.jobs.process_pool import make_pool
from rota.jobs.worker import Worker
from rota.planning import SearchProgress, plan
from rota.process import collect_garbage_rarely
from rota.reading import list_bank_holidays
from rota.rules import LEVELS
from rota.services.importing import imports
from rota.services.publishing import outbox
from rota.services.publishing.mail_transport import build_post
from rota.services.runs import night, run_status
from rota.settings import Settings
from rota.store.databases.database import Database
from rota.store.runs.runs import DONE, Run
from rota.writing import write_unit
from tests.benchmarks.comparison import in_megabytes
from tests.benchmarks.databases import POSTGRESQL, SQLITE, address
from tests.benchmarks.estate import DAY, act, estate, tell
from tests.benchmarks.fresh import Measured, measured
from tests.benchmarks.memory import proportional
from tests.estate import night_of_changes
from tests.stored import ONLOOKER

UNITS, OFFICERS = 120, 11_000

_ENOUGH, _AT_MOST = 4.0, 120.0
"""Seconds to plan a published rota, if all levels but the last are proven by then, and at most."""

_PROCESSES = 2
_NIGHT_AT = time(2, 30)

_NOTES = """\
Every published rota is proven on all levels but the last. Of the units {} changed. The night is
counted from its beginning to the last message in its folder. Memory is the peak of the proportional
set sizes of the worker's process and all below it; a server of PostgreSQL is not among them."""

Tables = tuple[str, Unit, Policy]


@dataclass(frozen=True)
class Way:
    """How a night is worked off: in which database, and by whom."""

    kind: str
    is_dask: bool
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """A night's seconds, its runs as they ended, and how many messages were written."""

    seconds: float
    runs: tuple[Run, ...]
    messages: int


def live_a_night(
    console: Console,
    *,
    count: int,
    changed: int,
    postgres: bool,
    dask: bool,
    seconds: float,
    rotas: Path | None,
) -> None:
    """Print what a night took and did, in which one unit in so many had changes."""
    way = Way(POSTGRESQL if postgres else SQLITE, dask, seconds)
    tables = list(estate(count, round(count * OFFICERS / UNITS)))
    published = _published(console, tables, rotas)
    with address(way.kind) as url, TemporaryDirectory(prefix="rota-benchmark-") as folder:
        for its in track(tables, "Importing", console=console, transient=True):
            bring_in(url, its, published[its[0]])
        told = tables[::changed]
        for nth, its in enumerate(told):
            change(url, its, seed=nth)
        with console.status("The night"):
            night = measured(one_night, url, second_day(tables), way, folder, memory=proportional)
    console.print(_table(tables, way, night))
    console.print(_NOTES.format(len(told)), highlight=False)


def one_night(url: str, day: date, way: Way, folder: str) -> Outcome:
    """Begin the night and work until it is over, as a worker does."""
    collect_garbage_rarely()
    with _cluster(way) as cluster:
        settings = Settings(
            database_url=url,
            processes=_PROCESSES,
            cluster=cluster,
            plan_seconds=way.seconds,
            mail_folder=Path(folder),
            log_format="json",
        )
        database = Database(url)
        worker = Worker(database, settings, make_pool(settings), build_post(settings))
        began = clock.monotonic()
        asked = night.begin_night(database, act(day, _NIGHT_AT), seconds=way.seconds)
        worker.work_until(asked or ())
        took = clock.monotonic() - began
    ended = tuple(run_status.find(database, ONLOOKER, run) for run in asked or ())
    messages = sum(outbox.count_by_state(database).values())
    database.close()
    return Outcome(took, ended, messages)


@contextmanager
def _cluster(way: Way) -> Iterator[str]:
    """The address of a Dask cluster of this machine, if it is to solve."""
    if not way.is_dask:
        yield ""
        return
    from distributed import LocalCluster  # an extra, and slow to import

    with LocalCluster(
        n_workers=_PROCESSES, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def second_day(tables: Sequence[Tables]) -> date:
    """A day so early in the period that the night does not draft the next one yet."""
    return tables[0][2].start + DAY


def _published(
    console: Console, tables: Sequence[Tables], path: Path | None
) -> Mapping[str, tuple[PublishedSeat, ...]]:
    """A good rota for each unit, from the file if it has them."""
    if path is not None and path.exists():
        kept: Mapping[str, tuple[PublishedSeat, ...]] = pickle.loads(path.read_bytes())
        if kept.keys() >= {name for name, _, _ in tables}:
            return kept
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_PROCESSES, mp_context=context) as pool:
        planned = pool.map(planned_well, tables)
        rotas = track(planned, "Planning", total=len(tables), console=console, transient=True)
        published = {name: rota for (name, _, _), rota in zip(tables, rotas, strict=True)}
    if path is not None:
        path.write_bytes(pickle.dumps(published))
    return published


def planned_well(tables: Tables) -> tuple[PublishedSeat, ...]:
    """A rota that is proven on all levels but the last."""
    _, unit, policy = tables
    off = list_bank_holidays(policy.start, policy.period.last)
    problem = Problem(unit=unit, policy=policy, today=policy.start - DAY, bank_holidays=off)
    rota = plan(problem, seconds=_AT_MOST, seed=1, workers=1, watch=_is_to_be_bettered).rota
    return tuple(PublishedSeat(*seat[:3], part=seat.part) for seat in rota)


def _is_to_be_bettered(progress: SearchProgress) -> bool:
    """Whether more than the last level is left to better, or little time has passed."""
    is_good = all(progress.levels[name].is_proven for name in LEVELS[:-1])
    return not is_good or progress.seconds < _ENOUGH


def bring_in(url: str, tables: Tables, published: Sequence[PublishedSeat]) -> None:
    """Import the unit from files, with a published rota."""
    name, unit, policy = tables
    database = Database(url)
    with TemporaryDirectory(prefix="rota-benchmark-") as folder:
        write_unit(Path(folder), replace(unit, published=tuple(published)), policy)
        before = act(policy.start - DAY)
        imports.import_unit(database, before, name=name, path=Path(folder), is_acknowledged=True)
    database.close()


def change(url: str, tables: Tables, *, seed: int) -> None:
    """Tell what the second day brings to the unit."""
    name, unit, policy = tables
    database, day = Database(url), policy.start + DAY
    after = night_of_changes(unit, policy, day, Random(seed))
    tell(database, act(day, time(1)), name, unit, after)
    database.close()


def _table(tables: Sequence[Tables], way: Way, night: Measured) -> Table:
    its: Outcome = night.result
    officers = sum(len(unit.officers) for _, unit, _ in tables)
    workers = f"{_PROCESSES} processes{' of Dask' if way.is_dask else ''}"
    table = Table(title=f"{len(tables)} units, {way.kind}, {workers}", title_justify="left")
    table.add_column("")
    table.add_column("", justify="right")
    periods = [period for run in its.runs if run.result for period in run.result["periods"]]
    spent = {name: sum(p["seconds"][name] for p in periods) for name in ("build", "solve", "total")}
    rows = {
        "Officers": officers,
        "Runs": len(its.runs),
        "done": sum(run.state == DONE for run in its.runs),
        "not proven to the last level": sum(p["status"] != "optimal" for p in periods),
        "fewest changes not proven": sum("stability" not in p["proven_after"] for p in periods),
        "Seats changed at once": _total(its.runs, "changed"),
        "that wait for a yes": _total(its.runs, "proposed"),
        "Messages": its.messages,
        "Night": f"{its.seconds:.1f} s",
        "in each process: making models": f"{spent['build'] / _PROCESSES:.1f} s",
        "searching": f"{spent['solve'] / _PROCESSES:.1f} s",
        "judging": f"{(spent['total'] - spent['build'] - spent['solve']) / _PROCESSES:.1f} s",
        "all else": f"{its.seconds - spent['total'] / _PROCESSES:.1f} s",
        "Memory": in_megabytes(night.peak),
        "Load of the machine": f"{os.getloadavg()[1]:.1f} on {os.cpu_count()} cores",
    }
    for name, value in rows.items():
        table.add_row(name, str(value))
    return table


def _total(those: Sequence[Run], name: str) -> int:
    results: list[Mapping[str, Any]] = [run.result for run in those if run.result]
    return sum(result.get(name, 0) for result in results)
