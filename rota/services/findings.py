"""What the checker finds of a published rota."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rota.checker import Judgement, judge
from rota.domain import Period, Rota
from rota.errors import NotFound
from rota.services.acting import Act
from rota.services.problems import published_problem, unit_named
from rota.store import versions
from rota.store.database import Database
from rota.store.units import Stored


@dataclass(frozen=True)
class Judged:
    """A published period and how its rota is judged now."""

    period: Period
    judgement: Judgement


def of_published(database: Database, act: Act, *, unit: str, start: date | None = None) -> Judged:
    """The published period that starts on the date, or the one that holds today or comes next."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        period = _period(connection, stored, start, act.today)
        return _judged(connection, stored, period, act.today)


def _period(connection: Connection, unit: Stored, start: date | None, today: date) -> Period:
    published = [version.period for version in versions.in_force(connection, unit.id)]
    for period in published:
        if start == period.first or (start is None and period.last >= today):
            return period
    when = "now or later" if start is None else f"from {start}"
    raise NotFound(f"{unit.name} has no published rota {when}.")


def _judged(connection: Connection, unit: Stored, period: Period, today: date) -> Judged:
    problem = published_problem(connection, unit, period, today)
    rota = Rota.of(seat.seat for seat in problem.published.values())
    return Judged(period, judge(problem, rota))
