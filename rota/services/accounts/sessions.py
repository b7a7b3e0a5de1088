"""Who is signed in, and on which browsers; users and administrators see sessions and end them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from rota.errors import NotFound
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.access.secrets import compute_digest
from rota.services.accounts.roles import find_account
from rota.store.accounts import sessions, tokens, users
from rota.store.accounts.users import Account
from rota.store.databases.database import Database
from rota.store.upkeep import audit


@dataclass(frozen=True, slots=True)
class Browser:
    """What somebody signs in with.

    `description` tells its owner which one it is. `mark` is what it was given when somebody signed
    in with it, `users` are the numbers of those who did; both come back in a cookie that we signed.
    """

    description: str | None = None
    mark: str | None = None
    users: frozenset[int] = frozenset()

    def known_to(self, user_id: int) -> str | None:
        """The mark, if that user has signed in with it before."""
        return self.mark if user_id in self.users else None


UNKNOWN = Browser()
"""A browser that nobody has signed in with, or none at all."""

_NAME_LENGTH = 32
"""Characters of a digest by which a session is known among those of one user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session that is not over: its name among those of its user, and where it is.

    `place` and `browser` are None for sessions that began before those were stored.
    """

    name: str
    made_at: datetime
    seen_at: datetime
    place: str | None
    browser: str | None
    is_here: bool
    """Whether it is the session of the browser that asks."""


def list_open_sessions(
    database: Database, act: Act, *, user_id: int, secret: str | None = None
) -> tuple[OpenSession, ...]:
    """The user's sessions, the last heard of first; that of the secret is here."""
    with database.reading() as connection:
        _must_look_after(connection, act, user_id)
        open_sessions = sessions.list_of_user(
            connection, user_id, made_after=act.at - ABSOLUTE, seen_after=act.at - IDLE
        )
    own_digest = compute_digest(secret) if secret else None
    return tuple(
        OpenSession(
            name=session.digest[:_NAME_LENGTH],
            made_at=session.made_at,
            seen_at=session.seen_at,
            place=session.place,
            browser=session.browser,
            is_here=session.digest == own_digest,
        )
        for session in open_sessions
    )


def end(database: Database, act: Act, *, user_id: int, name: str) -> None:
    """Sign the user out on one browser. Raises NotFound."""
    with database.writing() as connection:
        account = _must_look_after(connection, act, user_id)
        if len(name) != _NAME_LENGTH or not sessions.end_by_beginning(connection, user_id, name):
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
        details = {"user": account.email, "browsers": number, "tokens": with_tokens}
        audit.add(connection, None, act.entry("signed out everywhere", before=details))
    return number


def _must_look_after(connection: Connection, act: Act, user_id: int) -> Account:
    """The account; everybody looks after their own sessions, and administrators after all."""
    account = users.find(connection, user_id)
    if account and act.actor == account.email:
        return account
    act.rights.must_administer()
    return find_account(connection, user_id)


IDLE, ABSOLUTE = timedelta(minutes=60), timedelta(hours=12)
"""How long a session lasts that is not used, and how long at most."""

_FRESH = timedelta(minutes=1)
"""A session is marked as used at most so often, so that most pages only read."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who is signed in."""

    id: int
    email: str
    name: str
    rights: Rights
    must_change_password: bool
    has_password: bool = True
    """Some sign in by single sign-on only."""
    signed_in_at: datetime | None = field(default=None, compare=False)
    """When their session began; None for a program."""


def find_signed_in_user(database: Database, *, secret: str, at: datetime) -> User | None:
    """The user with that session; None if it is unknown or over, or the user is inactive.

    The session is marked as used now and then.
    """
    digest = compute_digest(secret)
    with database.reading() as connection:
        session = sessions.find(connection, digest)
    if session is None or not session.account.is_active:
        return None
    if at - session.made_at >= ABSOLUTE or at - session.seen_at >= IDLE:
        return None
    if at - session.seen_at >= _FRESH:
        with database.writing() as connection:
            sessions.mark_seen(connection, digest, at=at)
    return replace(build_user(session.account), signed_in_at=session.made_at)


def sign_out(database: Database, *, secret: str, place: str, at: datetime) -> None:
    """End the session; nothing happens if it is over already."""
    digest = compute_digest(secret)
    with database.writing() as connection:
        session = sessions.find(connection, digest)
        if session is None:
            return
        sessions.end(connection, digest)
        audit_sign_in(connection, session.account, "signed out", place, at)


def build_user(account: Account) -> User:
    """The user with what their roles allow."""
    grants = (
        Grant(Role(role.role), role.unit_id, role.unit, role.team, role.staff_no)
        for role in account.roles
    )
    return User(
        id=account.id,
        email=account.email,
        name=account.name,
        rights=Rights(tuple(grants)),
        must_change_password=account.must_change_password,
        has_password=account.password_hash is not None,
    )


def audit_sign_in(
    connection: Connection, account: Account, action: str, place: str, at: datetime
) -> None:
    """Keep in the audit that the user signed in or out, or tried to."""
    audit.add(connection, None, Act(account.email, place, at).entry(action))
