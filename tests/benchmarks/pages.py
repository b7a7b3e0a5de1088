"""How fast pages are on a large installation, for many users at once, alone and beside a run."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from math import nan
from random import Random
from statistics import median, quantiles

import requests
from rich.console import Console
from rich.table import Table

from rota.store.databases.database import Database
from tests.benchmarks.comparison import MEGABYTE
from tests.benchmarks.databases import address
from tests.benchmarks.large import Large, build
from tests.benchmarks.memory import resident
from tests.benchmarks.painting import first_paint
from tests.benchmarks.server import Server, serving, solving

MY_ROTA, WHO_IS_IN, BOARD, EDIT = "my rota", "who is in", "board, 4 weeks", "change of a cell"
PAGES = (MY_ROTA, WHO_IS_IN, BOARD, EDIT)

TARGETS = {MY_ROTA: 150, WHO_IS_IN: 150, BOARD: 300, EDIT: 100}
"""Milliseconds within which 95 in 100 requests are to be answered."""


@dataclass
class Measured:
    """Milliseconds of each request by page, over so many seconds.

    `busy` has the seconds for which the server kept a processor busy.
    """

    seconds: float
    busy: float = nan
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def per_second(self) -> float:
        return sum(map(len, self.times.values())) / self.seconds

    @property
    def processor(self) -> float:
        """Milliseconds of a processor that a request takes, whatever else the machine does."""
        return 1000 * self.busy / sum(map(len, self.times.values()))

    def middle(self, page: str) -> float:
        return median(self.times[page] or [nan])

    def p95(self, page: str) -> float:
        times = self.times[page]
        return quantiles(times, n=20)[-1] if len(times) > 1 else nan


@dataclass(frozen=True, slots=True)
class Pace:
    """How long users look, each of whom thinks for about so many seconds between two requests."""

    users: int
    seconds: float
    thinks: float


def measure_pages(
    console: Console, *, kind: str, count: int, officers: int, users: int, seconds: float
) -> None:
    """Print how fast the pages are."""
    with address(kind) as url:
        database = Database(url)
        with console.status("Building a large installation"):
            large = build(database, count=count, officers=officers, users=users)
        database.close()
        console.print(f"{kind}: {count} units, {large.officers:,} officers, {large.seats:,} seats")
        with serving(url) as server:
            _measure(console, server, large, users, seconds)


def _measure(console: Console, server: Server, large: Large, users: int, seconds: float) -> None:
    calm, hasty = Pace(users, seconds, thinks=1), Pace(users, seconds, thinks=0)
    with console.status(f"{users} users look"):
        look(server, large, Pace(users, seconds / 4, thinks=0))
        quiet = look(server, large, calm)
    with console.status(f"{users} users look while a run is solving"), solving(large.problem):
        busy = look(server, large, calm)
    with console.status(f"{users} users who do not think"):
        rush = look(server, large, hasty)
    console.print(table(quiet, busy, rush, users))
    html = _board(server, large).content
    console.print(f"Memory of the server: {resident(server.pid) / MEGABYTE:.0f} MB")
    console.print(f"The board's HTML: {len(html) / 1024:.0f} KB before compression (target 400)")
    paint = first_paint(server.address, _board_path(large), large.visitors[0].as_manager)
    told = "no Chromium here" if paint is None else f"{paint:.0f} ms (target 1,000)"
    console.print(f"First contentful paint of the board: {told}")


def table(quiet: Measured, busy: Measured, rush: Measured, users: int) -> Table:
    """The times of each page: alone, beside a run as a ratio, and if nobody thinks."""
    its = Table(title=f"{users} users at once: milliseconds", title_justify="left")
    heads = ("", "p50", "p95", "target", "p95 beside a run", "ratio", "p95 without thinking")
    for nth, head in enumerate(heads):
        its.add_column(head, justify="right" if nth else "left")
    for page in PAGES:
        ratio = busy.p95(page) / quiet.p95(page)
        its.add_row(
            page,
            f"{quiet.middle(page):.0f}",
            f"{quiet.p95(page):.0f}",
            f"{TARGETS[page]}",
            f"{busy.p95(page):.0f}",
            f"{ratio:.1f}",
            f"{rush.p95(page):.0f}",
        )
    rates = (quiet.per_second, busy.per_second, rush.per_second)
    its.add_row(
        "requests a second", f"{rates[0]:.0f}", "", "", f"{rates[1]:.0f}", "", f"{rates[2]:.0f}"
    )
    busy_for = (quiet.processor, busy.processor, rush.processor)
    told = [f"{its:.0f}" for its in busy_for]
    its.add_row("processor a request", told[0], "", "", told[1], "", told[2])
    return its


# The users


def look(server: Server, large: Large, pace: Pace) -> Measured:
    """Let the users look at one page after the other, all at once."""
    measured = Measured(pace.seconds)
    end = time.monotonic() + pace.seconds
    before = server.processor_seconds()
    with ThreadPoolExecutor(pace.users) as pool:
        visits = [
            pool.submit(_visit, server, large, number, pace, end) for number in range(pace.users)
        ]
        for visit in visits:
            for page, milliseconds in visit.result():
                measured.times[page].append(milliseconds)
    measured.busy = server.processor_seconds() - before
    return measured


def _visit(
    server: Server, large: Large, number: int, pace: Pace, end: float
) -> list[tuple[str, float]]:
    """What one user waits for, page after page."""
    visitor, rng = large.visitors[number], Random(number)
    officer, manager = requests.Session(), requests.Session()
    officer.cookies.set("rota", visitor.as_officer)
    manager.cookies.set("rota", visitor.as_manager)
    token = re.findall(
        r'data-csrf="([^"]*)"', manager.get(f"{server.address}{_board_path(large)}").text
    )[0]
    edits = _edits(large, number, pace.users)
    times = []
    first = number % len(PAGES)
    for turn in count(first):
        page = PAGES[turn % len(PAGES)]
        time.sleep(rng.expovariate(1 / pace.thinks) if pace.thinks else 0)
        began = time.monotonic()
        if began >= end and turn - first >= 2 * len(PAGES):
            return times
        match page:
            case "my rota":
                answer = officer.get(f"{server.address}/my-rota")
            case "who is in":
                answer = officer.get(f"{server.address}/units/{visitor.unit_id}/who-is-in")
            case "board, 4 weeks":
                answer = manager.get(f"{server.address}{_board_path(large)}")
            case _:
                answer = manager.post(
                    f"{server.address}/units/{large.unit_id}/board/edit?weeks=4",
                    data={**next(edits), "csrf_token": token},
                    headers={"Accept": "application/json"},
                )
        if answer.status_code not in (200, 422):  # A seat may be where another user moved it.
            raise RuntimeError(f"{page}: {answer.status_code} {answer.text[:500]}")
        if answer.status_code == 200:
            times.append((page, 1000 * (time.monotonic() - began)))
    return times


def _edits(large: Large, number: int, users: int) -> Iterator[Mapping[str, str]]:
    """Moves to and fro of officers whom no other user moves, in the last days of the period."""
    problem = large.problem
    last = problem.dates[-10:]
    places = [
        (who, day, sites)
        for (who, day), sites in problem.allowed_sites.items()
        if len(sites) > 1 and day in last
    ][number::users]
    for turn in count():
        who, day, sites = places[turn // 2 % len(places)]
        yield {
            "action": "move",
            "staff_no": who,
            "day": f"{day}",
            "site": sites[turn % 2],
            "start": f"{problem.period.first}",
        }


def _board_path(large: Large) -> str:
    return f"/units/{large.unit_id}/board?start={large.problem.period.first}&weeks=4"


def _board(server: Server, large: Large) -> requests.Response:
    cookies = {"rota": large.visitors[0].as_manager}
    return requests.get(f"{server.address}{_board_path(large)}", cookies=cookies, timeout=60)
