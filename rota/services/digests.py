"""Secrets that are shown once: whoever has one is let in, and the database has but a digest."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """256 bits that nobody can guess, in letters that an address may hold."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is too long to be guessed, so that a quick digest will do."""
    return hashlib.sha256(secret.encode()).hexdigest()
