"""Where people are signed in, for themselves and for administrators to see and to end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rota.errors import NotFound
from rota.services.acting import Act
from rota.services.digests import digest_of
from rota.services.roles import account_of
from rota.services.signing_in import ABSOLUTE, IDLE
from rota.store import audit, sessions, tokens, users
from rota.store.database import Database
from rota.store.users import Account

_NAME_LENGTH = 32
"""Characters of a digest by which a session is known among those of one user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session that is not over: its name among those of its user, and where it is.

    `place` and `browser` are None for sessions that began before they were kept.
    """

    name: str
    made_at: datetime
    seen_at: datetime
    place: str | None
    browser: str | None
    is_here: bool
    """Whether it is the one that asks."""


def of_user(
    database: Database, act: Act, *, user_id: int, secret: str | None = None
) -> tuple[OpenSession, ...]:
    """The user's sessions, the last heard of first; that of the secret is here."""
    with database.reading() as connection:
        _must_look_after(connection, act, user_id)
        kept = sessions.of_user(
            connection, user_id, made_after=act.at - ABSOLUTE, seen_after=act.at - IDLE
        )
    here = digest_of(secret) if secret else None
    return tuple(
        OpenSession(
            name=session.digest[:_NAME_LENGTH],
            made_at=session.made_at,
            seen_at=session.seen_at,
            place=session.place,
            browser=session.browser,
            is_here=session.digest == here,
        )
        for session in kept
    )


def end(database: Database, act: Act, *, user_id: int, name: str) -> None:
    """Sign the user out on one browser. Raises NotFound."""
    with database.writing() as connection:
        account = _must_look_after(connection, act, user_id)
        if len(name) != _NAME_LENGTH or not sessions.end_named(connection, user_id, name):
            raise NotFound("There is no such session any more.")
        entry = act.entry("signed out another browser", before={"user": account.email})
        audit.add(connection, None, entry)


def end_everywhere(database: Database, act: Act, *, user_id: int, with_tokens: bool) -> int:
    """Sign the user out on every browser, and revoke their tokens if wanted.

    How many browsers there were.
    """
    with database.writing() as connection:
        account = _must_look_after(connection, act, user_id)
        number = sessions.end_all(connection, user_id)
        if with_tokens:
            tokens.revoke_all(connection, user_id, at=act.at)
        told = {"user": account.email, "browsers": number, "tokens": with_tokens}
        audit.add(connection, None, act.entry("signed out everywhere", before=told))
    return number


def _must_look_after(connection: Connection, act: Act, user_id: int) -> Account:
    """The account; everybody looks after their own sessions, and administrators after all."""
    account = users.with_number(connection, user_id)
    if account and act.who == account.email:
        return account
    act.rights.must_administer()
    return account_of(connection, user_id)
