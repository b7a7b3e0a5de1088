"""A day of the town that is split: Omar is due at the court on the morning of a Thursday."""

from __future__ import annotations

from datetime import date

from rota.services.rotas import versions
from rota.services.units import record_changes
from tests import draft_edits
from tests.stored import act
from tests.web.conftest import Town
from tests.web.town import COURT, HIGH, NOW

THURSDAY = date(2027, 1, 14)
RITA = act(NOW.date(), "Rita")
BOTH_PLACES = f"{COURT} in the morning, {HIGH} in the afternoon"


def record(town: Town, table: str, **row: str) -> None:
    """Add a row to a table of Millbrook."""
    record_changes.record(town.database, RITA, unit="Millbrook", table=table, rows=[row])


def need_somebody_in_the_morning(town: Town) -> None:
    """Have the court need somebody on the morning of the Thursday."""
    record(town, "duties", date=f"{THURSDAY}", site=COURT, needed="1", skill="court", part="am")


def split(town: Town) -> None:
    """Put Omar at the court in the morning and at his office in the afternoon, in the draft."""
    need_somebody_in_the_morning(town)
    draft_edits.split(
        town.database,
        RITA,
        unit="Millbrook",
        staff_no="102",
        day=THURSDAY,
        am=COURT,
        pm=HIGH,
    )


def publish_split(town: Town) -> None:
    """The same, published as version 2."""
    split(town)
    versions.publish(town.database, RITA, unit="Millbrook", is_acknowledged=True)
