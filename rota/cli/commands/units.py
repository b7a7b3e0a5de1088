"""Commands that bring units in and out, and name what is in them: import, export, units, rename."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import click

from rota.cli.arguments import ACKNOWLEDGE, DATE_PARAM, JSON, UNIT
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.cli.output import print_rows
from rota.records.differences import Difference
from rota.records.naming import REFERRED_TO
from rota.services.importing import exports, imports
from rota.services.importing.import_answers import parse_answers
from rota.services.importing.import_outcome import (
    Import,
    NotAgreed,
    tell_decision,
    tell_seats,
    tell_setting,
    tell_since,
    tell_terms_days,
)
from rota.services.units import lookup, renaming
from rota.writing import row_in_words
from rota.writing.policy_texts import say_setting
from rota.writing.row_sentences import name_row

ROWS_SHOWN = 5
"""Rows of each table that are printed as examples; the numbers count all."""

_NO_NAMES: Mapping[str, str] = MappingProxyType({})

_TABLES = dict(sorted((table.noun, name) for name, table in REFERRED_TO.items()))
"""The tables whose rows have names, by what one row is called."""

_YES_ASKED = (
    "This needs a yes: give --yes to do it, "
    "or say with --rename or --same which names are the same."
)


@make_command(
    "import",
    more="All or nothing. A table that is missing has no rows; a missing rota leaves what is "
    "published. What people recorded since the last import stays. What people rely on "
    "goes only with --yes.",
)
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@UNIT
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Take away what is listed, although people rely on it.")
@click.option(
    "--rename",
    metavar="OLD=NEW",
    multiple=True,
    help="Call a stored officer, site or team what INPUT calls it; or all that are alike.",
)
@click.option(
    "--same",
    metavar="NEW=OLD",
    multiple=True,
    help="Read a name of INPUT as a stored one, which stays; or all that are alike.",
)
@click.option(
    "--over-records", is_flag=True, help="Undo what people recorded since the last import."
)
@click.option(
    "--from",
    "since",
    type=DATE_PARAM,
    help="From when terms hold that have changed, and of which INPUT tells no day; else tomorrow.",
)
@ACKNOWLEDGE
@open_database
def import_command(
    context: CommandContext,
    path: Path,
    unit: str,
    dry_run: bool,
    yes: bool,
    rename: tuple[str, ...],
    same: tuple[str, ...],
    over_records: bool,
    since: date | None,
    acknowledge: bool,
) -> None:
    answers = parse_answers(rename=rename, same=same, over_records=over_records, since=since)
    try:
        outcome = imports.import_unit(
            context.database,
            context.act,
            name=unit,
            path=path,
            is_trial=dry_run,
            answers=answers,
            is_agreed=yes,
            is_acknowledged=acknowledge,
        )
    except NotAgreed as error:
        raise NotAgreed(error.outcome, hint=_YES_ASKED) from None
    _print_import(outcome, unit, is_trial=dry_run, is_agreed=yes)


@make_command("export")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
@UNIT
@open_database
def export_command(context: CommandContext, folder: Path, unit: str) -> None:
    exports.export_unit(context.database, context.act, name=unit, folder=folder)
    click.echo(f"{unit} is in {folder}.")


@make_command("units")
@JSON
@open_database
def units_command(context: CommandContext, as_json: bool) -> None:
    print_rows(
        ("unit",),
        ((name,) for name in lookup.list_unit_names(context.database, context.act)),
        as_json=as_json,
    )


def _print_import(outcome: Import, unit: str, *, is_trial: bool, is_agreed: bool) -> None:
    for note in outcome.notes:
        click.echo(note, err=True)
    for line in _format_import(outcome):
        click.echo(line)
    if outcome.is_empty:
        click.echo(f"{unit} is so already; nothing changed.")
    elif is_trial:
        if outcome.needs_yes and not is_agreed:
            click.echo(_YES_ASKED)
        click.echo("Nothing was changed; this was a trial.")
    else:
        click.echo(f"{unit} was {'created' if outcome.is_new else 'changed'}.")


def _format_import(outcome: Import) -> Iterator[str]:
    for decision in outcome.decisions:
        yield f"{decision.table}: {tell_decision(decision)}"
    for difference in outcome.differences:
        yield from _format_difference(difference, outcome.names)
    for setting in outcome.settings:
        before, after = say_setting(setting.before), say_setting(setting.after)
        yield f"policy {setting.name}: {before} becomes {after}"
    for table, row in outcome.pasts:
        yield f"{table}: earlier terms of {name_row(table, row)} change"
    if days := tell_terms_days(outcome):
        yield days
    new_seats, removed_seats = outcome.published
    if new_seats or removed_seats:
        yield f"rota: {len(new_seats)} seats published, {len(removed_seats)} taken back"
    if outcome.history:
        added_count, removed_count = map(len, outcome.history)
        yield f"history: {added_count} seats added, {removed_count} removed"
    for breach in outcome.added_breaches:
        yield f"  to be acknowledged: {breach.says}"
    is_undone = outcome.answers.over_records
    for since in outcome.since:
        sentence = tell_since(since, outcome.names, is_undone=is_undone)
        yield f"{since.merged.table}: {sentence}"
    for set_since in outcome.settings_since:
        name = set_since.setting.name
        yield f"policy: {tell_setting(set_since, name, is_undone=is_undone)}"
    if places := outcome.seats_since:
        yield f"rota: {tell_seats(places, outcome.names, is_undone=is_undone)}"
    yield from (f"{table}: {sentence}" for table, sentence in outcome.alarms)


def _format_difference(change: Difference, names: Mapping[str, str]) -> Iterator[str]:
    yield (
        f"{change.table}: {len(change.added_rows)} added, {len(change.changed_rows)} changed, "
        f"{len(change.removed_rows)} removed"
    )
    lines = [*format_rows(change, names)]
    if change.changed_rows or change.removed_rows:
        yield from (f"  {line}" for line in lines[:ROWS_SHOWN])
        if len(lines) > ROWS_SHOWN:
            yield f"  and {len(lines) - ROWS_SHOWN} more"


def format_rows(change: Difference, names: Mapping[str, str] = _NO_NAMES) -> Iterator[str]:
    """A line for each row that is added (+), changed (~) or removed (-).

    Officers are called by `names`, which are by staff number; those without a name by that.
    """

    def format_row(record: object) -> str:
        return row_in_words(change.table, record, names)

    yield from (f"+ {format_row(record)}" for record in change.added_rows)
    yield from (
        f"~ {format_row(after)} (was: {format_row(before)})"
        for before, after in change.changed_rows
    )
    yield from (f"- {format_row(record)}" for record in change.removed_rows)


@make_command(
    "rename",
    more="All that hangs on the old name goes on under the new one: published days, history, "
    "roles, calendars and requests.",
)
@click.argument("kind", metavar="KIND", type=click.Choice(tuple(_TABLES)))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@UNIT
@open_database
def rename_command(context: CommandContext, kind: str, old: str, new: str, unit: str) -> None:
    old, new = renaming.rename(
        context.database, context.act, unit=unit, table=_TABLES[kind], before=old, after=new
    )
    click.echo(f"{old} is {new} now.")


COMMANDS = (import_command, export_command, units_command, rename_command)
