"""How the planning went, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rota.writing.whole_file import write_whole


def write_summary(path: Path, summary: Mapping[str, object]) -> None:
    """Write the summary with its keys in the order given. Raises ValueError for NaN."""
    text = json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False, default=_as_dict)
    write_whole(path, f"{text}\n")


def _as_dict(value: object) -> dict[str, object]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON")
