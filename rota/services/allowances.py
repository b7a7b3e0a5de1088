"""How many calls programs may make in a minute, counted for all processes of Rota together.

Each process sets a part of an allowance aside in the database and spends it from memory, so that
most calls write nothing. What a process set aside and did not use is lost when the minute ends: two
processes may refuse a little early, and never let through more than is allowed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection

from rota.errors import TooMany
from rota.services.digests import digest_of
from rota.store import allowances
from rota.store.database import Database

WINDOW = timedelta(minutes=1)
"""Allowances are for so long; then all is as before."""

_PARTS = 10
"""A process sets this part of an allowance aside at once."""


class Meter:
    """What one process has set aside and not spent. All threads of a process share one."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._since: datetime | None = None
        self._left: dict[str, int] = {}

    def spend(self, database: Database, whose: str, *, most: int, at: datetime) -> None:
        """Spend one call of those that `whose` may make in a minute. Raises TooMany."""
        since = _beginning(at)
        if self._took_one(whose, since):
            return
        part = max(1, most // _PARTS)
        with database.writing() as connection:
            taken = allowances.take(connection, digest_of(whose), since=since, number=part)
        allowed = min(part, most - (taken - part))
        if allowed <= 0:
            raise TooMany("Too many calls in one minute", wait=since + WINDOW - at)
        with self._turn:
            self._left[whose] = self._left.get(whose, 0) + allowed - 1

    def _took_one(self, whose: str, since: datetime) -> bool:
        """Take one call of what this process has set aside for that minute, if any is left."""
        with self._turn:
            if self._since != since:
                self._since = since
                self._left.clear()
            left = self._left.get(whose, 0)
            self._left[whose] = max(left - 1, 0)
            return left > 0


def forget_old(connection: Connection, *, at: datetime) -> None:
    """Forget the allowances of minutes that are over by any clock."""
    allowances.forget_old(connection, before=_beginning(at) - WINDOW)


def _beginning(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
