"""How fast pages are while one client opens many connections and sends a byte now and then."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from statistics import median, quantiles
from threading import Event, Thread

import requests
from rich.console import Console
from rich.table import Table

from tests.benchmarks.databases import SQLITE, address
from tests.benchmarks.server import Server, serving

BEGUN = (
    b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX: ",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n",
)
"""Requests that are not whole: one in its headers, one in its body."""

PAUSE = 1.0
"""Seconds between two bytes of a connection."""


def measure_trickle(console: Console, *, connections: int, seconds: float) -> None:
    """Print how fast a page is for others, first alone and then beside those connections."""
    table = Table("Connections that trickle", "Pages", "Half within", "95 in 100 within", "Longest")
    with address(SQLITE) as url, serving(url) as server:
        for count in (0, connections):
            with trickling(server, count):
                times = milliseconds(server, seconds)
            figures = (median(times), quantiles(times, n=20)[-1], max(times))
            table.add_row(str(count), str(len(times)), *(f"{figure:.0f} ms" for figure in figures))
    console.print(table)


@contextmanager
def trickling(server: Server, count: int) -> Iterator[None]:
    """Keep so many connections open that send a byte now and then, half of them a body."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    is_over = Event()
    with ExitStack() as held:
        slow = [
            held.enter_context(socket.create_connection((host, int(port)))) for _ in range(count)
        ]
        for number, connection in enumerate(slow):
            connection.sendall(BEGUN[number % len(BEGUN)])
        thread = Thread(target=_trickle, args=(slow, is_over))
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()


def _trickle(slow: Sequence[socket.socket], is_over: Event) -> None:
    while not is_over.wait(PAUSE):
        for connection in slow:
            with suppress(OSError):
                connection.send(b"x")


def milliseconds(server: Server, seconds: float) -> list[float]:
    """How long each page took, asked for one after the other in connections of their own."""
    times: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        requests.get(f"{server.address}/sign-in", timeout=60).raise_for_status()
        times.append(1000 * (time.perf_counter() - began))
    return times
