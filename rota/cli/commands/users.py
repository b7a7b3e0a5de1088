"""Commands for users: users and user."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import click

from rota.cli.arguments import EMAIL, JSON
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command, make_group
from rota.cli.output import print_rows
from rota.errors import BadInput, NotFound
from rota.services.access.rights import Grant, Role
from rota.services.accounts import roles, sessions, users
from rota.services.accounts.passwords import ONCE_LASTS
from rota.services.accounts.signing_in import fold_email

_ROLE = click.Choice([role.value for role in Role])
_UNIT = click.option("--unit", metavar="NAME", help="The unit in which they are that.")
_TEAM = click.option("--team", metavar="NAME", help="A manager's only team; all, if left out.")
_STAFF_NO = click.option("--staff-no", metavar="STAFF_NO", help="Which officer they are.")


@make_command("users")
@click.option("--search", default="", help="A part of a name or an address.")
@click.option("--page", type=click.IntRange(min=1), default=1, help="Which page of a long list.")
@JSON
@open_database
def users_command(context: CommandContext, search: str, page: int, as_json: bool) -> None:
    page_of_users = users.list_users(context.database, context.act, search=search, page=page)
    rows = (
        (
            user.email,
            user.name,
            _describe_state(user, context.act.at),
            "; ".join(map(roles.describe_role, user.roles)),
        )
        for user in page_of_users.users
    )
    print_rows(("email", "name", "state", "roles"), rows, as_json=as_json)
    if page_of_users.pages > 1 and not as_json:
        click.echo(
            f"Page {page_of_users.number} of {page_of_users.pages}, {page_of_users.total} users."
        )


user_command = make_group("user")


@user_command.command("add")
@EMAIL
@click.option("--name", required=True, help="What they are called.")
@click.option("--role", type=_ROLE, help="What the user is.")
@_UNIT
@_TEAM
@_STAFF_NO
@click.option("--password-stdin", is_flag=True, help="Read their password from standard input.")
@click.option("--no-password", is_flag=True, help="They sign in by single sign-on only.")
@open_database
def add_command(
    context: CommandContext,
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
    typed_password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    if typed_password == "":
        raise click.UsageError("--password-stdin: there is no password in standard input.")
    with _name_faults_by_option():
        new_user = users.add(
            context.database,
            context.act,
            email=email,
            name=name,
            password=typed_password,
            needs_password=not no_password,
            role=Grant(Role(role), None, unit, team, staff_no) if role else None,
        )
    click.echo(f"{fold_email(email)} is a user.")
    if new_user.password:
        click.echo(_describe_one_time_password(new_user.password))


@user_command.command("grant")
@EMAIL
@click.option("--role", type=_ROLE, required=True, help="What the user is.")
@_UNIT
@_TEAM
@_STAFF_NO
@open_database
def grant_command(
    context: CommandContext,
    email: str,
    role: str,
    unit: str | None,
    team: str | None,
    staff_no: str | None,
) -> None:
    """Give a user a role."""
    user = users.find_by_email(context.database, context.act, email=email)
    grant = Grant(Role(role), None, unit, team, staff_no)
    with _name_faults_by_option():
        roles.grant(context.database, context.act, user_id=user.id, role=grant)
    click.echo(_describe_roles(users.find(context.database, context.act, user_id=user.id)))


@user_command.command("revoke")
@EMAIL
@click.option("--role", type=_ROLE, required=True, help="What the user is.")
@_UNIT
@_TEAM
@_STAFF_NO
@open_database
def revoke_command(
    context: CommandContext,
    email: str,
    role: str,
    unit: str | None,
    team: str | None,
    staff_no: str | None,
) -> None:
    """Take a role from a user."""
    user = users.find_by_email(context.database, context.act, email=email)
    sought_role = (role, unit, team, staff_no)
    matching = (
        grant
        for grant in user.roles
        if (grant.role, grant.unit, grant.team, grant.staff_no) == sought_role
    )
    grant = next(matching, None)
    if grant is None:
        raise NotFound(f"{user.email} has no such role. {_describe_roles(user)}")
    roles.revoke(context.database, context.act, user_id=user.id, grant_id=grant.id)
    click.echo(_describe_roles(users.find(context.database, context.act, user_id=user.id)))


@user_command.command("deactivate")
@EMAIL
@open_database
def deactivate_command(context: CommandContext, email: str) -> None:
    """Let a user in no more: their sessions and tokens end for good; their roles are kept."""
    user = users.find_by_email(context.database, context.act, email=email)
    users.deactivate(context.database, context.act, user_id=user.id)
    click.echo(f"{user.email} cannot sign in any more.")


@user_command.command("activate")
@EMAIL
@open_database
def activate_command(context: CommandContext, email: str) -> None:
    """Let a user in again."""
    user = users.find_by_email(context.database, context.act, email=email)
    users.activate(context.database, context.act, user_id=user.id)
    click.echo(f"{user.email} can sign in.")


@user_command.command("sign-out")
@EMAIL
@click.option("--tokens", "with_tokens", is_flag=True, help="Revoke their tokens too.")
@open_database
def sign_out_command(context: CommandContext, email: str, with_tokens: bool) -> None:
    """Sign a user out on every browser."""
    user = users.find_by_email(context.database, context.act, email=email)
    number = sessions.end_everywhere(
        context.database, context.act, user_id=user.id, with_tokens=with_tokens
    )
    browsers = "1 browser" if number == 1 else f"{number} browsers"
    revoked = ", and their tokens are revoked" if with_tokens else ""
    click.echo(f"{user.email} is signed out on {browsers}{revoked}.")


@user_command.command("reset-password")
@EMAIL
@open_database
def reset_password_command(context: CommandContext, email: str) -> None:
    """Give a user a password for once, which ends their sessions and tokens."""
    user = users.find_by_email(context.database, context.act, email=email)
    once = users.reset_password(context.database, context.act, user_id=user.id)
    click.echo(_describe_one_time_password(once))


@contextmanager
def _name_faults_by_option() -> Iterator[None]:
    """Name faults by the options that they are in."""
    try:
        yield
    except BadInput as error:
        raise BadInput(
            replace(fault, place=_OPTIONS.get(fault.place, f"--{fault.place}"))
            for fault in error.faults
        ) from None


_OPTIONS = {"email": "EMAIL", "staff_no": "--staff-no"}


def _describe_one_time_password(password: str) -> str:
    return f"Their password for once: {password}\nIt is good for {ONCE_LASTS.days} days."


def _describe_state(user: users.UserDetails, now: datetime) -> str:
    if not user.is_active:
        return "deactivated"
    if user.must_change_password:
        is_over = user.password_ends_at is not None and now >= user.password_ends_at
        return "needs a new password for once" if is_over else "has to change the password"
    return "active" if user.has_password else "by single sign-on"


def _describe_roles(user: users.UserDetails) -> str:
    role_words = "; ".join(map(roles.describe_role, user.roles))
    return f"{user.email} is {role_words}." if role_words else f"{user.email} has no role."


COMMANDS = (users_command, user_command)
