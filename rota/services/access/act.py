"""Somebody who acts: who, from where and when; and what pages call actors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
    """Somebody acting: who they are, the address they act from, and the instant, which is aware.

    `actor` is the address of a user, or what else acts under a name, such as the night. `rights`
    are those of an operator unless others are given.
    """

    actor: str
    place: str
    at: datetime
    rights: Rights = OPERATOR
    is_by_program: bool = False
    """Whether a program acts for them, with a token."""

    @property
    def today(self) -> date:
        return find_date_in_london(self.at)

    @property
    def tomorrow(self) -> date:
        """The day from which a change of terms holds if nobody tells another."""
        return self.today + timedelta(days=1)

    @property
    def source(self) -> RowSource:
        """The source of rows that are recorded by it; an operator works with commands."""
        is_program = self.is_by_program or self.rights.is_operator
        return RowSource(PROGRAM if is_program else PERSON, self.actor, self.at)

    @property
    def import_source(self) -> RowSource:
        """The source of rows that come out of files."""
        return RowSource(IMPORT, self.actor, self.at)

    def entry(self, action: str, *, before: object = None, after: object = None) -> AuditEntry:
        """The entry of the audit for this act."""
        return AuditEntry(
            at=self.at,
            actor=self.actor,
            place=self.place,
            what=action,
            before=_build_details(before),
            after=_build_details(after),
        )


def _build_details(value: object) -> dict[str, object] | None:
    return None if value is None else dict(value) if isinstance(value, dict) else {"is": value}


_AT = "@"
"""Every user is known by an address, which has one; what else acts has a name without."""


def name_actors(database: Database, actors: Iterable[str]) -> Mapping[str, str]:
    """What pages call those actors who are users, such as Ann Lee, ann@example.org."""
    addresses = {actor for actor in actors if _AT in actor}
    if not addresses:
        return {}
    with database.reading() as connection:
        return name_actors_in(connection, addresses)


def name_actors_in(connection: Connection, actors: Iterable[str]) -> Mapping[str, str]:
    """The same within another transaction."""
    names = users.find_names(connection, {actor for actor in actors if _AT in actor})
    return {address: f"{name}, {address}" for address, name in names.items()}


def find_actor_name(connection: Connection, actor: str) -> str:
    """The name alone, as it stands in a sentence; of an actor who is no user, what is stored."""
    return users.find_names(connection, {actor}).get(actor, actor)
