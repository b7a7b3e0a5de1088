"""A unit whose runs take all the time they are given, since nobody could prove its best rota."""

from __future__ import annotations

from rota.store.databases.database import Database
from tests import stored
from tests.estate import units
from tests.rota.jobs import tiny

WEEKS = 12
OFFICERS = 90


def keep_long_unit(database: Database) -> str:
    """Store such a unit. Its name."""
    first = tiny.mondays()[0]
    ((name, unit, policy),) = units(1, officers=OFFICERS, first=first, weeks=WEEKS, seed=3)
    stored.keep(database, name, unit, policy)
    return name
