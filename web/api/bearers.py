"""Who sends a request to the API, as its token tells. Cookies count for nothing here."""

from __future__ import annotations

from flask import g, request

from rota.services import tokens
from rota.services.acting import Act
from rota.services.tokens import Scope
from web.acting import installation, the_place
from web.api.problems import Kind, Problematic

REALM = 'Bearer realm="rota"'


def act_of_bearer(scope: Scope) -> Act:
    """The deed of the owner of the token. Raises Problematic unless it is good for the scope."""
    its = installation()
    at = its.clock()
    found = tokens.bearer(its.database, secret=_secret(), at=at)
    if found is None:
        raise _unauthenticated("The token is unknown, revoked or over.", 'error="invalid_token"')
    user, scopes = found
    if scope not in scopes:
        told = f'{REALM}, error="insufficient_scope", scope="{scope}"'
        says = f"The token would need the scope {scope}; make one that has it."
        raise Problematic(Kind.INSUFFICIENT_SCOPE, says, headers={"WWW-Authenticate": told})
    place = f"{the_place()}, API"
    g.act = Act(user.email, place, at, rights=user.rights, is_by_program=True)
    act: Act = g.act
    return act


def _secret() -> str:
    """The token that was sent."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise _unauthenticated("Send a token: Authorization: Bearer …")
    return secret.strip()


def _unauthenticated(says: str, *told: str) -> Problematic:
    headers = {"WWW-Authenticate": ", ".join((REALM, *told))}
    return Problematic(Kind.UNAUTHENTICATED, says, headers=headers)
