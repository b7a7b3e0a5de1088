"""Who sends a request to the API, by its token. Cookies count for nothing here."""

from __future__ import annotations

from datetime import datetime

from flask import g, request

from rota.services.access.act import Act
from rota.services.accounts import throttle, tokens
from rota.services.accounts.sessions import User
from rota.services.accounts.tokens import NotYet, Scope
from web.access.request_context import Installation, installation, the_place
from web.api.problem_details import Kind, Problematic

REALM = 'Bearer realm="rota"'


def identify_bearer(scope: Scope) -> Act:
    """The act of the owner of the token. Raises Problematic unless the token has the scope."""
    current = installation()
    at = current.clock()
    user, scopes = _find_bearer(current, at)
    _spend(current, user, at)
    if scope not in scopes:
        challenge = f'{REALM}, error="insufficient_scope", scope="{scope}"'
        sentence = f"The token would need the scope {scope}; make one that has it."
        raise Problematic(
            Kind.INSUFFICIENT_SCOPE, sentence, headers={"WWW-Authenticate": challenge}
        )
    place = f"{the_place()}, API"
    g.act = Act(user.email, place, at, rights=user.rights, is_by_program=True)
    act: Act = g.act
    return act


def _find_bearer(current: Installation, at: datetime) -> tuple[User, frozenset[Scope]]:
    """Whose token was sent, and what it is for. Raises Problematic, and Throttled."""
    try:
        bearer = tokens.find_bearer(current.database, secret=_read_secret(), at=at)
    except NotYet as error:
        raise _build_unauthenticated(str(error), _INVALID) from None
    if bearer is None:
        throttle.count_bad_token(current.database, place=the_place(), at=at)
        raise _build_unauthenticated("The token is unknown, revoked or over.", _INVALID)
    return bearer


_INVALID = 'error="invalid_token"'


def _spend(current: Installation, user: User, at: datetime) -> None:
    """Count one of the calls that the user, and their address, may make. Raises TooMany."""
    allowed = (
        (f"user {user.id}", current.settings.api_calls_of_user),
        (f"place {the_place()}", current.settings.api_calls_of_place),
    )
    for subject, most in allowed:
        current.meter.spend(current.database, subject, most=most, at=at)


def _read_secret() -> str:
    """The token that was sent."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise _build_unauthenticated("Send a token: Authorization: Bearer …")
    return secret.strip()


def _build_unauthenticated(sentence: str, *details: str) -> Problematic:
    headers = {"WWW-Authenticate": ", ".join((REALM, *details))}
    return Problematic(Kind.UNAUTHENTICATED, sentence, headers=headers)
