"""What commands print, for the documents to show."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from tests.docs.documents import ROOT

FIXTURES = ROOT / "fixtures"
TODAY = "2026-12-28"

_COMMAND = (sys.executable, "-c", "from rota.cli import main; main()")
_MISTAKES = (
    ("officers.csv", "Mon Tue Wed Thu Fri", "Mon Teu Wed Thu Fri"),
    ("requests.csv", "60117", "60171"),
    ("policy.toml", "managers_in = 1", "manager_in = 1"),
)


def pair() -> str:
    """What planning the smallest example prints. There is only one best rota of it."""
    return _as_block(_planned(FIXTURES / "pair"))


def pair_findings() -> str:
    """The sentences of its breaches."""
    return _as_block(tuple(line for line in _planned(FIXTURES / "pair") if line.startswith("  ")))


def faults() -> str:
    """What planning Millbrook prints when a few things in it are wrong."""
    with TemporaryDirectory() as folder:
        unit = Path(folder) / "unit"
        copytree(FIXTURES / "millbrook", unit)
        for name, right, wrong in _MISTAKES:
            text = (unit / name).read_text(encoding="utf-8")
            (unit / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")
        return _as_block(_planned(unit))


@cache
def _planned(unit: Path) -> tuple[str, ...]:
    """The lines that planning prints on paper of 110 columns."""
    with TemporaryDirectory() as out:
        ran = subprocess.run(
            [*_COMMAND, "plan", unit, "--today", TODAY, "--workers", "1", "--out", out],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
    return tuple(line.rstrip().replace(out, "out") for line in ran.stdout.splitlines())


def _as_block(lines: tuple[str, ...]) -> str:
    return "\n".join(["```text", *lines, "```"])
