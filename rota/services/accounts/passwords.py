"""Passwords: which are good enough, and how they are hashed and compared."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rota.errors import RotaError
from rota.services.accounts.password_strength import SHORTEST_WORD, find_weakness

SHORTEST, LONGEST = 12, 128
"""Characters of a password."""

ONCE_LASTS = timedelta(days=7)
"""So long somebody may sign in with a password for once."""

_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
"""Argon2id with 46 MiB, the first of the settings that OWASP recommends."""

_AT_ONCE = BoundedSemaphore(4)
"""So many are worked out at a time, or a flood of sign-ins would take all memory."""


class WeakPassword(RotaError):  # noqa: N818, it is the user who reads it
    """A new password that is too easily guessed."""


def must_be_good(password: str, *, email: str, name: str, words: Iterable[str] = ()) -> None:
    """Raise WeakPassword unless it will do, with a sentence on what to enter instead.

    `words` are those that people here know: the names of units, teams and sites.
    """
    text = normalize("NFKC", password)
    if len(text) < SHORTEST:
        raise WeakPassword(f"Password must be {SHORTEST} characters or more")
    if len(text) > LONGEST:
        raise WeakPassword(f"Password must be {LONGEST} characters or fewer")
    if _has_name(text, email, name):
        raise WeakPassword("Password must not include your name or email address")
    weakness = find_weakness(text, (name, email, *words))
    if weakness:
        raise WeakPassword(weakness)


def hash_password(password: str) -> str:
    """What is stored of a password."""
    with _AT_ONCE:
        return _HASHER.hash(normalize("NFKC", password))


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the password has that hash. Without one it takes as long, so that none can tell."""
    if len(password) > LONGEST * 4:
        return False  # No password is as long, and to work on it would only cost.
    with _AT_ONCE:
        try:
            _HASHER.verify(password_hash or _hash_of_nobody(), normalize("NFKC", password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether it was hashed by other settings than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def make_one_time_password() -> str:
    """A password that nobody can guess, of letters and digits that look like no other."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    parts = ("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
    return "-".join(parts)


def _has_name(text: str, email: str, name: str) -> bool:
    """Whether the name or the address stands in the text, whatever is written between letters."""
    letters = _keep_letters(text)
    parts = (_keep_letters(email), _keep_letters(email.partition("@")[0]), _keep_letters(name))
    return any(len(form) >= SHORTEST_WORD and form in letters for form in parts)


def _keep_letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


@cache
def _hash_of_nobody() -> str:
    """What a password is compared with where there is none to compare it with."""
    return _HASHER.hash(secrets.token_urlsafe(32))
