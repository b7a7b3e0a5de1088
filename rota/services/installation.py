"""The key that signs forms, which the installation makes up for itself unless it has one."""

from __future__ import annotations

from rota.services.digests import new_secret
from rota.settings import Settings
from rota.store import installation
from rota.store.database import Database

_KEY = "signing key"


def signing_key(database: Database, settings: Settings) -> str:
    """The key of the settings, or else one that every process of this database shares."""
    given = settings.secret_key.get_secret_value()
    if given:
        return given
    with database.reading() as connection:
        kept = installation.find(connection, _KEY)
    if kept is not None:
        return kept
    with database.writing() as connection:
        installation.keep(connection, _KEY, new_secret())
        kept = installation.find(connection, _KEY)
    assert kept is not None
    return kept
