"""What the checker finds of a published rota or of a draft, as far as it is for the reader."""

from __future__ import annotations

from datetime import date

from rota.cache import Cache
from rota.errors import NotFound
from rota.services.access.act import Act
from rota.services.access.finding_rights import ReadableFindings, list_known_teams
from rota.services.drafts import drafts
from rota.services.drafts.published_view import load_published_view
from rota.services.drafts.rota_view import RotaView
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.rotas import versions

_READABLE: Cache[ReadableFindings] = Cache(most=32)
"""What readers may know, by the view and their teams: they read it page by page."""


def load_of_published(
    database: Database, act: Act, *, unit: str, start: date | None = None
) -> ReadableFindings:
    """Of the published period that starts on the date, or that holds today or comes next."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        in_force = versions.list_in_force(connection, stored_unit.id)
        for version in in_force:
            period = version.period
            if start == period.first or (start is None and period.last >= act.today):
                newest = max(version.number for version in in_force)
                view = load_published_view(connection, act, stored_unit, newest, period)
                return _find_readable(database, act, unit, view)
    when = "now or later" if start is None else f"from {start}"
    raise NotFound(f"{unit} has no published rota {when}.")


def load_of_draft(
    database: Database, act: Act, *, unit: str, start: date | None = None
) -> ReadableFindings:
    """Of the draft of the period that starts on the date, or of the only one there is."""
    return _find_readable(
        database, act, unit, drafts.load_view(database, act, unit=unit, start=start)
    )


def _find_readable(database: Database, act: Act, unit: str, view: RotaView) -> ReadableFindings:
    teams = list_known_teams(act.rights, unit, view.problem)
    key = (view.key, teams)
    return _READABLE.find(database.engine, key, lambda: view.findings_for(teams))
