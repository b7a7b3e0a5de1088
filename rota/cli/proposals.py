"""Commands for what the night proposes: proposals, accept and refuse."""

from __future__ import annotations

import click

from rota.cli.desk import ACKNOWLEDGE, JSON, UNIT, Desk, at_desk, show
from rota.cli.versions import tell_published
from rota.services.answers import proposals

_NUMBERS = click.argument("numbers", metavar="[NUMBER]...", type=int, nargs=-1)
_ALL = click.option("--all", "is_all", is_flag=True, help="All that wait.")


@click.command("proposals")
@UNIT
@JSON
@at_desk
def proposals_command(desk: Desk, unit: str, as_json: bool) -> None:
    """List the changes of the night that wait for a manager's yes."""
    rows = (
        (its.id, its.staff_no, its.date, its.before, its.after, its.reason_for_managers)
        for its in proposals.list_waiting(desk.database, desk.act, unit=unit)
    )
    show(("number", "staff_no", "date", "before", "after", "why"), rows, as_json=as_json)


@click.command("accept")
@_NUMBERS
@UNIT
@_ALL
@ACKNOWLEDGE
@at_desk
def accept_command(
    desk: Desk, numbers: tuple[int, ...], unit: str, is_all: bool, acknowledge: bool
) -> None:
    """Publish proposals of the night, by their numbers, and nothing else."""
    chosen = _chosen(numbers, is_all)
    done = proposals.accept(
        desk.database, desk.act, unit=unit, numbers=chosen, is_acknowledged=acknowledge
    )
    for version in done:
        tell_published(version)


@click.command("refuse")
@_NUMBERS
@UNIT
@_ALL
@at_desk
def refuse_command(desk: Desk, numbers: tuple[int, ...], unit: str, is_all: bool) -> None:
    """Leave the rota as it is, against proposals of the night."""
    count = proposals.refuse(desk.database, desk.act, unit=unit, numbers=_chosen(numbers, is_all))
    click.echo(f"{count} refused; the rota stays as it is.")


def _chosen(numbers: tuple[int, ...], is_all: bool) -> tuple[int, ...] | None:
    if bool(numbers) == is_all:
        raise click.UsageError("Name proposals by their numbers, or --all of them.")
    return numbers or None


COMMANDS = (proposals_command, accept_command, refuse_command)
