"""Commands for the tokens of programs: token."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from rota.cli.arguments import EMAIL, JSON
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_group
from rota.cli.output import print_rows
from rota.moments import LONDON
from rota.services.accounts import tokens, users
from rota.services.accounts.tokens import LONGEST, Scope
from rota.store.accounts.tokens import Token

token_command = make_group("token")


@token_command.command("make")
@EMAIL
@click.option("--name", required=True, help="Which program it is for.")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([scope.value for scope in Scope]),
    multiple=True,
    required=True,
    help="What it is for; may be given several times.",
)
@click.option(
    "--days",
    type=click.IntRange(1, LONGEST.days),
    default=90,
    show_default=True,
    help="How long it is good.",
)
@open_database
def make_command(
    context: CommandContext, email: str, name: str, scopes: tuple[str, ...], days: int
) -> None:
    """Make a token with which a program acts for a user. It is shown this once."""
    user = users.find_by_email(context.database, context.act, email=email)
    secret = tokens.make(
        context.database,
        context.act,
        user_id=user.id,
        name=name,
        scopes=scopes,
        good_for=timedelta(days=days),
    )
    click.echo(secret)


@token_command.command("list")
@EMAIL
@JSON
@open_database
def list_command(context: CommandContext, email: str, as_json: bool) -> None:
    """List the tokens of a user, the newest first, with their numbers."""
    user = users.find_by_email(context.database, context.act, email=email)
    rows = (
        (
            token.id,
            token.name,
            " ".join(token.scopes),
            _describe_state(token, context.act.at),
            _format_day(token.expires_at),
        )
        for token in tokens.list_tokens(context.database, context.act, user_id=user.id)
    )
    print_rows(("number", "name", "scopes", "state", "until"), rows, as_json=as_json)


@token_command.command("revoke")
@EMAIL
@click.argument("number", type=int, metavar="NUMBER")
@open_database
def revoke_command(context: CommandContext, email: str, number: int) -> None:
    """End a token of a user, by its number."""
    user = users.find_by_email(context.database, context.act, email=email)
    tokens.revoke(context.database, context.act, user_id=user.id, token_id=number)
    click.echo(f"Token {number} of {user.email} is good no more.")


def _describe_state(token: Token, now: datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "good" if now < token.expires_at else "over"


def _format_day(instant: datetime) -> str:
    return f"{instant.astimezone(LONDON):%Y-%m-%d}"


COMMANDS = (token_command,)
