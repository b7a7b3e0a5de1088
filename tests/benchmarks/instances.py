"""The units that are measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path

TODAY = date(2026, 12, 28)
"""Before every period, so that nothing of it is history."""

_ROOT = Path(__file__).parents[2]
_BESIDE = _ROOT.parent / "shared" / "data"
"""Reference units, which are not part of Rota; they are left out where they are missing."""

_FIXTURES = ("millbrook", "overbooked")
_REFERENCES = ("hertfordshire", "northamptonshire", "leeds", "leeds-short")


def fixtures() -> tuple[Path, ...]:
    return tuple(_ROOT / "fixtures" / name for name in _FIXTURES)


def references() -> tuple[Path, ...]:
    paths = (_BESIDE / name for name in _REFERENCES)
    return tuple(path for path in paths if path.is_dir())


def unit_to_grow() -> Path:
    """Leeds, the largest reference unit, or else the largest fixture."""
    leeds = _BESIDE / "leeds"
    return leeds if leeds.is_dir() else fixtures()[0]
