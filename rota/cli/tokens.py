"""Commands for the tokens of programs: token."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from rota.cli.desk import JSON, Desk, at_desk, show
from rota.moments import LONDON
from rota.services.accounts import tokens, users
from rota.services.accounts.tokens import LONGEST, Scope
from rota.store.accounts.tokens import Token

_EMAIL = click.argument("email", metavar="EMAIL")


@click.group("token")
def token_command() -> None:
    """Let programs act for a user, as far as their tokens reach."""


@token_command.command("make")
@_EMAIL
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
@at_desk
def make_command(desk: Desk, email: str, name: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token with which a program acts for a user. It is shown this once."""
    user = users.find_by_email(desk.database, desk.act, email=email)
    secret = tokens.make(
        desk.database,
        desk.act,
        user_id=user.id,
        name=name,
        scopes=scopes,
        good_for=timedelta(days=days),
    )
    click.echo(secret)


@token_command.command("list")
@_EMAIL
@JSON
@at_desk
def list_command(desk: Desk, email: str, as_json: bool) -> None:
    """List the tokens of a user, the newest first, with their numbers."""
    user = users.find_by_email(desk.database, desk.act, email=email)
    rows = (
        (its.id, its.name, " ".join(its.scopes), _state(its, desk.act.at), _day(its.expires_at))
        for its in tokens.list_tokens(desk.database, desk.act, user_id=user.id)
    )
    show(("number", "name", "scopes", "state", "until"), rows, as_json=as_json)


@token_command.command("revoke")
@_EMAIL
@click.argument("number", type=int, metavar="NUMBER")
@at_desk
def revoke_command(desk: Desk, email: str, number: int) -> None:
    """End a token of a user, by its number."""
    user = users.find_by_email(desk.database, desk.act, email=email)
    tokens.revoke(desk.database, desk.act, user_id=user.id, token_id=number)
    click.echo(f"Token {number} of {user.email} is good no more.")


def _state(token: Token, now: datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "good" if now < token.expires_at else "over"


def _day(instant: datetime) -> str:
    return f"{instant.astimezone(LONDON):%Y-%m-%d}"


COMMANDS = (token_command,)
