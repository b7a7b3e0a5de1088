"""Commands for what the night proposes: proposals, accept and refuse."""

from __future__ import annotations

import click

from rota.cli.arguments import ACKNOWLEDGE, JSON, UNIT
from rota.cli.commands.versions import print_published
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.cli.output import print_rows
from rota.services.answers import proposals

_NUMBERS = click.argument("numbers", metavar="[NUMBER]...", type=int, nargs=-1)
_ALL = click.option("--all", "is_all", is_flag=True, help="All that wait.")


@make_command("proposals")
@UNIT
@JSON
@open_database
def proposals_command(context: CommandContext, unit: str, as_json: bool) -> None:
    rows = (
        (
            proposal.id,
            proposal.staff_no,
            proposal.date,
            proposal.part,
            proposal.before,
            proposal.after,
            proposal.reason_for_managers,
        )
        for proposal in proposals.list_waiting(context.database, context.act, unit=unit)
    )
    columns = ("number", "staff_no", "date", "part", "before", "after", "why")
    print_rows(columns, rows, as_json=as_json)


@make_command("accept")
@_NUMBERS
@UNIT
@_ALL
@ACKNOWLEDGE
@open_database
def accept_command(
    context: CommandContext, numbers: tuple[int, ...], unit: str, is_all: bool, acknowledge: bool
) -> None:
    chosen_numbers = _choose_proposals(numbers, is_all)
    accepted_versions = proposals.accept(
        context.database,
        context.act,
        unit=unit,
        numbers=chosen_numbers,
        is_acknowledged=acknowledge,
    )
    for version in accepted_versions:
        print_published(version)


@make_command("refuse")
@_NUMBERS
@UNIT
@_ALL
@open_database
def refuse_command(
    context: CommandContext, numbers: tuple[int, ...], unit: str, is_all: bool
) -> None:
    count = proposals.refuse(
        context.database, context.act, unit=unit, numbers=_choose_proposals(numbers, is_all)
    )
    click.echo(f"{count} refused; the rota stays as it is.")


def _choose_proposals(numbers: tuple[int, ...], is_all: bool) -> tuple[int, ...] | None:
    if bool(numbers) == is_all:
        raise click.UsageError("Name proposals by their numbers, or --all of them.")
    return numbers or None


COMMANDS = (proposals_command, accept_command, refuse_command)
