"""A Saturday of the town with a court, for which Omar and Bea may be asked."""

from __future__ import annotations

from datetime import date

from rota.services.rotas import versions
from rota.store.units import units
from tests import draft_edits
from tests.web.conftest import Town
from tests.web.split_days import RITA, record
from tests.web.town import COURT, MILLBROOK

SATURDAY = date(2027, 1, 16)


def need_somebody_on_saturday(town: Town) -> None:
    """Have the court need somebody on the Saturday; two officers may be asked."""
    with town.database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE officer SET takes_extra_days = true WHERE staff_no IN ('102', '203')"
        )
        units.raise_revision(connection, MILLBROOK)
    record(town, "duties", date=f"{SATURDAY}", site=COURT, needed="1", skill="court")


def publish_saturday(town: Town) -> None:
    """Publish that Omar goes to the court on the Saturday, as version 2."""
    need_somebody_on_saturday(town)
    draft_edits.move(
        town.database, RITA, unit="Millbrook", staff_no="102", day=SATURDAY, site=COURT
    )
    versions.publish(town.database, RITA, unit="Millbrook", is_acknowledged=True)
