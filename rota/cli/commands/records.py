"""Commands for the changes of a day: leave, sickness, duties, appointments, requests, closures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import click

from rota.cli.arguments import FIRST, LAST, STAFF_NO, UNIT
from rota.cli.commands.units import format_rows
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.domain import HALVES, LIEU, WHOLE_DAY
from rota.reading import list_planning_days
from rota.services.units import policy_settings, record_changes
from rota.services.units.record_changes import Recorded

_SITE = click.argument("site", metavar="SITE")
_UNDO = click.option("--undo", is_flag=True, help="Take it back instead.")
_PART = click.option(
    "--part",
    type=click.Choice(HALVES),
    callback=lambda _, __, half: half or WHOLE_DAY,
    help="Only the morning (am) or the afternoon (pm).",
)
_ON = click.option(
    "--on",
    "weekdays",
    metavar="WEEKDAYS",
    help="Only on these weekdays, such as 'Mon Wed', kept as one record; without end if no LAST.",
)
_EVERY = click.option("--every", default="", help="With --on: every so many weeks from FIRST.")


def _make_away_command(name: str, kind: str) -> click.Command:
    @make_command(name)
    @STAFF_NO
    @FIRST
    @LAST
    @UNIT
    @_PART
    @_UNDO
    @open_database
    def record_away(
        context: CommandContext,
        staff_no: str,
        first: date,
        last: date | None,
        unit: str,
        part: str,
        undo: bool,
    ) -> None:
        row = {
            "staff_no": staff_no,
            "first": first.isoformat(),
            "last": (last or first).isoformat(),
            "kind": kind,
            "part": part,
        }
        _record_span(context, unit, "away", row, record_changes.withdraw_away if undo else None)

    return record_away


@make_command(
    "add-duty",
    more="It takes the place of a duty of the same date, site and skill; of weekdays, also of the "
    "same first day.",
)
@_SITE
@FIRST
@LAST
@UNIT
@click.option("--needed", type=click.IntRange(0), required=True, help="How many are needed.")
@click.option("--skill", default="", help="The skill they need.")
@_ON
@_EVERY
@_PART
@_UNDO
@open_database
def add_duty_command(
    context: CommandContext,
    site: str,
    first: date,
    last: date | None,
    unit: str,
    needed: int,
    skill: str,
    weekdays: str | None,
    every: str,
    part: str,
    undo: bool,
) -> None:
    rows = [
        {**dates, "site": site, "needed": str(needed), "skill": skill, "part": part}
        for dates in _list_dates(context, unit, first, last, weekdays, every)
    ]
    _print_recorded(
        _choose_change(undo)(context.database, context.act, unit=unit, table="duties", rows=rows)
    )


@make_command("add-appointment")
@STAFF_NO
@_SITE
@FIRST
@LAST
@UNIT
@_ON
@_EVERY
@_PART
@_UNDO
@open_database
def add_appointment_command(
    context: CommandContext,
    staff_no: str,
    site: str,
    first: date,
    last: date | None,
    unit: str,
    weekdays: str | None,
    every: str,
    part: str,
    undo: bool,
) -> None:
    rows = [
        {**dates, "staff_no": staff_no, "site": site, "part": part}
        for dates in _list_dates(context, unit, first, last, weekdays, every)
    ]
    _print_recorded(
        _choose_change(undo)(
            context.database, context.act, unit=unit, table="appointments", rows=rows
        )
    )


@make_command("add-request")
@STAFF_NO
@click.argument("when", metavar="WHEN")
@click.argument("wants", metavar="KIND")
@UNIT
@click.option("--strength", default="", help="How much it matters, from 1 to 3.")
@_PART
@_UNDO
@open_database
def add_request_command(
    context: CommandContext,
    staff_no: str,
    when: str,
    wants: str,
    unit: str,
    strength: str,
    part: str,
    undo: bool,
) -> None:
    row = {
        "staff_no": staff_no,
        "when": when,
        "wants": wants,
        "strength": strength,
        "part": part,
    }
    _print_recorded(
        _choose_change(undo)(context.database, context.act, unit=unit, table="requests", rows=[row])
    )


@make_command("close-site")
@_SITE
@FIRST
@LAST
@UNIT
@click.option(
    "--desks", type=click.IntRange(0), default=0, show_default=True, help="Desks that are left."
)
@_PART
@_UNDO
@open_database
def close_site_command(
    context: CommandContext,
    site: str,
    first: date,
    last: date | None,
    unit: str,
    desks: int,
    part: str,
    undo: bool,
) -> None:
    row = {
        "site": site,
        "first": first.isoformat(),
        "last": (last or first).isoformat(),
        "desks": str(desks),
        "part": part,
    }
    _record_span(context, unit, "closures", row, record_changes.reopen_site if undo else None)


def _record_span(
    context: CommandContext,
    unit: str,
    table: str,
    row: Mapping[str, str],
    withdraw: Callable[..., Recorded] | None,
) -> None:
    """Record a row from a first to a last day, or take its days back where `withdraw` does that."""
    if withdraw is None:
        recorded = record_changes.record(
            context.database, context.act, unit=unit, table=table, rows=[row]
        )
    else:
        recorded = withdraw(context.database, context.act, unit=unit, row=row)
    _print_recorded(recorded)


def _list_dates(
    context: CommandContext,
    unit: str,
    first: date,
    last: date | None,
    weekdays: str | None,
    every: str,
) -> list[Mapping[str, str]]:
    """The columns for dates of each row: one row for weekdays, otherwise one for each day."""
    if weekdays is None:
        days_off = policy_settings.list_days_off(context.database, context.act, unit=unit)
        days = list_planning_days(first, last, days_off)
        return [{"date": day.isoformat(), "every": every} for day in days]
    until = "" if last is None else last.isoformat()
    return [{"date": weekdays, "first": first.isoformat(), "last": until, "every": every}]


def _choose_change(undo: bool) -> Callable[..., Recorded]:
    return record_changes.withdraw if undo else record_changes.record


def _print_recorded(recorded: Recorded) -> None:
    for difference in recorded.differences:
        for line in format_rows(difference):
            click.echo(f"{difference.table}: {line}")
    if not recorded.differences:
        click.echo("That was known already; nothing changed.")
    for remark in recorded.remarks:
        click.echo(remark, err=True)


COMMANDS = (
    _make_away_command("record-leave", "leave"),
    _make_away_command("record-sickness", "sick"),
    _make_away_command("record-training", "training"),
    _make_away_command("record-lieu", LIEU),
    add_duty_command,
    add_appointment_command,
    add_request_command,
    close_site_command,
)
