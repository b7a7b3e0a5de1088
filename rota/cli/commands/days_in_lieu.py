"""The command that tells the days in lieu that are owed: lieu."""

from __future__ import annotations

from rota.cli.arguments import JSON, UNIT
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.cli.output import print_rows
from rota.services.my_rota.days_in_lieu import list_days_in_lieu


@make_command("lieu")
@UNIT
@JSON
@open_database
def lieu_command(context: CommandContext, unit: str, as_json: bool) -> None:
    rows = (
        (
            in_lieu.officer.staff_no,
            in_lieu.officer.name,
            in_lieu.officer.team,
            in_lieu.earned,
            in_lieu.planned,
            in_lieu.used,
            in_lieu.owed,
        )
        for in_lieu in list_days_in_lieu(context.database, context.act, unit=unit)
    )
    columns = ("staff_no", "name", "team", "earned", "planned", "used", "owed")
    print_rows(columns, rows, as_json=as_json)


COMMANDS = (lieu_command,)
