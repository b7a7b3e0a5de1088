"""Commands for the changes of a day: leave, sickness, duties, appointments, requests, closures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from rota.cli.desk import UNIT, Desk, at_desk
from rota.cli.kinds import IsoDate
from rota.cli.units import difference_lines
from rota.services.units import record_changes
from rota.services.units.record_changes import Recorded

_STAFF_NO = click.argument("staff_no", metavar="STAFF_NO")
_SITE = click.argument("site", metavar="SITE")
_FIRST = click.argument("first", metavar="FIRST", type=IsoDate())
_LAST = click.argument("last", metavar="[LAST]", type=IsoDate(), required=False)
_UNDO = click.option("--undo", is_flag=True, help="Take it back instead.")


def _away_command(name: str, kind: str, what: str) -> click.Command:
    @_STAFF_NO
    @_FIRST
    @_LAST
    @UNIT
    @_UNDO
    @at_desk
    def record_away(
        desk: Desk, staff_no: str, first: date, last: date | None, unit: str, undo: bool
    ) -> None:
        row = {
            "staff_no": staff_no,
            "first": first.isoformat(),
            "last": (last or first).isoformat(),
            "kind": kind,
        }
        if undo:
            _tell(record_changes.withdraw_away(desk.database, desk.act, unit=unit, row=row))
        else:
            _tell(
                record_changes.record(desk.database, desk.act, unit=unit, table="away", rows=[row])
            )

    record_away.__doc__ = f"Record {what} from FIRST to LAST, both included."
    return click.command(name)(record_away)


@click.command("add-duty")
@_SITE
@_FIRST
@_LAST
@UNIT
@click.option("--needed", type=click.IntRange(0), required=True, help="How many are needed.")
@click.option("--skill", default="", help="The skill they need.")
@_UNDO
@at_desk
def add_duty_command(
    desk: Desk,
    site: str,
    first: date,
    last: date | None,
    unit: str,
    needed: int,
    skill: str,
    undo: bool,
) -> None:
    """Have people needed at SITE on every working day from FIRST to LAST.

    It takes the place of a duty of the same date, site and skill.
    """
    rows = [
        {"date": day.isoformat(), "site": site, "needed": str(needed), "skill": skill}
        for day in record_changes.list_planning_days(first, last)
    ]
    _tell(_act(undo)(desk.database, desk.act, unit=unit, table="duties", rows=rows))


@click.command("add-appointment")
@_STAFF_NO
@_SITE
@_FIRST
@_LAST
@UNIT
@_UNDO
@at_desk
def add_appointment_command(
    desk: Desk,
    staff_no: str,
    site: str,
    first: date,
    last: date | None,
    unit: str,
    undo: bool,
) -> None:
    """Have an officer expected at SITE on every working day from FIRST to LAST."""
    rows = [
        {"staff_no": staff_no, "date": day.isoformat(), "site": site}
        for day in record_changes.list_planning_days(first, last)
    ]
    _tell(_act(undo)(desk.database, desk.act, unit=unit, table="appointments", rows=rows))


@click.command("add-request")
@_STAFF_NO
@click.argument("when", metavar="WHEN")
@click.argument("wants", metavar="KIND")
@UNIT
@click.option("--strength", default="", help="How much it matters, from 1 to 3.")
@_UNDO
@at_desk
def add_request_command(
    desk: Desk, staff_no: str, when: str, wants: str, unit: str, strength: str, undo: bool
) -> None:
    """Record the wish of an officer for a KIND of site on a date or weekday, such as Mon."""
    row = {"staff_no": staff_no, "when": when, "wants": wants, "strength": strength}
    _tell(_act(undo)(desk.database, desk.act, unit=unit, table="requests", rows=[row]))


@click.command("close-site")
@_SITE
@_FIRST
@_LAST
@UNIT
@click.option(
    "--desks", type=click.IntRange(0), default=0, show_default=True, help="Desks that are left."
)
@_UNDO
@at_desk
def close_site_command(
    desk: Desk, site: str, first: date, last: date | None, unit: str, desks: int, undo: bool
) -> None:
    """Close SITE, or leave it fewer desks, on every working day from FIRST to LAST."""
    rows = [
        {"site": site, "date": day.isoformat(), "desks": str(desks)}
        for day in record_changes.list_planning_days(first, last)
    ]
    _tell(_act(undo)(desk.database, desk.act, unit=unit, table="closures", rows=rows))


def _act(undo: bool) -> Callable[..., Recorded]:
    return record_changes.withdraw if undo else record_changes.record


def _tell(recorded: Recorded) -> None:
    for difference in recorded.differences:
        for line in difference_lines(difference):
            click.echo(f"{difference.table}: {line}")
    if not recorded.differences:
        click.echo("That was known already; nothing changed.")
    for remark in recorded.remarks:
        click.echo(remark, err=True)


COMMANDS = (
    _away_command("record-leave", "leave", "an officer's leave"),
    _away_command("record-sickness", "sick", "that an officer is sick"),
    _away_command("record-training", "training", "an officer's training"),
    add_duty_command,
    add_appointment_command,
    add_request_command,
    close_site_command,
)
