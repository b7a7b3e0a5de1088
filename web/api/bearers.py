"""Who sends a request to the API, as its token tells. Cookies count for nothing here."""

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


def act_of_bearer(scope: Scope) -> Act:
    """The deed of the owner of the token. Raises Problematic unless it is good for the scope."""
    its = installation()
    at = its.clock()
    user, scopes = _bearer(its, at)
    _spend(its, user, at)
    if scope not in scopes:
        told = f'{REALM}, error="insufficient_scope", scope="{scope}"'
        says = f"The token would need the scope {scope}; make one that has it."
        raise Problematic(Kind.INSUFFICIENT_SCOPE, says, headers={"WWW-Authenticate": told})
    place = f"{the_place()}, API"
    g.act = Act(user.email, place, at, rights=user.rights, is_by_program=True)
    act: Act = g.act
    return act


def _bearer(its: Installation, at: datetime) -> tuple[User, frozenset[Scope]]:
    """Whose token was sent, and what it is for. Raises Problematic, and Throttled."""
    try:
        found = tokens.find_bearer(its.database, secret=_secret(), at=at)
    except NotYet as error:
        raise _unauthenticated(str(error), _INVALID) from None
    if found is None:
        throttle.count_bad_token(its.database, place=the_place(), at=at)
        raise _unauthenticated("The token is unknown, revoked or over.", _INVALID)
    return found


_INVALID = 'error="invalid_token"'


def _spend(its: Installation, user: User, at: datetime) -> None:
    """Spend one of the calls that the user, and the place, may make. Raises TooMany."""
    allowed = (
        (f"user {user.id}", its.settings.api_calls_of_user),
        (f"place {the_place()}", its.settings.api_calls_of_place),
    )
    for whose, most in allowed:
        its.meter.spend(its.database, whose, most=most, at=at)


def _secret() -> str:
    """The token that was sent."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise _unauthenticated("Send a token: Authorization: Bearer …")
    return secret.strip()


def _unauthenticated(says: str, *told: str) -> Problematic:
    headers = {"WWW-Authenticate": ", ".join((REALM, *told))}
    return Problematic(Kind.UNAUTHENTICATED, says, headers=headers)
