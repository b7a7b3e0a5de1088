"""Secrets, of which the database keeps only a digest, and seals of what somebody was shown."""

from __future__ import annotations

import hashlib
import json
import secrets

from rota.settings import Settings
from rota.store.databases.database import Database
from rota.store.upkeep import installation


def make_secret() -> str:
    """256 bits that nobody can guess, in letters that an address may hold."""
    return secrets.token_urlsafe(32)


def compute_digest(secret: str) -> str:
    """What is stored of a secret. It is too long to be guessed, so a quick digest will do."""
    return hashlib.sha256(secret.encode()).hexdigest()


def compute_seal(content: object, *, length: int = 16) -> str:
    """A mark of what somebody was shown, which is another when that is; so many letters of 64.

    What JSON cannot hold is taken by its words.
    """
    text = json.dumps(content, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:length]


_KEY = "signing key"


def find_signing_key(database: Database, settings: Settings) -> str:
    """The key of the settings, or else one that all processes share, made at the first call."""
    own_key = settings.secret_key.get_secret_value()
    if own_key:
        return own_key
    with database.reading() as connection:
        key = installation.find(connection, _KEY)
    if key is not None:
        return key
    with database.writing() as connection:
        installation.add_unless_there(connection, _KEY, make_secret())
        key = installation.find(connection, _KEY)
    assert key is not None
    return key
