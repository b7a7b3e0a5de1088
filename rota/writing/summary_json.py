"""How the planning went, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rota.writing.whole_file import write_whole


def format_summary_as_json(summary: Mapping[str, object]) -> str:
    """The summary with its keys in the order given. Raises ValueError for NaN."""
    return json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False)


def write_summary(path: Path, summary: Mapping[str, object]) -> None:
    """Write the summary as `summary_text` has it."""
    write_whole(path, format_summary(summary))


def format_summary(summary: Mapping[str, object]) -> str:
    """The summary as a file holds it, with a newline at its end."""
    return f"{format_summary_as_json(summary)}\n"
