"""Commands for users: users and user."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import click

from rota.cli.desk import JSON, Desk, at_desk, show
from rota.errors import BadInput, NotFound
from rota.services.access.rights import Grant, Role
from rota.services.accounts import roles, sessions, users
from rota.services.accounts.passwords import ONCE_LASTS
from rota.services.accounts.signing_in import fold_email

_EMAIL = click.argument("email", metavar="EMAIL")
_ROLE = click.Choice([role.value for role in Role])
_UNIT = click.option("--unit", metavar="NAME", help="The unit in which they are that.")
_TEAM = click.option("--team", metavar="NAME", help="A manager's only team; all, if left out.")
_STAFF_NO = click.option("--staff-no", metavar="STAFF_NO", help="Which officer they are.")


@click.command("users")
@click.option("--search", default="", help="A part of a name or an address.")
@click.option("--page", type=click.IntRange(min=1), default=1, help="Which page of a long list.")
@JSON
@at_desk
def users_command(desk: Desk, search: str, page: int, as_json: bool) -> None:
    """List users with their roles."""
    listed = users.list_users(desk.database, desk.act, search=search, page=page)
    rows = (
        (
            its.email,
            its.name,
            _state(its, desk.act.at),
            "; ".join(map(roles.describe_role, its.roles)),
        )
        for its in listed.users
    )
    show(("email", "name", "state", "roles"), rows, as_json=as_json)
    if listed.pages > 1 and not as_json:
        click.echo(f"Page {listed.number} of {listed.pages}, {listed.total} users.")


@click.group("user")
def user_command() -> None:
    """Add a user, and say what they are."""


@user_command.command("add")
@_EMAIL
@click.option("--name", required=True, help="What they are called.")
@click.option("--role", type=_ROLE, help="What the user is.")
@_UNIT
@_TEAM
@_STAFF_NO
@click.option("--password-stdin", is_flag=True, help="Read their password from standard input.")
@click.option("--no-password", is_flag=True, help="They sign in by single sign-on only.")
@at_desk
def add_command(
    desk: Desk,
    email: str,
    name: str,
    role: str | None,
    unit: str | None,
    team: str | None,
    staff_no: str | None,
    password_stdin: bool,
    no_password: bool,
) -> None:
    """Add a user, with a password for once that is shown now, unless told otherwise."""
    if not role and (unit or team or staff_no):
        raise click.UsageError("--unit, --team and --staff-no say where somebody has a --role.")
    given = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    if given == "":
        raise click.UsageError("--password-stdin: there is no password in standard input.")
    with _by_option():
        added = users.add(
            desk.database,
            desk.act,
            email=email,
            name=name,
            password=given,
            needs_password=not no_password,
            role=Grant(Role(role), None, unit, team, staff_no) if role else None,
        )
    click.echo(f"{fold_email(email)} is a user.")
    if added.password:
        click.echo(_for_once(added.password))


@user_command.command("grant")
@_EMAIL
@click.option("--role", type=_ROLE, required=True, help="What the user is.")
@_UNIT
@_TEAM
@_STAFF_NO
@at_desk
def grant_command(
    desk: Desk, email: str, role: str, unit: str | None, team: str | None, staff_no: str | None
) -> None:
    """Give a user a role."""
    user = users.find_by_email(desk.database, desk.act, email=email)
    given = Grant(Role(role), None, unit, team, staff_no)
    with _by_option():
        roles.grant(desk.database, desk.act, user_id=user.id, role=given)
    click.echo(_roles(users.find(desk.database, desk.act, user_id=user.id)))


@user_command.command("revoke")
@_EMAIL
@click.option("--role", type=_ROLE, required=True, help="What the user is.")
@_UNIT
@_TEAM
@_STAFF_NO
@at_desk
def revoke_command(
    desk: Desk, email: str, role: str, unit: str | None, team: str | None, staff_no: str | None
) -> None:
    """Take a role from a user."""
    user = users.find_by_email(desk.database, desk.act, email=email)
    wanted = (role, unit, team, staff_no)
    held = (its for its in user.roles if (its.role, its.unit, its.team, its.staff_no) == wanted)
    found = next(held, None)
    if found is None:
        raise NotFound(f"{user.email} has no such role. {_roles(user)}")
    roles.revoke(desk.database, desk.act, user_id=user.id, grant_id=found.id)
    click.echo(_roles(users.find(desk.database, desk.act, user_id=user.id)))


@user_command.command("deactivate")
@_EMAIL
@at_desk
def deactivate_command(desk: Desk, email: str) -> None:
    """Let a user in no more: their sessions and tokens end for good; their roles are kept."""
    user = users.find_by_email(desk.database, desk.act, email=email)
    users.deactivate(desk.database, desk.act, user_id=user.id)
    click.echo(f"{user.email} cannot sign in any more.")


@user_command.command("activate")
@_EMAIL
@at_desk
def activate_command(desk: Desk, email: str) -> None:
    """Let a user in again."""
    user = users.find_by_email(desk.database, desk.act, email=email)
    users.activate(desk.database, desk.act, user_id=user.id)
    click.echo(f"{user.email} can sign in.")


@user_command.command("sign-out")
@_EMAIL
@click.option("--tokens", "with_tokens", is_flag=True, help="Revoke their tokens too.")
@at_desk
def sign_out_command(desk: Desk, email: str, with_tokens: bool) -> None:
    """Sign a user out on every browser."""
    user = users.find_by_email(desk.database, desk.act, email=email)
    number = sessions.end_everywhere(
        desk.database, desk.act, user_id=user.id, with_tokens=with_tokens
    )
    browsers = "1 browser" if number == 1 else f"{number} browsers"
    revoked = ", and their tokens are revoked" if with_tokens else ""
    click.echo(f"{user.email} is signed out on {browsers}{revoked}.")


@user_command.command("reset-password")
@_EMAIL
@at_desk
def reset_password_command(desk: Desk, email: str) -> None:
    """Give a user a password for once, which ends their sessions and tokens."""
    user = users.find_by_email(desk.database, desk.act, email=email)
    once = users.reset_password(desk.database, desk.act, user_id=user.id)
    click.echo(_for_once(once))


@contextmanager
def _by_option() -> Iterator[None]:
    """Name faults by the options that they are in."""
    try:
        yield
    except BadInput as error:
        raise BadInput(
            replace(fault, place=_OPTIONS.get(fault.place, f"--{fault.place}"))
            for fault in error.faults
        ) from None


_OPTIONS = {"email": "EMAIL", "staff_no": "--staff-no"}


def _for_once(password: str) -> str:
    return f"Their password for once: {password}\nIt is good for {ONCE_LASTS.days} days."


def _state(user: users.UserDetails, now: datetime) -> str:
    if not user.is_active:
        return "deactivated"
    if user.must_change_password:
        is_over = user.password_ends_at is not None and now >= user.password_ends_at
        return "needs a new password for once" if is_over else "has to change the password"
    return "active" if user.has_password else "by single sign-on"


def _roles(user: users.UserDetails) -> str:
    told = "; ".join(map(roles.describe_role, user.roles))
    return f"{user.email} is {told}." if told else f"{user.email} has no role."


COMMANDS = (users_command, user_command)
