"""Commands for whoever looks after the installation: db, settings, doctor and audit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rota.cli.databases import warn_of_new_file
from rota.cli.desk import JSON, MOST, SOME_UNIT, Desk, at_desk, show
from rota.cli.exits import NOT_WRITTEN, telling_errors
from rota.moments import LONDON
from rota.services.upkeep import audits
from rota.services.upkeep.doctor import Check, examine_installation
from rota.settings import read_settings, shown
from rota.store.databases import schema
from rota.store.databases.backup import back_up
from rota.store.databases.database import Database


@click.group("db")
def db_command() -> None:
    """Set up the database, and bring it up to date."""


@db_command.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest migration; it is made if it is not there."""
    with telling_errors():
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
    with telling_errors():
        database = Database(read_settings().database_url)
        try:
            back_up(database, path)
            click.echo(f"{database} is copied to {path}.")
        finally:
            database.close()


@click.command("settings")
@JSON
def settings_command(as_json: bool) -> None:
    """Print every setting with its default, its value and what it is for."""
    with telling_errors():
        settings = tuple(shown(read_settings()))
    rows = ((its.variable, its.default, its.value, its.help) for its in settings)
    show(("variable", "default", "value", "help"), rows, as_json=as_json)


@click.command("doctor")
@JSON
@at_desk
def doctor_command(desk: Desk, as_json: bool) -> None:
    """See whether all is well; exit 1 and say how to mend it where it is not."""
    checks = examine_installation(desk.database, desk.act, desk.settings)
    rows = ((_mark(its), its.about, its.sentence, its.mend) for its in checks)
    show(("", "about", "is", "mend"), rows, as_json=as_json)
    if not all(its.is_well for its in checks):
        sys.exit(NOT_WRITTEN)


@click.command("audit")
@SOME_UNIT
@MOST
@JSON
@at_desk
def audit_command(desk: Desk, unit: str | None, most: int, as_json: bool) -> None:
    """Show who did what, when and from where, the newest first."""
    entries = audits.list_latest(desk.database, desk.act, unit=unit, most=most)
    rows = (
        (
            f"{its.at.astimezone(LONDON):%d/%m/%Y %H:%M:%S}",
            its.actor,
            its.place,
            its.what,
            its.before if as_json else _short(its.before),
            its.after if as_json else _short(its.after),
        )
        for its in entries
    )
    show(("at", "who", "place", "what", "before", "after"), rows, as_json=as_json)


def _mark(check: Check) -> str:
    return "ok" if check.is_well else "!!"


def _short(told: object) -> str:
    """The first characters; all of it is in the JSON."""
    text = "" if told is None else json.dumps(told, default=str, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 100

COMMANDS = (db_command, settings_command, doctor_command, audit_command)
