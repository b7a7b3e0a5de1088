"""Days that a manager granted on request, which the night changes only with a manager's yes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from sqlalchemy import Connection

from rota.domain import WEEKDAYS, OfficerDay, Problem, SeatsOfDay, keep_part
from rota.store.requests import asks
from rota.store.requests.asks import DAY, Ask
from rota.store.units.units import StoredUnit


def list_granted(connection: Connection, unit: StoredUnit, today: date) -> tuple[Ask, ...]:
    """The days and swaps after today that were granted."""
    granted_asks = asks.list_granted_after(connection, unit.id, today)
    return tuple(ask for ask in granted_asks if ask.when not in WEEKDAYS)


def find_granted_days(problem: Problem, granted_asks: Iterable[Ask]) -> Set[OfficerDay]:
    """The officers and days of these asks that are still published as they were granted."""
    return {
        officer_day
        for ask in granted_asks
        for officer_day, is_granted in _check_days(problem, ask)
        if is_granted
    }


def _check_days(problem: Problem, ask: Ask) -> Iterator[tuple[OfficerDay, bool]]:
    own_day, colleague_day = (ask.staff_no, ask.day), (ask.with_staff_no or "", ask.day)
    if ask.kind == DAY:
        seats = problem.published.get(own_day, ())
        kinds = {problem.sites[seat.site].kind for seat in keep_part(seats, ask.part)}
        yield own_day, kinds == {ask.wants}
        return
    for officer_day, sites in ((own_day, ask.with_site), (colleague_day, ask.own_site)):
        seats = problem.published.get(officer_day, ())
        yield officer_day, bool(seats) and SeatsOfDay.of(seats).sites == sites
