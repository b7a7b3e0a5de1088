"""Passwords: which are good enough, and how they are kept."""

from __future__ import annotations

import re
import secrets
from functools import cache
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rota.errors import RotaError

SHORTEST, LONGEST = 12, 128
"""Characters of a password."""

_LEAST_DIFFERENT = 5
"""Different characters of a password."""

_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
"""Argon2id with 46 MiB, the first of the settings that OWASP recommends."""

_AT_ONCE = BoundedSemaphore(4)
"""So many are worked out at a time, or a flood of sign-ins would take all memory."""

_COMMONEST = """
    password passwort passphrase letmein welcome changeme qwertyuiop qwerty asdfghjkl asdf zxcvbnm
    administrator admin iloveyou monkey dragon sunshine princess football liverpool arsenal chelsea
    charlie thomas ashley michael superman batman pokemon abc login secret master hello probation
    office rota spring summer autumn winter january february march april may june july august
    september october november december my the is a
"""
"""Words that the commonest passwords are made of, after the lists of the NCSC."""

_IS_COMMON = re.compile(f"(?:{'|'.join(sorted(_COMMONEST.split(), key=len, reverse=True))})+")

_LOOKALIKES = str.maketrans("0134578@$!", "oleastbasi")

_RUNS = "01234567890123456789 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm"
"""Characters as they follow one another in counting, in the alphabet and on a keyboard."""


class WeakPassword(RotaError):  # noqa: N818, it is the user who reads it
    """A new password that is too easily guessed."""


def must_be_good(password: str, *, email: str, name: str) -> None:
    """Raise WeakPassword unless it will do, with a sentence on what to enter instead."""
    text = normalize("NFKC", password)
    if len(text) < SHORTEST:
        raise WeakPassword(f"Password must be {SHORTEST} characters or more")
    if len(text) > LONGEST:
        raise WeakPassword(f"Password must be {LONGEST} characters or fewer")
    if _tells_of(text, email, name):
        raise WeakPassword("Password must not include your name or email address")
    if len(set(text)) < _LEAST_DIFFERENT or _is_common(text.casefold()):
        raise WeakPassword("Password is too easy to guess. Three random words make a good one")


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(normalize("NFKC", password))


def matches(password: str, kept: str | None) -> bool:
    """Whether that is the password. Where there is none it takes as long, so that none can tell."""
    if len(password) > LONGEST * 4:
        return False  # No password is as long, and to work on it would only cost.
    with _AT_ONCE:
        try:
            _HASHER.verify(kept or _nobodys(), normalize("NFKC", password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was hashed by other settings than today's."""
    return _HASHER.check_needs_rehash(kept)


def one_time_password() -> str:
    """A password that nobody can guess, of letters and digits that look like no other."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    parts = ("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
    return "-".join(parts)


def _tells_of(text: str, email: str, name: str) -> bool:
    letters = _letters(text)
    told = (_letters(email), _letters(email.partition("@")[0]), _letters(name))
    return any(len(its) > 3 and its in letters for its in told)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _is_common(text: str) -> bool:
    bare = re.sub(r"[^a-z]", "", text)
    read = re.sub(r"[^a-z]", "", re.sub(r"[^a-z]+$", "", text).translate(_LOOKALIKES))
    is_word = any(_IS_COMMON.fullmatch(its) for its in (bare, read) if its)
    return is_word or not bare or text in _RUNS or text[::-1] in _RUNS


@cache
def _nobodys() -> str:
    """What a password is compared with where there is none to compare it with."""
    return _HASHER.hash(secrets.token_urlsafe(32))
