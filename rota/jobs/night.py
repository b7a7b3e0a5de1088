"""When the night begins, once on each date."""

from __future__ import annotations

from datetime import UTC, datetime, time

from rota.moments import LONDON, find_date_in_london
from rota.services.access.act import NIGHT, Act
from rota.services.runs.night import begin_night
from rota.store.databases.database import Database


def is_due(now: datetime, night_at: time) -> bool:
    """Whether tonight's time has come, on London's clock.

    A time that the clocks skip in March comes when they have gone forward; one that they repeat
    in October comes the first time.
    """
    tonight = datetime.combine(find_date_in_london(now), night_at, tzinfo=LONDON)
    return now.astimezone(UTC) >= tonight.astimezone(UTC)  # In one zone, hands would be compared.


def begin_night_if_due(
    database: Database, *, place: str, now: datetime, night_at: time, seconds: float
) -> tuple[int, ...] | None:
    """Begin tonight's runs if it is time and nobody did, however late. None if there was nothing.

    So a night that was slept through is made up once.
    """
    if not is_due(now, night_at):
        return None
    return begin_night(database, Act(NIGHT, place, now), seconds=seconds)
