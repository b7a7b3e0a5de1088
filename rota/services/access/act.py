"""Who does something, from where and when, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from rota.moments import find_date_in_london
from rota.services.access.rights import OPERATOR, Rights
from rota.store.accounts import users
from rota.store.databases.database import Database
from rota.store.units.sources import IMPORT, PERSON, PROGRAM, RowSource
from rota.store.upkeep.audit import AuditEntry

NIGHT = "the night"
"""The name under which Rota itself acts."""


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody acting: their name, the place they act from, and the instant, which is aware.

    `rights` are those of an operator unless others are given.
    """

    who: str
    place: str
    at: datetime
    rights: Rights = OPERATOR
    is_by_program: bool = False
    """Whether a program acts for them, with a token."""

    @property
    def today(self) -> date:
        return find_date_in_london(self.at)

    @property
    def source(self) -> RowSource:
        """What is kept with rows that are recorded by it; an operator works with commands."""
        is_program = self.is_by_program or self.rights.is_operator
        return RowSource(PROGRAM if is_program else PERSON, self.who, self.at)

    @property
    def import_source(self) -> RowSource:
        """What is kept with rows that come out of files."""
        return RowSource(IMPORT, self.who, self.at)

    def entry(self, what: str, *, before: object = None, after: object = None) -> AuditEntry:
        """What is kept of the act for ever."""
        return AuditEntry(
            at=self.at,
            who=self.who,
            place=self.place,
            what=what,
            before=_told(before),
            after=_told(after),
        )


def _told(value: object) -> dict[str, object] | None:
    return None if value is None else dict(value) if isinstance(value, dict) else {"is": value}


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
