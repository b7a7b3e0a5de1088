"""The key that signs forms, which the installation makes up for itself."""

from __future__ import annotations

import secrets

from rota.store import installation
from rota.store.database import Database

_KEY = "signing key"


def signing_key(database: Database) -> str:
    """The key, the same for every process that serves this database."""
    with database.reading() as connection:
        kept = installation.find(connection, _KEY)
    if kept is not None:
        return kept
    with database.writing() as connection:
        installation.keep(connection, _KEY, secrets.token_urlsafe(32))
        kept = installation.find(connection, _KEY)
    assert kept is not None
    return kept
