"""What a worker is at, told by what it says to the database, so that others see it at once."""

from __future__ import annotations

import mmap
from enum import IntEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event


class Stage(IntEnum):
    """The last thing that a process was seen to begin."""

    NOTHING = 0
    CLAIMING = 1
    SOLVING = 2
    SAVING = 3
    PUBLISHING = 4
    TAKING_A_LETTER = 5
    HANDING_OVER = 6
    KEEPING_THAT_IT_IS_SENT = 7


_SIGNS = (
    (True, "UPDATE run ", "claimed_by=", Stage.CLAIMING),
    (False, "SELECT ", "FROM closure", Stage.SOLVING),  # The tables of a unit are loaded.
    (True, "INSERT INTO draft ", "", Stage.SAVING),
    (True, "UPDATE draft ", "", Stage.SAVING),
    (True, "INSERT INTO version ", "", Stage.PUBLISHING),
    (True, "UPDATE message ", " claim=", Stage.TAKING_A_LETTER),
    (True, "UPDATE message ", "handed_over_at=", Stage.HANDING_OVER),
    (True, "UPDATE message ", "sent_at=", Stage.KEEPING_THAT_IT_IS_SENT),
)
"""Whether it is said in writing, how it begins, what is in it, and what it tells."""


class Sign:
    """A byte of a file, which is there, that one process sets and others see."""

    def __init__(self, file: Path) -> None:
        with file.open("r+b") as opened:
            self._byte = mmap.mmap(opened.fileno(), 1)

    @property
    def stage(self) -> Stage:
        return Stage(self._byte[0])

    def set_by_what_is_said(self) -> None:
        """Show from now on what this process is at; its forks set the same sign."""

        def heard(connection: Connection, _: Any, statement: str, *__: Any) -> None:
            is_writing = connection.get_execution_options().get("rota_is_writing", False)
            for writes, begins, says, stage in _SIGNS:
                if writes == is_writing and statement.startswith(begins) and says in statement:
                    self._byte[0] = stage

        event.listen(Engine, "before_cursor_execute", heard)

    def close(self) -> None:
        self._byte.close()
