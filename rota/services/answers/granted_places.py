"""Places that a manager granted on request, which the night changes only with a manager's yes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from sqlalchemy import Connection

from rota.domain import WEEKDAYS, OfficerDay, Problem
from rota.store.requests import asks
from rota.store.requests.asks import DAY, Ask
from rota.store.units.units import StoredUnit


def granted_later(connection: Connection, unit: StoredUnit, today: date) -> tuple[Ask, ...]:
    """The days and swaps after today that were granted."""
    granted = asks.granted_after(connection, unit.id, today)
    return tuple(ask for ask in granted if ask.when not in WEEKDAYS)


def places_granted(problem: Problem, granted: Iterable[Ask]) -> Set[OfficerDay]:
    """The places of these that are still published as they were granted."""
    return {place for ask in granted for place, is_granted in _places(problem, ask) if is_granted}


def _places(problem: Problem, ask: Ask) -> Iterator[tuple[OfficerDay, bool]]:
    own, other = (ask.staff_no, ask.day), (ask.with_staff_no or "", ask.day)
    if ask.kind == DAY:
        seat = problem.published.get(own)
        yield own, seat is not None and problem.sites[seat.site].kind == ask.wants
        return
    for place, site in ((own, ask.with_site), (other, ask.own_site)):
        seat = problem.published.get(place)
        yield place, seat is not None and seat.site == site
