"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ANYBODY, OWNER = 0o666, 0o600
"""Who may read and write a file, as far as the umask of the process allows."""


class NotWritten(OSError):  # noqa: N818, as its siblings
    """A file that the system does not let be written; `filename` and `strerror` say which and why.

    What stood there before still does.
    """

    def __str__(self) -> str:
        return f"{self.filename} cannot be written ({self.strerror})"


def write_whole(path: Path, text: str, *, mode: int = ANYBODY) -> None:
    """Write the text as UTF-8, line ends as they are, in place of what the file held.

    A reader, or a run that is killed, finds the old file or the new one and never a part of it.
    Raises NotWritten where the folder is missing, full or may not be written to; the old file
    then stays.
    """
    write_together({path: text}, mode=mode)


def write_together(texts: Mapping[Path, str], *, mode: int = ANYBODY) -> None:
    """Write each text as `write_whole` does, and none where there is no room for all.

    Raises NotWritten for the first that cannot be written; before it is known that there is room
    for all, no old file is replaced.
    """
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in texts}
    try:
        for path, part in parts.items():
            with _name_file_in_errors(path):
                _write(part, texts[path], mode)
        for path, part in parts.items():
            with _name_file_in_errors(path):
                part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _write(part: Path, text: str, mode: int) -> None:
    part.unlink(missing_ok=True)  # Of a run that was killed, and perhaps for anybody to read.
    opener = partial(os.open, mode=mode)
    with open(part, "w", encoding="utf-8", newline="", opener=opener) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _name_file_in_errors(path: Path) -> Iterator[None]:
    """Say of every trouble with which file it is."""
    try:
        yield
    except OSError as error:
        raise NotWritten(error.errno, error.strerror, str(path)) from error
