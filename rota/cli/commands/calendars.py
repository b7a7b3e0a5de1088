"""Commands for calendars: calendar-link and calendar."""

from __future__ import annotations

from pathlib import Path

import click

from rota.cli.arguments import STAFF_NO
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.services.my_rota import calendar_links
from rota.writing.whole_file import write_whole


@make_command("calendar-link")
@STAFF_NO
@click.option("--unit", metavar="NAME", help="The unit, if several have that number.")
@click.option("--revoke", is_flag=True, help="End every address that the officer has.")
@open_database
def calendar_link_command(
    context: CommandContext, staff_no: str, unit: str | None, revoke: bool
) -> None:
    if revoke:
        count = calendar_links.revoke_links(
            context.database, context.act, staff_no=staff_no, unit=unit
        )
        click.echo(f"{count} addresses ended.")
        return
    secret = calendar_links.make_link(context.database, context.act, staff_no=staff_no, unit=unit)
    click.echo(context.settings.public_url + calendar_links.PATH.format(secret=secret))


@make_command("calendar")
@click.argument("address", metavar="ADDRESS")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@open_database
def calendar_command(context: CommandContext, address: str, out: Path | None) -> None:
    secret = address.rpartition("/")[2].removesuffix(".ics")
    calendar = calendar_links.load_feed(context.database, context.act, secret=secret).decode()
    if out:
        write_whole(out, calendar)
        click.echo(f"The calendar is in {out}.")
    else:
        click.echo(calendar, nl=False)


COMMANDS = (calendar_link_command, calendar_command)
