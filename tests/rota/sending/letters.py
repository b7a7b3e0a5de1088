"""A letter to send, and a note of when it is handed over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from rota.sending import Letter

SENDER = "Rota <rota@example.org>"

LETTER = Letter(
    key="published/7/40417",
    to="ann.ash@example.org",
    subject="Your rota from 4 January",
    body="Dear Ann,\nMon 4 Jan: Mill House\n",
    written_at=datetime(2026, 12, 28, 9, 30, tzinfo=UTC),
)


def letter(**changed: Any) -> Letter:
    return replace(LETTER, **changed)


@dataclass
class Handover:
    """What a post is given to call; `fails` is raised, after `times` is counted."""

    fails: Exception | None = None
    times: int = field(default=0, init=False)

    def __call__(self) -> None:
        self.times += 1
        if self.fails:
            raise self.fails
