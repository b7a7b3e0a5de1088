"""How fast pages are while workbooks are uploaded that would fill the memory or take minutes."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import requests
from rich.console import Console
from rich.table import Table

from rota.store.databases.database import Database
from tests.benchmarks.databases import SQLITE, address
from tests.benchmarks.large import Large, build
from tests.benchmarks.pages import PAGES, Measured, Pace, look
from tests.benchmarks.server import Server, serving
from tests.rota.reading.raw_workbook import sheet_of, write_xlsx

TARGET = 2.0
"""By how much the time within which 95 in 100 requests are answered may grow."""


def measure_bombs(console: Console, *, users: int, seconds: float) -> None:
    """Print how fast the pages are alone, and while each bomb is uploaded again and again."""
    with address(SQLITE) as url:
        database = Database(url)
        large = build(database, count=20, officers=2_000, users=users)
        database.close()
        with serving(url) as server:
            pace = Pace(users, seconds, thinks=1)
            look(server, large, Pace(users, seconds / 4, thinks=1))
            quiet = look(server, large, pace)
            bombs = _bombs()
            with ThreadPoolExecutor(len(bombs)) as pool:
                end = time.monotonic() + seconds
                uploads = [
                    pool.submit(_upload, server, large, name, data, end)
                    for name, data in bombs.items()
                ]
                busy = look(server, large, pace)
                waits = [upload.result() for upload in uploads]
    console.print(_table(quiet, busy))
    for name, waited in zip(bombs, waits, strict=True):
        console.print(
            f"{name}: refused {len(waited)} times, after {median(waited):.1f} s in the middle "
            f"and {max(waited):.1f} s at most"
        )


def _bombs() -> Mapping[str, bytes]:
    """One of many cells, one of long texts, one of many attributes and one of rows far apart."""
    attributes = " ".join(f'a{n}="1"' for n in range(2_000_000))
    apart = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_000, 4))
    long_texts = '<row><c t="s"><v>0</v></c></row>' * 250_000
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bomb.xlsx"
        return {
            "cells": write_xlsx(path, sheet_of(f"<row>{'<c/>' * 11_500_000}</row>")).read_bytes(),
            "attributes": write_xlsx(path, sheet_of(f"<row {attributes}/>")).read_bytes(),
            "rows": write_xlsx(path, sheet_of(apart)).read_bytes(),
            "texts": write_xlsx(
                path, sheet_of(long_texts), strings=f"<si><t>{'a' * 30_000_000}</t></si>"
            ).read_bytes(),
        }


def _upload(server: Server, large: Large, name: str, data: bytes, end: float) -> list[float]:
    """Upload the bomb as a manager until the end, at least once. How long each answer took."""
    page = f"{server.address}/units/{large.unit_id}/import"
    session = requests.Session()
    session.cookies.set("rota", large.visitors[0].as_manager)
    (token, *_) = re.findall(r'name="csrf_token"[^>]*value="([^"]*)"', session.get(page).text)
    waits = []
    while not waits or time.monotonic() < end:
        began = time.monotonic()
        answer = session.post(
            page, data={"csrf_token": token}, files={"file": (f"{name}.xlsx", data)}
        )
        if answer.status_code != 422:
            raise RuntimeError(f"{name}: {answer.status_code} {answer.text[:500]}")
        waits.append(time.monotonic() - began)
        time.sleep(0.1)
    return waits


def _table(quiet: Measured, busy: Measured) -> Table:
    table = Table(title="p95 in milliseconds", title_justify="left")
    heads = ("", "alone", "beside four bombs", f"ratio (target {TARGET:.0f})")
    for nth, head in enumerate(heads):
        table.add_column(head, justify="right" if nth else "left")
    for page in PAGES:
        before, after = quiet.p95(page), busy.p95(page)
        table.add_row(page, f"{before:.0f}", f"{after:.0f}", f"{after / before:.1f}")
    return table
