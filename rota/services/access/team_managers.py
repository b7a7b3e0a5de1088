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
    """Somebody to write to; `staff_no` is theirs if they are an officer of the unit.

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
        return users.list_active_in_unit(self._connection, self._unit.id, Role.MANAGER)

    @cached_property
    def of_all(self) -> Sequence[Reader]:
        """Those who manage the whole unit."""
        return self._find_managers(None)

    def of(self, team: str, *, but: Collection[str] = ()) -> Sequence[Reader]:
        """Those of the team alone; if there are none, those of the whole unit, then its officers.

        Whoever has one of the staff numbers `but` is left out, as if there were others.
        """
        of_team = self._find_managers(team)
        if not of_team and not self.of_all:
            of_team = [Reader.of(o) for o in self._officers.values() if _is_leader_of(o, team)]
        groups = (
            [reader for reader in readers if reader.staff_no not in but]
            for readers in (of_team, self.of_all)
        )
        return next(filter(None, groups), [])

    def _find_managers(self, team: str | None) -> list[Reader]:
        return [
            self._build_reader(account)
            for account in self._users
            if any(
                (role.role, role.unit_id, role.team) == (Role.MANAGER, self._unit.id, team)
                for role in account.roles
            )
        ]

    def _build_reader(self, account: Account) -> Reader:
        for role in account.roles:
            if role.unit_id == self._unit.id and role.staff_no and role.staff_no in self._officers:
                return Reader(role.staff_no, account.name, account.email, role.staff_no)
        return Reader(f"user-{account.id}", account.name, account.email, None)


def _is_leader_of(officer: Officer, team: str) -> bool:
    return officer.team == team and officer.is_manager


def write_message(occasion: str, reader: Reader, notice: Notice, *, about: str) -> NewMessage:
    """A message on this occasion, stored under the staff number of its reader.

    If the reader is no officer, it is stored under that of the officer whom it is about.
    """
    return NewMessage(
        key=f"{occasion}/{reader.key}",
        staff_no=reader.staff_no or about,
        address=reader.address,
        subject=notice.subject,
        body=notice.body,
    )
