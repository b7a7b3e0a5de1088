"""A SQLite database is nobody else's to read: its file, and those that SQLite keeps beside it."""

from __future__ import annotations

import logging
import os
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

PRIVATE = 0o600

_BESIDE = ("", "-wal", "-shm", "-journal")
"""What the names of a database's files end in."""

_log = logging.getLogger(__name__)


def keep_private(path: Path) -> None:
    """Make the file, if it is not there, for its owner alone, or take it from all others.

    A group that may write to it is left in: somebody let two programs share the file. What SQLite
    makes beside it later has the same permissions.
    """
    if os.name != "posix":
        return
    with suppress(OSError):  # It is there; or it cannot be made, which SQLite tells in its words.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE))
        return
    for ending in _BESIDE:
        with suppress(OSError):  # It is not there, or in a folder that nobody may look into.
            _take_from_others(path.with_name(f"{path.name}{ending}"))


def _take_from_others(path: Path) -> None:
    status = path.stat()
    mode = stat.S_IMODE(status.st_mode)
    group = stat.S_IRWXG if mode & stat.S_IWGRP else 0
    private_mode = mode & (stat.S_IRWXU | group)
    if private_mode == mode or not stat.S_ISREG(status.st_mode):
        return
    try:
        path.chmod(private_mode)
    except OSError as error:
        _tell_once(f"{path} can be read by others: chmod 600 ({error.strerror})")
    else:
        _tell_once(f"{path} could be read by others; now it cannot")


@cache
def _tell_once(sentence: str) -> None:
    _log.warning(sentence)
