"""Commands that bring units in and out: import, export and units."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from rota.cli.desk import ACKNOWLEDGE, JSON, UNIT, Desk, at_desk, show
from rota.domain.differences import Difference
from rota.services import units
from rota.services.units import Import
from rota.writing import row_in_words

ROWS_SHOWN = 5
"""Rows of each table that are shown as examples; the numbers count all."""


@click.command("import")
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@UNIT
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@ACKNOWLEDGE
@at_desk
def import_command(desk: Desk, path: Path, unit: str, dry_run: bool, acknowledge: bool) -> None:
    """Make the unit what INPUT says, a folder of CSV files or a workbook.

    All or nothing. A table that is missing has no rows; a missing rota leaves what is published.
    """
    told = units.import_unit(
        desk.database,
        desk.act,
        name=unit,
        path=path,
        is_trial=dry_run,
        is_acknowledged=acknowledge,
    )
    for note in told.notes:
        click.echo(note, err=True)
    for line in _lines(told):
        click.echo(line)
    if told.is_empty:
        click.echo(f"{unit} is so already; nothing changed.")
    elif dry_run:
        click.echo("Nothing was changed; this was a trial.")
    else:
        click.echo(f"{unit} was {'created' if told.is_new else 'changed'}.")


@click.command("export")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
@UNIT
@at_desk
def export_command(desk: Desk, folder: Path, unit: str) -> None:
    """Write the unit, with what is published, to the folder OUT, which imports to the same."""
    units.export_unit(desk.database, desk.act, name=unit, folder=folder)
    click.echo(f"{unit} is in {folder}.")


@click.command("units")
@JSON
@at_desk
def units_command(desk: Desk, as_json: bool) -> None:
    """List the units that are stored."""
    show(("unit",), ((name,) for name in units.names(desk.database, desk.act)), as_json=as_json)


def _lines(told: Import) -> Iterator[str]:
    for difference in told.differences:
        yield from _table(difference)
    for setting in told.settings:
        yield f"policy {setting.name}: {setting.before} becomes {setting.after}"
    added, removed = told.published
    if added or removed:
        yield f"rota: {len(added)} seats published, {len(removed)} taken back"
    for breach in told.added_breaches:
        yield f"  to be acknowledged: {breach.says}"


def _table(difference: Difference) -> Iterator[str]:
    its = difference
    yield (
        f"{its.table}: {len(its.added)} added, {len(its.changed)} changed, "
        f"{len(its.removed)} removed"
    )
    shown = [*difference_lines(its)]
    if its.changed or its.removed:
        yield from (f"  {line}" for line in shown[:ROWS_SHOWN])
        if len(shown) > ROWS_SHOWN:
            yield f"  and {len(shown) - ROWS_SHOWN} more"


def difference_lines(difference: Difference) -> Iterator[str]:
    """A line for each row that is added (+), changed (~) or removed (-)."""
    its = difference
    yield from (f"+ {row_in_words(its.table, row)}" for row in its.added)
    for before, after in its.changed:
        yield f"~ {row_in_words(its.table, after)} (was: {row_in_words(its.table, before)})"
    yield from (f"- {row_in_words(its.table, row)}" for row in its.removed)


COMMANDS = (import_command, export_command, units_command)
