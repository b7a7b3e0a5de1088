"""Grant and revoke roles of users, for administrators."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from rota.domain import Unit
from rota.errors import BadInput, Conflict, Fault, NotFound
from rota.reading import guess_name
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Role
from rota.services.my_rota.calendar_links import end_links
from rota.services.units.lookup import find_unit
from rota.store.accounts import users
from rota.store.accounts.users import Account, HeldRole
from rota.store.databases.database import Database
from rota.store.units import units
from rota.store.upkeep import audit

_LAST = "This is the last administrator, without whom nobody could look after users"


def grant(database: Database, act: Act, *, user_id: int, role: Grant) -> None:
    """Give a user a role, in a unit by its name. Raises BadInput with what is wrong with it."""
    act.rights.must_administer()
    with database.writing() as connection:
        give(connection, act, find_account(connection, user_id), role)


def revoke(database: Database, act: Act, *, user_id: int, grant_id: int) -> None:
    """Take a role from a user; an officer's calendar links end.

    Raises NotFound, and Conflict for the last administrator.
    """
    act.rights.must_administer()
    with database.writing() as connection:
        account = find_account(connection, user_id)
        role = next((r for r in account.roles if r.id == grant_id), None)
        if role is None:
            raise NotFound(f"{account.name} has no such role any more.")
        if role.role == Role.ADMINISTRATOR:
            refuse_if_last(connection, user_id)
        users.revoke(connection, grant_id)
        details = {"user": account.email, **_describe(role)}
        audit.add(connection, role.unit_id, act.entry("revoked a role", before=details))
        end_calendars(connection, act, (role,))


def describe_role(role: HeldRole) -> str:
    """The role as people say it."""
    match Role(role.role):
        case Role.OFFICER:
            return f"officer {role.staff_no} of {role.unit}"
        case Role.MANAGER:
            return f"manager of {role.team or 'all teams'} in {role.unit}"
        case Role.HEAD:
            return f"head of {role.unit}"
        case Role.ADMINISTRATOR:
            return "administrator"


def give(connection: Connection, act: Act, account: Account, role: Grant) -> None:
    """Give the account the role; rights are not checked."""
    refuse_faults(_find_misfits(role))
    unit = find_unit(connection, role.unit) if role.unit else None
    if unit:
        refuse_faults(_find_unknown_names(units.load(connection, unit.id), role))
    unit_id = unit.id if unit else None
    refuse_faults(_find_clashes(connection, account, role, unit_id))
    columns = {"unit_id": unit_id, "team": role.team, "staff_no": role.staff_no}
    users.grant(connection, account.id, role.role.value, **columns)
    details = {"user": account.email, **_describe(role)}
    audit.add(connection, unit_id, act.entry("granted a role", after=details))


def find_account(connection: Connection, user_id: int) -> Account:
    """The user of that number. Raises NotFound."""
    account = users.find(connection, user_id)
    if account is None:
        raise NotFound("There is no such user.")
    return account


def end_calendars(connection: Connection, act: Act, roles: Iterable[HeldRole]) -> None:
    """End the calendar links of the officers whose roles somebody has lost."""
    for role in roles:
        if role.unit_id and role.staff_no:
            end_links(connection, act, role.unit_id, role.staff_no)


def refuse_if_last(connection: Connection, user_id: int) -> None:
    """Raise Conflict if nobody else could look after users."""
    if set(users.list_active_with_role(connection, Role.ADMINISTRATOR)) == {user_id}:
        raise Conflict(f"{_LAST}.")


def refuse_faults(faults: Iterable[Fault]) -> None:
    """Raise BadInput if there is any fault."""
    every_fault = tuple(faults)
    if every_fault:
        raise BadInput(every_fault)


def _find_misfits(role: Grant) -> Iterable[Fault]:
    """What a role lacks, and what it cannot have."""
    is_everywhere = role.role == Role.ADMINISTRATOR
    if role.unit and is_everywhere:
        yield Fault("unit", "is not needed: administrators are there for all", value=role.unit)
    if not role.unit and not is_everywhere:
        yield Fault("unit", "choose the unit in which they have the role")
    if role.role == Role.OFFICER and not role.staff_no:
        yield Fault("staff_no", "enter the staff number of the officer they are")
    if role.staff_no and role.role != Role.OFFICER:
        yield Fault("staff_no", "is only for officers", value=role.staff_no)
    if role.team and role.role != Role.MANAGER:
        yield Fault("team", "is only for managers", value=role.team)


def _find_unknown_names(tables: Unit, role: Grant) -> Iterable[Fault]:
    """A team or an officer of the role that the unit does not have."""
    teams = tuple(team.name for team in tables.teams)
    numbers = tuple(officer.staff_no for officer in tables.officers)
    if role.team and role.team not in teams:
        maybe = guess_name(role.team, teams)
        yield Fault("team", f"is no team of {role.unit}", value=role.team, maybe=maybe)
    if role.staff_no and role.staff_no not in numbers:
        misfit, maybe = f"is not a staff number in {role.unit}", guess_name(role.staff_no, numbers)
        yield Fault("staff_no", misfit, value=role.staff_no, maybe=maybe)


def _find_clashes(
    connection: Connection, account: Account, role: Grant, unit_id: int | None
) -> Iterable[Fault]:
    """What the role contradicts: the user has it, is another officer, or another is that one."""
    similar = [r for r in account.roles if (r.role, r.unit_id) == (role.role, unit_id)]
    if any((r.team, r.staff_no) == (role.team, role.staff_no) for r in similar):
        yield Fault("role", f"{account.name} has this role already")
    elif role.role == Role.OFFICER and similar:
        yield Fault("staff_no", f"{account.name} is officer {similar[0].staff_no} there already")
    elif unit_id and role.staff_no:
        address = users.find_active_officer(connection, unit_id, role.staff_no)
        if address:
            yield Fault("staff_no", f"is {address} already", value=role.staff_no)


def _describe(role: Grant | HeldRole) -> dict[str, str]:
    """The details of the role that the audit keeps."""
    details = {"unit": role.unit, "team": role.team, "staff_no": role.staff_no}
    return {"role": str(role.role), **{name: value for name, value in details.items() if value}}
