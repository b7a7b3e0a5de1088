"""A file that is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write the text as UTF-8, line ends as they are, in place of what the file held.

    A reader, or a run that is killed, finds the old file or the new one and never a part of it.
    Raises OSError where the folder is missing or may not be written to; the old file then stays.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
