"""Who may do what: the roles people have in units and teams, and what each role allows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rota.errors import Forbidden


class Role(StrEnum):
    """What somebody is, in a unit or, for administrators, in the whole installation."""

    OFFICER = "officer"
    MANAGER = "manager"
    HEAD = "head"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role of somebody in a unit; a manager's without a team is for all teams of it.

    `staff_no` is whom of its officers an officer is.
    """

    role: Role
    unit_id: int | None = None
    unit: str | None = None
    team: str | None = None
    staff_no: str | None = None


@dataclass(frozen=True)
class Rights:
    """All that somebody may do. Units are named; the questions have a plain yes or no.

    The `must` methods raise Forbidden where the answer is no. They are asked by services, so that
    no page and no program can forget to.
    """

    grants: tuple[Grant, ...] = ()
    is_operator: bool = False
    """Whoever has the command line of the machine may do everything, as they could anyway."""

    @cached_property
    def units(self) -> dict[int, str]:
        """The units in which there is any role, by number."""
        return {g.unit_id: g.unit for g in self.grants if g.unit_id is not None and g.unit}

    @cached_property
    def own(self) -> dict[str, str]:
        """The staff number of the officer that they are, by unit."""
        return {g.unit: g.staff_no for g in self.grants if g.unit and g.staff_no}

    @property
    def is_administrator(self) -> bool:
        return self.is_operator or any(g.role == Role.ADMINISTRATOR for g in self.grants)

    def sees(self, unit: str) -> bool:
        """Whether what is published of the unit is for them."""
        return self.is_operator or any(g.unit == unit for g in self.grants)

    def manages(self, unit: str, team: str | None = None) -> bool:
        """Whether they manage the team; without a team, any team of the unit."""
        return self.is_operator or any(
            g.role == Role.MANAGER and g.unit == unit and (team is None or g.team in (None, team))
            for g in self.grants
        )

    def manages_whole(self, unit: str) -> bool:
        """Whether they manage the unit with all its teams."""
        return self.is_operator or any(
            g.role == Role.MANAGER and g.unit == unit and g.team is None for g in self.grants
        )

    def oversees(self, unit: str) -> bool:
        """Whether they head the unit."""
        return self.is_operator or any(g.role == Role.HEAD and g.unit == unit for g in self.grants)

    def is_officer(self, unit: str, staff_no: str) -> bool:
        """Whether they are that officer."""
        return self.is_operator or self.own.get(unit) == staff_no

    def must_see(self, unit: str) -> None:
        _refuse_unless(self.sees(unit), f"see the rotas of {unit}")

    def must_manage(self, unit: str, team: str | None = None) -> None:
        managed = f"{unit}" if team is None else f"the team {team} of {unit}"
        _refuse_unless(self.manages(unit, team), f"manage {managed}")

    def must_manage_whole(self, unit: str) -> None:
        _refuse_unless(self.manages_whole(unit), f"manage all teams of {unit}")

    def must_know_figures(self, unit: str) -> None:
        _refuse_unless(self.knows_figures(unit), f"see the figures of {unit}")

    def must_know_policy(self, unit: str) -> None:
        _refuse_unless(self.knows_figures(unit), f"see the policy of {unit}")

    def knows_figures(self, unit: str) -> bool:
        """Whether the unit's figures are for them: they head it or manage in it."""
        return self.oversees(unit) or self.manages(unit)

    def audits(self, unit: str) -> bool:
        """Whether what was done in the unit is for them: they head it or manage all its teams.

        Who heads it does not see what only a manager may know, such as who was ill.
        """
        return self.oversees(unit) or self.manages_whole(unit)

    def must_audit(self, unit: str) -> None:
        _refuse_unless(self.audits(unit), f"see what was done in {unit}")

    def must_audit_as_kept(self, unit: str | None) -> None:
        """All that was kept is for those who manage the whole unit; of all units, for operators."""
        is_allowed = self.is_operator if unit is None else self.manages_whole(unit)
        _refuse_unless(is_allowed, f"see all that was done in {unit or 'every unit'}")

    def must_be(self, unit: str, staff_no: str) -> None:
        _refuse_unless(self.is_officer(unit, staff_no), f"act for officer {staff_no}")

    def must_administer(self) -> None:
        _refuse_unless(self.is_administrator, "look after users and settings")


OPERATOR = Rights(is_operator=True)


def _refuse_unless(is_allowed: bool, action: str) -> None:
    if not is_allowed:
        raise Forbidden(f"You may not {action}. Ask an administrator if you should.")
