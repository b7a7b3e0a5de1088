"""How much one officer may ask for in a day, so that nobody buries their manager in requests."""

from __future__ import annotations

from datetime import timedelta

from rota.errors import TooMany
from rota.moments import beginning_of
from rota.services.acting import Act
from rota.services.problems import unit_named
from rota.store import asks
from rota.store.database import Database


def must_ask_less(database: Database, act: Act, *, unit: str, staff_no: str, most: int) -> None:
    """Raise TooMany if the officer has asked for so much already today."""
    act.rights.must_be(unit, staff_no)
    today, tomorrow = (beginning_of(act.today + timedelta(days=n)) for n in (0, 1))
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        number = asks.made_since(connection, stored.id, staff_no, today)
    if number >= most:
        says = f"You have asked for {number} things today, and {most} is the most in one day"
        raise TooMany(says, wait=tomorrow - act.at)
