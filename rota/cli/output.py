"""How commands print rows: as a table for people, or as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], *, as_json: bool) -> None:
    """Print the rows as a table, or as JSON with the columns as names."""
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    if as_json:
        click.echo(json.dumps(records, indent=2, default=str, ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " ").capitalize(), overflow="fold")
    for record in records:
        table.add_row(*("" if value is None else str(value) for value in record.values()))
    make_console().print(table)


def make_console() -> Console:
    """Make a console that neither colours nor cuts what goes into a file."""
    console = Console(highlight=False, markup=False, soft_wrap=False)
    if console.is_terminal:
        return console
    return Console(highlight=False, markup=False, width=200)
