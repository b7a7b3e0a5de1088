"""Tokens with which programs act for users, of which only digests are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from rota.store.accounts import users
from rota.store.accounts.users import Account
from rota.store.units.rows import table_of
from rota.tables import TokenTable

_TOKEN = table_of(TokenTable)

_COLUMNS = tuple(
    _TOKEN.c[name] for name in ("id", "name", "scopes", "made_at", "expires_at", "revoked_at")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as its user sees it."""

    id: int
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose token it is, what it is for, and how long it is good."""

    account: Account
    scopes: frozenset[str]
    expires_at: datetime


def add(
    connection: Connection,
    user_id: int,
    *,
    name: str,
    digest: str,
    scopes: Sequence[str],
    at: datetime,
    expires_at: datetime,
) -> int:
    """Store a new token. Its number."""
    row = insert(_TOKEN).values(
        user_id=user_id,
        name=name,
        digest=digest,
        scopes=list(scopes),
        made_at=at,
        expires_at=expires_at,
    )
    number: int = connection.execute(row.returning(_TOKEN.c.id)).scalar_one()
    return number


def list_of_user(connection: Connection, user_id: int) -> tuple[Token, ...]:
    """The user's tokens, the newest first."""
    query = select(*_COLUMNS).where(_TOKEN.c.user_id == user_id).order_by(_TOKEN.c.id.desc())
    rows = connection.execute(query).mappings()
    return tuple(Token(**{**row, "scopes": tuple(row["scopes"])}) for row in rows)


def revoke(connection: Connection, user_id: int, token_id: int, *, at: datetime) -> str | None:
    """End a token of the user. Its name; None if there is no such token, or none any more."""
    conditions = (
        _TOKEN.c.user_id == user_id,
        _TOKEN.c.id == token_id,
        _TOKEN.c.revoked_at.is_(None),
    )
    ended = update(_TOKEN).where(*conditions).values(revoked_at=at).returning(_TOKEN.c.name)
    name: str | None = connection.execute(ended).scalar_one_or_none()
    return name


def revoke_all(connection: Connection, user_id: int, *, at: datetime) -> None:
    """End every token of the user."""
    conditions = (_TOKEN.c.user_id == user_id, _TOKEN.c.revoked_at.is_(None))
    connection.execute(update(_TOKEN).where(*conditions).values(revoked_at=at))


def find(connection: Connection, digest: str) -> Bearer | None:
    """Whose token has that digest, unless it was revoked, by one query."""
    query = users.build_query(_TOKEN.c.scopes, _TOKEN.c.expires_at)
    conditions = (_TOKEN.c.digest == digest, _TOKEN.c.revoked_at.is_(None))
    rows = connection.execute(query.select_from(users.join_roles(_TOKEN)).where(*conditions)).all()
    account = next(users.read_accounts(rows), None)
    if account is None:
        return None
    return Bearer(account, frozenset(rows[0].scopes), rows[0].expires_at)
