"""A file that is there whole or not at all."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

ANYBODY, OWNER = 0o666, 0o600
"""Who may read and write a file, as far as the umask of the process allows."""


def write_whole(path: Path, text: str, *, mode: int = ANYBODY) -> None:
    """Write the text as UTF-8, line ends as they are, in place of what the file held.

    A reader, or a run that is killed, finds the old file or the new one and never a part of it.
    Raises OSError where the folder is missing or may not be written to; the old file then stays.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)  # Of a run that was killed, and perhaps for anybody to read.
    try:
        opener = partial(os.open, mode=mode)
        with open(part, "w", encoding="utf-8", newline="", opener=opener) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
