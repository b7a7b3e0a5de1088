"""Secrets of which the database keeps but a digest, and seals of what somebody was shown."""

from __future__ import annotations

import hashlib
import json
import secrets

from rota.settings import Settings
from rota.store.databases.database import Database
from rota.store.upkeep import installation


def new_secret() -> str:
    """256 bits that nobody can guess, in letters that an address may hold."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is too long to be guessed, so that a quick digest will do."""
    return hashlib.sha256(secret.encode()).hexdigest()


def seal_of(shown: object, *, length: int = 16) -> str:
    """A mark of what somebody was shown, which is another when that is; so many letters of 64.

    What JSON cannot hold is taken by its words.
    """
    text = json.dumps(shown, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:length]


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
