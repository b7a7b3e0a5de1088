"""Who is signed in; of the secrets of their sessions only digests are stored."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from rota.store.accounts import users
from rota.store.accounts.users import Account
from rota.store.units.rows import table_of
from rota.tables import SessionTable

_SESSION = table_of(SessionTable)

_FIND = (
    users.build_query(_SESSION.c.made_at, _SESSION.c.seen_at)
    .select_from(users.join_roles(_SESSION))
    .where(_SESSION.c.digest == bindparam("digest"))
)
"""Made once, since every request asks it."""


@dataclass(frozen=True, slots=True)
class Session:
    """A user signed in: when that began, and when they were last heard of."""

    account: Account
    made_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSession:
    """A session as its user sees it; nothing is known of places and browsers of long ago."""

    digest: str
    made_at: datetime
    seen_at: datetime
    place: str | None
    browser: str | None


def add(
    connection: Connection,
    user_id: int,
    *,
    digest: str,
    at: datetime,
    place: str | None = None,
    browser: str | None = None,
) -> None:
    """Store the session of a user who has signed in."""
    row = {"digest": digest, "user_id": user_id, "made_at": at, "seen_at": at}
    row |= {"place": place, "browser": browser}
    connection.execute(insert(_SESSION).values(row))


def find(connection: Connection, digest: str) -> Session | None:
    """The session of that digest, with its user and their roles, by one query."""
    rows = connection.execute(_FIND, {"digest": digest}).all()
    account = next(users.read_accounts(rows), None)
    return Session(account, rows[0].made_at, rows[0].seen_at) if account else None


def list_of_user(
    connection: Connection, user_id: int, *, made_after: datetime, seen_after: datetime
) -> tuple[ListedSession, ...]:
    """The user's sessions that began and were heard of after those instants, the newest first."""
    columns = [_SESSION.c[field.name] for field in fields(ListedSession)]
    conditions = (
        _SESSION.c.user_id == user_id,
        _SESSION.c.made_at > made_after,
        _SESSION.c.seen_at > seen_after,
    )
    newest = (_SESSION.c.seen_at.desc(), _SESSION.c.made_at.desc(), _SESSION.c.digest)
    rows = connection.execute(select(*columns).where(*conditions).order_by(*newest))
    return tuple(ListedSession(**row) for row in rows.mappings())


def mark_seen(connection: Connection, digest: str, *, at: datetime) -> None:
    """Store that its user was heard of at that instant."""
    connection.execute(update(_SESSION).where(_SESSION.c.digest == digest).values(seen_at=at))


def end(connection: Connection, digest: str) -> None:
    """Sign the browser out."""
    connection.execute(delete(_SESSION).where(_SESSION.c.digest == digest))


def end_by_beginning(connection: Connection, user_id: int, beginning: str) -> bool:
    """End the user's session whose digest begins so; False if there is none."""
    has_name = _SESSION.c.digest.startswith(beginning, autoescape=True)
    ended = connection.execute(delete(_SESSION).where(_SESSION.c.user_id == user_id, has_name))
    return bool(ended.rowcount)


def end_all(connection: Connection, user_id: int, *, but: str | None = None) -> int:
    """Sign the user out everywhere, but for the session of one digest. How many there were."""
    deletion = delete(_SESSION).where(_SESSION.c.user_id == user_id)
    if but is not None:
        deletion = deletion.where(_SESSION.c.digest != but)
    return connection.execute(deletion).rowcount


def end_old(connection: Connection, *, made_before: datetime, seen_before: datetime) -> None:
    """Forget all that began too long ago, or were not heard of for too long."""
    is_old = or_(_SESSION.c.made_at < made_before, _SESSION.c.seen_at < seen_before)
    connection.execute(delete(_SESSION).where(is_old))
