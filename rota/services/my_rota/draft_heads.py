"""What managers are told of a unit before they look at a draft: its drafts, and its revision."""

from __future__ import annotations

from rota.services.access.act import Act
from rota.services.units.lookup import unit_named
from rota.store.databases.database import Database
from rota.store.rotas import drafts
from rota.store.rotas.drafts import Head


def list_drafts(database: Database, act: Act, *, unit: str) -> tuple[Head, ...]:
    """The unit's drafts without their seats, by date."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return drafts.heads(connection, unit_named(connection, unit).id)


def find_revision(database: Database, act: Act, *, unit: str) -> int:
    """How often the unit was changed, counted from 1."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return unit_named(connection, unit).revision
