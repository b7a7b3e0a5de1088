"""The bytes of a file that a user gave."""

from __future__ import annotations

import math
from pathlib import Path

from rota.errors import BadInput, Fault

MEGABYTE = 1_000_000
LARGEST_FILE = 20 * MEGABYTE


def read_bytes(path: Path, place: str) -> bytes:
    """All bytes of the file. Raises BadInput if it cannot be read or is too large."""
    try:
        if not path.is_file():
            raise BadInput([Fault(place, f"{path.name} is not a file")])
        refuse_size(path.stat().st_size, LARGEST_FILE, place)
        return path.read_bytes()
    except OSError as error:
        raise build_unreadable_error(path, place, error) from error


def build_unreadable_error(path: Path, place: str, error: OSError) -> BadInput:
    """What to raise when the operating system refuses a file or folder."""
    return BadInput([Fault(place, f"{path.name} cannot be read ({error.strerror})")])


def exists(path: Path) -> bool:
    """Whether something stands at the path; a path that is no path holds nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def refuse_size(size: int, largest: int, place: str) -> None:
    """Raise BadInput for more than so many bytes."""
    if size > largest:
        megabytes = math.ceil(10 * size / MEGABYTE) / 10
        sentence = f"it holds {megabytes:,} MB, and no more than {largest // MEGABYTE} MB are read"
        raise BadInput([Fault(place, sentence)])
