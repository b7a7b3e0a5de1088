"""The process that reads one file and ends; `separate_process` starts it.

It runs as `python -m rota.reading.separate_process_main`.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rota.errors import BadInput, Fault
from rota.reading import process_limits

MOST_FAULTS = 2_000
"""Faults that are told; a file with more has to be mended before the rest is worth reading."""


def main() -> int:
    """Do what is asked on the standard input, and answer on the standard output."""
    process_limits.keep_to_limits()
    read, path, args, kwargs = pickle.load(sys.stdin.buffer)
    try:
        answer = _build_answer(read, path, args, kwargs)
    except MemoryError:
        return process_limits.OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    return 0


def _build_answer(
    read: Callable[..., Any], path: Path, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> bytes:
    """The value and the faults; one of both is there."""
    try:
        return pickle.dumps((read(path, *args, **kwargs), ()))
    except BadInput as bad:
        return pickle.dumps((None, _shorten_faults(bad.faults)))
    except OSError as error:  # Such as a full disk where an archive is to be unpacked.
        sentence = f"it cannot be read ({error.strerror or error})"
        return pickle.dumps((None, (Fault(path.name, sentence),)))


def _shorten_faults(faults: Sequence[Fault]) -> Sequence[Fault]:
    """The faults, or the first of them and how many more there are."""
    if len(faults) <= MOST_FAULTS:
        return faults
    sentence = f"{len(faults) - MOST_FAULTS:,} more things are wrong; mend these first"
    return (*faults[:MOST_FAULTS], Fault(faults[-1].place, sentence))


if __name__ == "__main__":
    sys.exit(main())
