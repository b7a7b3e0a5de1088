"""Commands that publish, and look back: publish, versions, changes and restore."""

from __future__ import annotations

from datetime import date

import click

from rota.checker import Judgement
from rota.cli.desk import ACKNOWLEDGE, JSON, UNIT, Desk, at_desk, console, show
from rota.cli.drafts import REVISION, START, change_lines, tell_remarks
from rota.domain import Problem
from rota.explaining import Change
from rota.moments import LONDON
from rota.services.drafts import drafts
from rota.services.rotas import versions
from rota.store.rotas.versions import Version
from rota.writing import show_judgement


@click.command("publish")
@UNIT
@START
@REVISION
@ACKNOWLEDGE
@click.option("--note", default="", help="What everybody concerned is told with it.")
@at_desk
def publish_command(
    desk: Desk,
    unit: str,
    start: date | None,
    revision: int | None,
    acknowledge: bool,
    note: str,
) -> None:
    """Show what the draft changes and what it breaks, and publish it."""
    look = drafts.load_view(desk.database, desk.act, unit=unit, start=start)
    _show(look.judgement, look.changes, look.problem)
    tell_remarks(look)
    version = versions.publish(
        desk.database,
        desk.act,
        unit=unit,
        start=look.draft.period.first,
        revision=look.draft.revision if revision is None else revision,
        newest=look.newest,
        is_acknowledged=acknowledge,
        note=note,
    ).version
    tell_published(version)


@click.command("restore")
@click.argument("number", metavar="VERSION", type=int)
@UNIT
@ACKNOWLEDGE
@at_desk
def restore_command(desk: Desk, number: int, unit: str, acknowledge: bool) -> None:
    """Publish an old VERSION as a new one, as far as it can still be used."""
    published = versions.restore(
        desk.database, desk.act, unit=unit, number=number, is_acknowledged=acknowledge
    )
    _show(published.judgement, published.changes, published.problem)
    tell_published(published.version)


@click.command("versions")
@UNIT
@JSON
@at_desk
def versions_command(desk: Desk, unit: str, as_json: bool) -> None:
    """List what was published, by whom and when, the newest first."""
    rows = (
        (
            its.number,
            its.period,
            its.cause,
            f"{its.published_at.astimezone(LONDON):%d/%m/%Y %H:%M}",
            its.published_by,
            its.seats,
            _costs(its),
            its.note,
        )
        for its in versions.list_versions(desk.database, desk.act, unit=unit)
    )
    columns = ("version", "period", "cause", "at", "by", "seats", "costs", "note")
    show(columns, rows, as_json=as_json)


@click.command("changes")
@click.argument("number", metavar="VERSION", type=int)
@UNIT
@JSON
@at_desk
def changes_command(desk: Desk, number: int, unit: str, as_json: bool) -> None:
    """Show every seat that a VERSION changed, and why."""
    rows = (
        (its.staff_no, its.date, its.before, its.after, its.reason_for_managers)
        for its in versions.list_changes(desk.database, desk.act, unit=unit, number=number)
    )
    show(("staff_no", "date", "before", "after", "why"), rows, as_json=as_json)


def _show(judgement: Judgement, changes: tuple[Change, ...], problem: Problem) -> None:
    show_judgement(console(), judgement, None, all_in="rota draft --all tells all of them")
    if changes:
        click.echo(f"\n{len(changes)} seats differ from what is published:")
        for line in change_lines(changes, problem):
            click.echo(line)
    click.echo()


def tell_published(version: Version) -> None:
    """Say which version is published now, and what it costs."""
    its = version
    click.echo(f"Version {its.number} is published: {its.seats} seats, {its.period}.")
    click.echo(f"It costs {_costs(its)}.")


def _costs(version: Version) -> str:
    return ", ".join(f"{level} {cost}" for level, cost in version.costs.items())


COMMANDS = (publish_command, versions_command, changes_command, restore_command)
