"""The command line as a user has it, in this process or in one of its own."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from rota.cli import main
from tests.usual_rules import FIXTURES

ROOT = Path(__file__).parents[3]
TODAY = ("--today", "2026-12-28")
FILES = ["findings.csv", "rota.csv", "rota.html", "summary.json"]
LEVELS = ("limit", "cover", "notice", "policy", "stability", "people")


def run(*words: str | Path, typed: str | None = None) -> Result:
    """The command's exit status and what it said on each stream; an error of ours is raised."""
    told = [str(word) for word in words]
    return CliRunner().invoke(main, told, input=typed, catch_exceptions=False)


def plan(unit: Path, out: Path, *options: str | Path) -> Result:
    return run("plan", unit, *TODAY, "--out", out, *options)


def check(unit: Path, rota: Path, *options: str | Path) -> Result:
    return run("check", unit, rota, *TODAY, *options)


def in_process(*words: str | Path) -> list[str]:
    """The command in a process of its own, in which every warning is an error."""
    command = "from rota.cli import main; main()"
    return [sys.executable, "-W", "error", "-c", command, *(str(word) for word in words)]


def environment(**changed: str) -> Mapping[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **changed}


def start(*words: str | Path, **changed: str) -> subprocess.Popen[str]:
    """The command under way, in a group of its own, with these environment variables changed."""
    return subprocess.Popen(
        in_process(*words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**changed),
        start_new_session=True,
    )


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def summary_in(folder: Path) -> Any:
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


def costs_in(summary: Any) -> tuple[int, ...]:
    return tuple(summary["levels"][level]["cost"] for level in LEVELS)


def bounds_in(summary: Any) -> tuple[int, ...]:
    return tuple(summary["levels"][level]["bound"] for level in LEVELS)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def copy_of(fixture: str, folder: Path) -> Path:
    shutil.copytree(FIXTURES / fixture, folder)
    return folder
