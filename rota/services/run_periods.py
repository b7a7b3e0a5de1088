"""The periods of which a run may be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.domain import Period
from rota.errors import RotaError
from rota.services.publishing import overlapping
from rota.store import drafts, versions
from rota.store.units import Stored


def period_asked_for(
    connection: Connection, unit: Stored, start: date | None, weeks: int | None
) -> Period:
    """The period that is asked for; without a start, the one after what is published."""
    if start is None:
        ends = [version.period.last for version in versions.in_force(connection, unit.id)]
        start = max(ends) + timedelta(days=1) if ends else unit.policy.start
    try:
        return Period(start, weeks or _weeks(connection, unit, start))
    except ValueError as error:
        says = str(error)
        raise RotaError(f"{says[0].upper()}{says[1:]}.") from None


def _weeks(connection: Connection, unit: Stored, start: date) -> int:
    """How many weeks the period has that starts then, published, drafted or new."""
    published = [version.period for version in versions.in_force(connection, unit.id)]
    known = {its.first: its.weeks for its in (*drafts.periods(connection, unit.id), *published)}
    return known.get(start, unit.policy.weeks)


def refuse_past(period: Period, today: date) -> None:
    """Raise RotaError if nothing of the period can be planned any more."""
    if period.last <= today:
        raise RotaError(f"The period {period} is over; today is {today}.")


def refuse_overlap(connection: Connection, unit: Stored, period: Period) -> None:
    """Raise RotaError if the period shares days with another that is published or drafted."""
    others: Sequence[Period] = overlapping(connection, unit, period)
    drafted = [its for its in drafts.periods(connection, unit.id) if its.first == period.first]
    others = [*others, *(its for its in drafted if its != period)]
    for other in others:
        raise RotaError(
            f"The period {period} shares days with {other}, which is published or drafted already."
        )
