"""A week of nights in one unit: how little they change, and how long they take."""

from __future__ import annotations

import time as clock
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

from rota.domain import Policy, Unit
from rota.moments import now
from rota.planning.stored_runs import plan_claimed_run
from rota.services.access.act import NIGHT, Act
from rota.services.answers import proposals
from rota.services.rotas import versions
from rota.services.runs import claims, night, run_requests, run_status
from rota.store.databases.database import Database
from rota.store.runs.runs import DONE, Run
from tests.benchmarks.databases import SQLITE, address
from tests.benchmarks.estate import DAY, act, estate, tell
from tests.estate import night_of_changes
from tests.stored import ONLOOKER, keep

ILL = 0.06
"""The share of officers who are ill at a time."""

_SICK = "sick"
_NIGHT_AT, _MORNING = time(2, 30), time(9)
_LEASE = timedelta(hours=1)

_NOTES = """\
Ill: officers on sick leave that morning. Fell away: seats of people who are away now.
Changed: other published seats that the night moves, at once or if a manager says yes (asked); the
managers say yes every morning. Fewest: what is proven of the rules keep-notice and keep-published;
no rota that is as good on the levels before changes fewer.
Proof: seconds of search until that was proven. Night: from the claim of the run to its end."""


@dataclass(frozen=True)
class Night:
    """What a night brought and did; `proof` is None where the fewest changes were not proven."""

    day: date
    ill: int
    news: int
    fell_away: int
    changed: int
    fewest: int
    asked: int
    people: int
    seconds: float
    proof: float | None
    status: str


def live_a_week(console: Console, officers: int, seconds: float) -> None:
    """Print a table with a row for each night."""
    (name, unit, policy), *_ = estate(1, officers)
    title = f"{name}: {len(unit.officers)} officers, {policy.weeks} weeks, at most {seconds:g} s"
    table = _table(title)
    with address(SQLITE) as url, console.status(f"Rota lives a week in {name}"):
        for night in week(url, name, unit, policy, seconds=seconds):
            table.add_row(*_cells(night))
    console.print(table)
    console.print(_NOTES, highlight=False)


def week(
    url: str, name: str, unit: Unit, policy: Policy, *, seconds: float, days: int = 5
) -> Iterator[Night]:
    """Plan and publish the unit, then live through so many nights from its first day."""
    database, rng = Database(url), Random(0)
    unit = replace(unit, away=tuple(spell for spell in unit.away if spell.kind != _SICK))
    keep(database, name, unit, policy)
    _publish(database, url, name, seconds)
    for n in range(days):
        day = policy.start + n * DAY
        after = _next_morning(unit, policy, day, rng)
        tell(database, act(day), name, unit, after)
        yield _night(database, url, name, day, seconds, (unit, after))
        unit = after
    database.close()


def _publish(database: Database, url: str, name: str, seconds: float) -> None:
    doer = Act("Mel", "a benchmark", now())
    run_requests.request_run(database, doer, unit=name, seconds=seconds)
    _work_off(database, url)
    versions.publish(database, doer, unit=name, is_acknowledged=True)


def _work_off(database: Database, url: str) -> Run:
    claim = claims.claim_next(database, worker="tests", now=now(), lease=_LEASE, attempts=1)
    assert claim is not None
    plan_claimed_run(url, claim, lease=_LEASE.total_seconds(), workers=2)
    (run,) = run_status.list_latest(database, ONLOOKER, most=1)
    assert run.state == DONE, run.error
    return run


def _next_morning(unit: Unit, policy: Policy, day: date, rng: Random) -> Unit:
    """The unit with new court listings, and so many newly ill that the usual share is."""
    after = night_of_changes(unit, policy, day, rng)
    fallen_ill = after.away[len(unit.away) :]
    room = round(ILL * len(unit.officers)) - _ill(unit, day)
    return replace(after, away=(*unit.away, *fallen_ill[: max(room, 0)]))


def _ill(unit: Unit, day: date) -> int:
    spells = (spell for spell in unit.away if spell.kind == _SICK)
    return len({spell.staff_no for spell in spells if spell.first <= day <= spell.last})


def _night(
    database: Database,
    url: str,
    name: str,
    day: date,
    seconds: float,
    tables: tuple[Unit, Unit],
) -> Night:
    before = versions.list_versions(database, ONLOOKER, unit=name)[0].number
    doer = act(day, _NIGHT_AT)
    night.request_nights(
        database, replace(doer, actor=NIGHT), unit=name, as_of=day, seconds=seconds
    )
    began = clock.monotonic()
    run = _work_off(database, url)
    took = clock.monotonic() - began
    newest = versions.list_versions(database, ONLOOKER, unit=name)[0].number
    changes = (
        versions.list_changes(database, ONLOOKER, unit=name, number=newest)
        if newest > before
        else ()
    )
    moved = [change for change in changes if change.after is not None]
    asked = proposals.list_waiting(database, ONLOOKER, unit=name)
    if asked:
        proposals.accept(database, act(day, _MORNING), unit=name)
    (told,) = _periods(run)
    return Night(
        day=day,
        ill=_ill(tables[1], day),
        news=_rows_that_differ(*tables),
        fell_away=len(changes) - len(moved),
        changed=len(moved) + len(asked),
        fewest=told["levels"]["notice"]["bound"] + told["levels"]["stability"]["bound"],
        asked=len(asked),
        people=len({its.staff_no for its in (*moved, *asked)}),
        seconds=took,
        proof=told["proven_after"].get("stability"),
        status=told["status"],
    )


def _periods(run: Run) -> list[Mapping[str, Any]]:
    assert run.result is not None
    periods: list[Mapping[str, Any]] = run.result["periods"]
    return periods


def _rows_that_differ(before: Unit, after: Unit) -> int:
    """Rows of the diary that are new or changed."""
    names = ("away", "duties", "appointments")
    return sum(len(set(getattr(after, n)) - set(getattr(before, n))) for n in names)


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("Night")
    for column in (
        "Ill",
        "News",
        "Fell away",
        "Changed",
        "Fewest",
        "Asked",
        "People",
        "Proof",
        "Night",
    ):
        table.add_column(column, justify="right")
    table.add_column("Status")
    return table


def _cells(night: Night) -> Iterator[str]:
    yield f"{night.day:%a %d %b}"
    counts = (night.ill, night.news, night.fell_away, night.changed, night.fewest, night.asked)
    yield from map(str, (*counts, night.people))
    yield "not proven" if night.proof is None else f"{night.proof:.2f} s"
    yield f"{night.seconds:.2f} s"
    yield night.status
