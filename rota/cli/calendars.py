"""Commands for calendars: calendar-link and calendar."""

from __future__ import annotations

from pathlib import Path

import click

from rota.cli.desk import Desk, at_desk
from rota.services.my_rota import calendar_links
from rota.writing.whole_file import write_whole


@click.command("calendar-link")
@click.argument("staff_no", metavar="STAFF_NO")
@click.option("--unit", metavar="NAME", help="The unit, if several have that number.")
@click.option("--revoke", is_flag=True, help="End every address that the officer has.")
@at_desk
def calendar_link_command(desk: Desk, staff_no: str, unit: str | None, revoke: bool) -> None:
    """Make a secret address of an officer's calendar, which is shown once."""
    if revoke:
        ended = calendar_links.revoke_links(desk.database, desk.act, staff_no=staff_no, unit=unit)
        click.echo(f"{ended} addresses ended.")
        return
    secret = calendar_links.make_link(desk.database, desk.act, staff_no=staff_no, unit=unit)
    click.echo(desk.settings.public_url + calendar_links.PATH.format(secret=secret))


@click.command("calendar")
@click.argument("address", metavar="ADDRESS")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@at_desk
def calendar_command(desk: Desk, address: str, out: Path | None) -> None:
    """Print the calendar behind an ADDRESS, or write it to a file."""
    secret = address.rpartition("/")[2].removesuffix(".ics")
    told = calendar_links.load_feed(desk.database, desk.act, secret=secret).decode()
    if out:
        write_whole(out, told)
        click.echo(f"The calendar is in {out}.")
    else:
        click.echo(told, nl=False)


COMMANDS = (calendar_link_command, calendar_command)
