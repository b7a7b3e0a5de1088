"""What those are called who did something: a user's name beside the address that is kept of them.

Whoever reads the address may read the name. Others, such as the night, are called as they are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from rota.store import users
from rota.store.database import Database

_AT = "@"
"""Stands in the address of every user, who need not be one any more."""


def doers(database: Database, kept: Iterable[str]) -> Mapping[str, str]:
    """Each of those that are kept, as pages call them, such as Ann Lee, ann@example.org."""
    addresses = {who for who in kept if _AT in who}
    if not addresses:
        return {}
    with database.reading() as connection:
        return doers_in(connection, addresses)


def doers_in(connection: Connection, kept: Iterable[str]) -> Mapping[str, str]:
    """The same, within what else is read; those who are no users are left out."""
    names = users.names(connection, {who for who in kept if _AT in who})
    return {address: f"{name}, {address}" for address, name in names.items()}


def name_of_doer(connection: Connection, who: str) -> str:
    """The name alone, as it stands in a sentence; of whoever is no user, what is kept."""
    return users.names(connection, {who}).get(who, who)
