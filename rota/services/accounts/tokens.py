"""Tokens: with one, a program acts for its user, no further than the token's scopes allow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from rota.errors import BadInput, Conflict, Fault, Forbidden, NotFound
from rota.services.access.act import Act
from rota.services.access.secrets import compute_digest, make_secret
from rota.services.accounts.sessions import User, build_user
from rota.services.accounts.signing_in import prove
from rota.store.accounts import tokens, users
from rota.store.accounts.tokens import Token
from rota.store.accounts.users import Account
from rota.store.databases.database import Database
from rota.store.upkeep import audit

LONGEST = timedelta(days=365)
"""A token is good for so long at most."""

LONGEST_NAME = 60
"""Characters."""

RECENTLY = timedelta(minutes=10)
"""Whoever has no password has to have signed in so recently to make a token."""


class NotYet(Conflict):
    """The user has a password for once, and has to choose their own before programs act."""


class SignInAgain(Forbidden):
    """Somebody without a password has not signed in recently enough for what they ask."""


class Scope(StrEnum):
    """What a token is for; each value is what it is called in the API."""

    READ_ROTA = "rota:read"
    WRITE_REQUESTS = "requests:write"
    WRITE_RUNS = "runs:write"
    WRITE_DRAFTS = "drafts:write"

    @property
    def description(self) -> str:
        return _DESCRIPTIONS[self]


_DESCRIPTIONS = {
    Scope.READ_ROTA: "Read what you may see",
    Scope.WRITE_REQUESTS: "Ask for days, leave and swaps, and answer what others ask",
    Scope.WRITE_RUNS: "Ask for plans, and stop them",
    Scope.WRITE_DRAFTS: "Change drafts and publish them",
}


def make(
    database: Database,
    act: Act,
    *,
    user_id: int,
    name: str,
    scopes: Iterable[str],
    good_for: timedelta,
) -> str:
    """Make a token for the user who acts. Its secret, which is not stored nor ever shown again.

    Pages ask for `prove_again` first. Raises BadInput with all that is wrong, Forbidden if the user
    is somebody else, and NotYet if they have to choose a password first.
    """
    name, asked_scopes = name.strip(), tuple(scopes)
    faults = tuple(_find_faults(name, asked_scopes, good_for))
    if faults:
        raise BadInput(faults)
    values = [scope.value for scope in Scope if scope in asked_scopes]
    secret = make_secret()
    with database.writing() as connection:
        account = _must_be_own(connection, act, user_id)
        if account.must_change_password:
            raise NotYet(_tell_not_yet(account))
        tokens.add(
            connection,
            user_id,
            name=name,
            digest=compute_digest(secret),
            scopes=values,
            at=act.at,
            expires_at=act.at + good_for,
        )
        details = {"name": name, "scopes": values, "until": f"{act.at + good_for:%Y-%m-%d}"}
        audit.add(connection, None, act.entry("made a token", after=details))
    return secret


def prove_again(database: Database, act: Act, *, user: User, password: str) -> None:
    """Make sure that it is the user, and nobody who found their browser open.

    By their password; or, if they have none, by when they signed in. Raises SignInRefused,
    Throttled and SignInAgain.
    """
    if user.has_password:
        prove(database, act, user_id=user.id, password=password)
    elif not has_signed_in_recently(user, at=act.at):
        raise SignInAgain("Sign in again first, and then make the token.")


def has_signed_in_recently(user: User, *, at: datetime) -> bool:
    """Whether their session began so recently that they need not prove who they are."""
    return user.signed_in_at is not None and at - user.signed_in_at < RECENTLY


def list_tokens(database: Database, act: Act, *, user_id: int) -> tuple[Token, ...]:
    """The user's tokens, also those that ended, the newest first."""
    with database.reading() as connection:
        _must_be_own(connection, act, user_id)
        return tokens.list_of_user(connection, user_id)


def revoke(database: Database, act: Act, *, user_id: int, token_id: int) -> None:
    """End a token of the user. Raises NotFound."""
    with database.writing() as connection:
        _must_be_own(connection, act, user_id)
        name = tokens.revoke(connection, user_id, token_id, at=act.at)
        if name is None:
            raise NotFound("There is no such token any more.")
        audit.add(connection, None, act.entry("revoked a token", before={"name": name}))


def find_bearer(
    database: Database, *, secret: str, at: datetime
) -> tuple[User, frozenset[Scope]] | None:
    """Whose token it is, and what it is for; None if it is unknown or ended, or the user inactive.

    Raises NotYet if the user has to choose a password before programs act for them again.
    """
    with database.reading() as connection:
        bearer = tokens.find(connection, compute_digest(secret))
    if bearer is None or at >= bearer.expires_at or not bearer.account.is_active:
        return None
    if bearer.account.must_change_password:
        raise NotYet(_tell_not_yet(bearer.account))
    return build_user(bearer.account), frozenset(map(Scope, bearer.scopes))


def _must_be_own(connection: Connection, act: Act, user_id: int) -> Account:
    """The account; everybody looks after their own, and an operator after all. Raises Forbidden."""
    account = users.find(connection, user_id)
    if account and (act.rights.is_operator or act.actor == account.email):
        return account
    raise Forbidden("You may not look after the tokens of somebody else.")


def _tell_not_yet(account: Account) -> str:
    return (
        f"The password of {account.email} is still one for once. "
        "They have to sign in and choose their own before programs can act for them."
    )


def _find_faults(name: str, scopes: tuple[str, ...], good_for: timedelta) -> Iterable[Fault]:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        yield Fault("name", f"must be a name of 1 to {LONGEST_NAME} characters", value=name)
    if not scopes or not set(scopes) <= set(Scope):
        yield Fault("scopes", f"choose one or more of {', '.join(Scope)}")
    if not timedelta(0) < good_for <= LONGEST:
        yield Fault("good_for", f"choose from 1 to {LONGEST.days} days")
