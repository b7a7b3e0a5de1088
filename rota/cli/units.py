"""Commands that bring units in and out, and name what is in them: import, export, units, rename."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import click

from rota.cli.desk import ACKNOWLEDGE, JSON, UNIT, Desk, at_desk, show
from rota.domain.differences import Difference
from rota.services.importing import exports, imports
from rota.services.importing.import_answers import parse_answers
from rota.services.importing.import_outcome import (
    Import,
    NotAgreed,
    tell_decision,
    tell_seats,
    tell_setting,
    tell_since,
)
from rota.services.units import lookup, renaming
from rota.writing import row_in_words

ROWS_SHOWN = 5
"""Rows of each table that are shown as examples; the numbers count all."""

_NO_NAMES: Mapping[str, str] = MappingProxyType({})

_TABLES = {"officer": "officers", "site": "sites", "team": "teams"}
"""The tables whose rows have names, by what one row is called."""

_YES_ASKED = (
    "This needs a yes: give --yes to do it, "
    "or say with --rename or --same which names are the same."
)


@click.command("import")
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
@ACKNOWLEDGE
@at_desk
def import_command(
    desk: Desk,
    path: Path,
    unit: str,
    dry_run: bool,
    yes: bool,
    rename: tuple[str, ...],
    same: tuple[str, ...],
    over_records: bool,
    acknowledge: bool,
) -> None:
    """Make the unit what INPUT says, a folder of CSV files or a workbook.

    All or nothing. A table that is missing has no rows; a missing rota leaves what is published.
    What people recorded since the last import stays. What people rely on goes only with --yes.
    """
    answers = parse_answers(rename=rename, same=same, over_records=over_records)
    try:
        told = imports.import_unit(
            desk.database,
            desk.act,
            name=unit,
            path=path,
            is_trial=dry_run,
            answers=answers,
            is_agreed=yes,
            is_acknowledged=acknowledge,
        )
    except NotAgreed as error:
        raise NotAgreed(error.outcome, hint=_YES_ASKED) from None
    _tell(told, unit, is_trial=dry_run, is_agreed=yes)


@click.command("export")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
@UNIT
@at_desk
def export_command(desk: Desk, folder: Path, unit: str) -> None:
    """Write the unit, with what is published, to the folder OUT, which imports to the same."""
    exports.export_unit(desk.database, desk.act, name=unit, folder=folder)
    click.echo(f"{unit} is in {folder}.")


@click.command("units")
@JSON
@at_desk
def units_command(desk: Desk, as_json: bool) -> None:
    """List the units that are stored."""
    show(
        ("unit",),
        ((name,) for name in lookup.list_unit_names(desk.database, desk.act)),
        as_json=as_json,
    )


def _tell(outcome: Import, unit: str, *, is_trial: bool, is_agreed: bool) -> None:
    for note in outcome.notes:
        click.echo(note, err=True)
    for line in _lines(outcome):
        click.echo(line)
    if outcome.is_empty:
        click.echo(f"{unit} is so already; nothing changed.")
    elif is_trial:
        if outcome.needs_yes and not is_agreed:
            click.echo(_YES_ASKED)
        click.echo("Nothing was changed; this was a trial.")
    else:
        click.echo(f"{unit} was {'created' if outcome.is_new else 'changed'}.")


def _lines(outcome: Import) -> Iterator[str]:
    for decision in outcome.decisions:
        yield f"{decision.table}: {tell_decision(decision)}"
    for difference in outcome.differences:
        yield from _table(difference, outcome.names)
    for setting in outcome.settings:
        yield f"policy {setting.name}: {setting.before} becomes {setting.after}"
    added, removed = outcome.published
    if added or removed:
        yield f"rota: {len(added)} seats published, {len(removed)} taken back"
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


def _table(change: Difference, names: Mapping[str, str]) -> Iterator[str]:
    yield (
        f"{change.table}: {len(change.added)} added, {len(change.changed)} changed, "
        f"{len(change.removed)} removed"
    )
    shown = [*difference_lines(change, names)]
    if change.changed or change.removed:
        yield from (f"  {line}" for line in shown[:ROWS_SHOWN])
        if len(shown) > ROWS_SHOWN:
            yield f"  and {len(shown) - ROWS_SHOWN} more"


def difference_lines(change: Difference, names: Mapping[str, str] = _NO_NAMES) -> Iterator[str]:
    """A line for each row that is added (+), changed (~) or removed (-).

    Officers are called by `names`, which are by staff number; those without a name by that.
    """

    def row(outcome: object) -> str:
        return row_in_words(change.table, outcome, names)

    yield from (f"+ {row(added)}" for added in change.added)
    yield from (f"~ {row(after)} (was: {row(before)})" for before, after in change.changed)
    yield from (f"- {row(removed)}" for removed in change.removed)


@click.command("rename")
@click.argument("kind", metavar="KIND", type=click.Choice(tuple(_TABLES)))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@UNIT
@at_desk
def rename_command(desk: Desk, kind: str, old: str, new: str, unit: str) -> None:
    """Give an officer (by staff number), a site or a team another name; KIND says which.

    All that hangs on the old name goes on under the new one: published days, history, roles,
    calendars and requests.
    """
    old, new = renaming.rename(
        desk.database, desk.act, unit=unit, table=_TABLES[kind], before=old, after=new
    )
    click.echo(f"{old} is {new} now.")


COMMANDS = (import_command, export_command, units_command, rename_command)
