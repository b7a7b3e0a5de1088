"""What managers are told of a unit before they look at a draft: its drafts, and its revision."""

from __future__ import annotations

from rota.services.access.act import Act
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.rotas import draft_heads
from rota.store.rotas.draft_heads import DraftHead


def list_drafts(database: Database, act: Act, *, unit: str) -> tuple[DraftHead, ...]:
    """The unit's drafts without their seats, by date."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return draft_heads.list_heads(connection, find_unit(connection, unit).id)


def find_revision(database: Database, act: Act, *, unit: str) -> int:
    """How often the unit was changed, counted from 1."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return find_unit(connection, unit).revision
