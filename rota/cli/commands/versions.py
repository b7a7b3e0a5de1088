"""Commands that publish, and look back: publish, versions, changes and restore."""

from __future__ import annotations

from datetime import date

import click

from rota.checker import Judgement
from rota.cli.arguments import ACKNOWLEDGE, JSON, REVISION, START, UNIT
from rota.cli.commands.drafts import format_changes, print_remarks
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.cli.output import make_console, print_rows
from rota.domain import Problem
from rota.explaining import Change
from rota.moments import LONDON
from rota.services.drafts import drafts
from rota.services.rotas import versions
from rota.store.rotas.versions import Version
from rota.writing import show_judgement


@make_command("publish")
@UNIT
@START
@REVISION
@ACKNOWLEDGE
@click.option("--note", default="", help="What everybody concerned is told with it.")
@open_database
def publish_command(
    context: CommandContext,
    unit: str,
    start: date | None,
    revision: int | None,
    acknowledge: bool,
    note: str,
) -> None:
    look = drafts.load_view(context.database, context.act, unit=unit, start=start)
    _print_comparison(look.judgement, look.changes, look.problem)
    print_remarks(look)
    version = versions.publish(
        context.database,
        context.act,
        unit=unit,
        start=look.draft.period.first,
        revision=look.draft.revision if revision is None else revision,
        newest=look.newest,
        is_acknowledged=acknowledge,
        note=note,
    ).version
    print_published(version)


@make_command("restore")
@click.argument("number", metavar="VERSION", type=int)
@UNIT
@ACKNOWLEDGE
@open_database
def restore_command(context: CommandContext, number: int, unit: str, acknowledge: bool) -> None:
    published = versions.restore(
        context.database, context.act, unit=unit, number=number, is_acknowledged=acknowledge
    )
    _print_comparison(published.judgement, published.changes, published.problem)
    print_published(published.version)


@make_command("versions")
@UNIT
@JSON
@open_database
def versions_command(context: CommandContext, unit: str, as_json: bool) -> None:
    rows = (
        (
            version.number,
            version.period,
            version.cause,
            f"{version.published_at.astimezone(LONDON):%d/%m/%Y %H:%M}",
            version.published_by,
            version.seats,
            _format_costs(version),
            version.note,
        )
        for version in versions.list_versions(context.database, context.act, unit=unit)
    )
    columns = ("version", "period", "cause", "at", "by", "seats", "costs", "note")
    print_rows(columns, rows, as_json=as_json)


@make_command("changes")
@click.argument("number", metavar="VERSION", type=int)
@UNIT
@JSON
@open_database
def changes_command(context: CommandContext, number: int, unit: str, as_json: bool) -> None:
    rows = (
        (c.staff_no, c.date, c.part, c.before, c.after, c.reason_for_managers)
        for c in versions.list_changes(context.database, context.act, unit=unit, number=number)
    )
    print_rows(("staff_no", "date", "part", "before", "after", "why"), rows, as_json=as_json)


def _print_comparison(judgement: Judgement, changes: tuple[Change, ...], problem: Problem) -> None:
    show_judgement(make_console(), judgement, None, all_in="rota draft --all tells all of them")
    if changes:
        click.echo(f"\n{len(changes)} seats differ from what is published:")
        for line in format_changes(changes, problem):
            click.echo(line)
    click.echo()


def print_published(version: Version) -> None:
    """Say which version is published now, and what it costs."""
    click.echo(f"Version {version.number} is published: {version.seats} seats, {version.period}.")
    click.echo(f"It costs {_format_costs(version)}.")


def _format_costs(version: Version) -> str:
    return ", ".join(f"{level} {cost}" for level, cost in version.costs.items())


COMMANDS = (publish_command, versions_command, changes_command, restore_command)
