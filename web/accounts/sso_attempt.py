"""One attempt to sign in through a provider, and what may come of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from rota.errors import RotaError


class Unanswered(RotaError):  # noqa: N818, it is the user who reads it
    """The provider does not answer, or not in a way that makes sense."""


class Distrusted(RotaError):  # noqa: N818, it is the user who reads it
    """The provider's answer is not one to believe."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What has to come back from the provider, and what only we know until then."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Attempt:
        return cls(*(secrets.token_urlsafe(48) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for. The subject is theirs alone, at whatever provider."""

    subject: str
    email: str
    is_email_verified: bool
