"""One attempt to sign in through a provider, and how it may end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from rota.errors import RotaError


class Unanswered(RotaError):  # noqa: N818, it is the user who reads it
    """The provider does not answer, or not in a way that makes sense."""


class Distrusted(RotaError):  # noqa: N818, it is the user who reads it
    """The answer of the provider cannot be trusted."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the provider has to send back, and what only we know until then."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def create(cls) -> Attempt:
        return cls(*(secrets.token_urlsafe(48) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Identity:
    """The person whom the provider vouches for. No two people have the same subject."""

    subject: str
    email: str
    is_email_verified: bool
