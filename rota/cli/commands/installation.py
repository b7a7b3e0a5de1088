"""Commands for whoever looks after the installation: db, settings, doctor and audit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rota.cli.arguments import JSON, MOST, SOME_UNIT
from rota.cli.context import CommandContext, open_database
from rota.cli.exit_status import NOT_WRITTEN, print_errors
from rota.cli.listing import make_command, make_group
from rota.cli.output import print_rows
from rota.cli.startup import warn_of_new_file
from rota.moments import LONDON
from rota.services.upkeep import audits
from rota.services.upkeep.doctor import Check, examine_installation
from rota.settings import list_for_display, read_settings
from rota.store.databases import schema
from rota.store.databases.backup import back_up
from rota.store.databases.database import Database

db_command = make_group("db")


@db_command.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest migration; it is made if it is not there."""
    with print_errors():
        settings = read_settings()
        warn_of_new_file(settings)
        database = Database(settings.database_url)
        try:
            schema.upgrade(database)
            with database.reading() as connection:
                click.echo(f"{database} is at migration {schema.find_revision(connection)}.")
        finally:
            database.close()


@db_command.command("backup")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
def backup_command(path: Path) -> None:
    """Copy a SQLite database to a new FILE, while others go on using it."""
    with print_errors():
        database = Database(read_settings().database_url)
        try:
            back_up(database, path)
            click.echo(f"{database} is copied to {path}.")
        finally:
            database.close()


@make_command("settings")
@JSON
def settings_command(as_json: bool) -> None:
    with print_errors():
        settings = tuple(list_for_display(read_settings()))
    rows = (
        (setting.variable, setting.default, setting.value, setting.help) for setting in settings
    )
    print_rows(("variable", "default", "value", "help"), rows, as_json=as_json)


@make_command("doctor")
@JSON
@open_database
def doctor_command(context: CommandContext, as_json: bool) -> None:
    checks = examine_installation(context.database, context.act, context.settings)
    rows = ((_format_mark(check), check.about, check.sentence, check.mend) for check in checks)
    print_rows(("", "about", "is", "mend"), rows, as_json=as_json)
    if not all(check.is_well for check in checks):
        sys.exit(NOT_WRITTEN)


@make_command("audit")
@SOME_UNIT
@MOST
@JSON
@open_database
def audit_command(context: CommandContext, unit: str | None, most: int, as_json: bool) -> None:
    entries = audits.list_latest(context.database, context.act, unit=unit, most=most)
    rows = (
        (
            f"{entry.at.astimezone(LONDON):%d/%m/%Y %H:%M:%S}",
            entry.actor,
            entry.place,
            entry.what,
            entry.before if as_json else _shorten(entry.before),
            entry.after if as_json else _shorten(entry.after),
        )
        for entry in entries
    )
    print_rows(("at", "who", "place", "what", "before", "after"), rows, as_json=as_json)


def _format_mark(check: Check) -> str:
    return "ok" if check.is_well else "!!"


def _shorten(value: object) -> str:
    """Cut the value after its first characters; all of it is in the JSON."""
    text = "" if value is None else json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 100

COMMANDS = (db_command, settings_command, doctor_command, audit_command)
