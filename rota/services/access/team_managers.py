"""Who manages a team, and the message that each of them gets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from rota.domain import Officer
from rota.services.access.rights import Role
from rota.store.accounts import users
from rota.store.accounts.users import Account
from rota.store.units.units import StoredUnit
from rota.store.upkeep.messages import NewMessage
from rota.writing.notice import Notice


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to write to, and what officer of the unit they are, if they are one.

    `key` tells their messages from those of others.
    """

    key: str
    name: str
    address: str
    staff_no: str | None

    @classmethod
    def of(cls, officer: Officer) -> Reader:
        return cls(officer.staff_no, officer.name, officer.email, officer.staff_no)


class Managers:
    """The managers of a unit's teams.

    They are the users with that role. Before a team has any, its officers of the manager grade take
    their place; those of other teams never do.
    """

    def __init__(
        self, connection: Connection, unit: StoredUnit, officers: Mapping[str, Officer]
    ) -> None:
        self._connection = connection
        self._unit = unit
        self._officers = officers

    @cached_property
    def _users(self) -> Sequence[Account]:
        return users.active_in_unit(self._connection, self._unit.id, Role.MANAGER)

    @cached_property
    def of_all(self) -> Sequence[Reader]:
        """Those who manage the whole unit."""
        return self._with(None)

    def of(self, team: str, *, but: Collection[str] = ()) -> Sequence[Reader]:
        """Those of the team alone; if there are none, those of the whole unit, then its officers.

        Whoever has one of the staff numbers `but` is left out, as if there were others.
        """
        own = self._with(team)
        if not own and not self.of_all:
            own = [Reader.of(its) for its in self._officers.values() if _leads(its, team)]
        kept = ([its for its in some if its.staff_no not in but] for some in (own, self.of_all))
        return next(filter(None, kept), [])

    def _with(self, team: str | None) -> list[Reader]:
        return [
            self._user(its)
            for its in self._users
            if any(
                (role.role, role.unit_id, role.team) == (Role.MANAGER, self._unit.id, team)
                for role in its.roles
            )
        ]

    def _user(self, its: Account) -> Reader:
        for role in its.roles:
            if role.unit_id == self._unit.id and role.staff_no and role.staff_no in self._officers:
                return Reader(role.staff_no, its.name, its.email, role.staff_no)
        return Reader(f"user-{its.id}", its.name, its.email, None)


def _leads(officer: Officer, team: str) -> bool:
    return officer.team == team and officer.is_manager


def message(occasion: str, reader: Reader, its: Notice, *, about: str) -> NewMessage:
    """A message on this occasion; it is kept under the staff number of its reader.

    Under that of the officer whom it is about, where the reader is none.
    """
    return NewMessage(
        key=f"{occasion}/{reader.key}",
        staff_no=reader.staff_no or about,
        address=reader.address,
        subject=its.subject,
        body=its.body,
    )
