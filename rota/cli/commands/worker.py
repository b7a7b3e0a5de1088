"""Commands that do the work: worker, nightly and outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click

from rota.cli.arguments import DATE_PARAM, JSON, MOST, SOME_UNIT
from rota.cli.commands.runs import describe_progress
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.cli.output import print_rows
from rota.cli.startup import announce_database, log_everything, warn_of_new_file
from rota.jobs.worker import Worker, make_worker
from rota.services.publishing import outbox
from rota.services.runs import night, run_status
from rota.store.databases import schema


@make_command(
    "worker",
    more="Ctrl-C ends it; what it was at is given back to be done again. Any number may share "
    "a database.",
)
@click.option("--until-idle", is_flag=True, help="End when no run is left and all is sent.")
@open_database
def worker_command(context: CommandContext, until_idle: bool) -> None:
    with _open_worker(context) as worker:
        announce_database(context.settings, context.database)
        if until_idle:
            worker.work_until_idle()
        else:
            worker.work_for_ever()


@make_command("nightly")
@SOME_UNIT
@click.option("--as-of", type=DATE_PARAM, help="The date that counts as today.  [default: today]")
@open_database
def nightly_command(context: CommandContext, unit: str | None, as_of: date | None) -> None:
    numbers = night.request_nights(
        context.database,
        context.act,
        unit=unit,
        as_of=as_of or context.act.today,
        seconds=context.settings.plan_seconds,
    )
    if not numbers:
        click.echo("Nothing has changed since the last plan.")
        return
    with _open_worker(context) as worker:
        worker.work_until(numbers)
    for number in numbers:
        run = run_status.find(context.database, context.act, number)
        click.echo(
            f"Run {number} of {run.unit} ({run.kind}) is {run.state}. {describe_progress(run)}"
        )
    click.echo("For more: rota versions, rota changes, rota proposals")


@make_command("outbox")
@SOME_UNIT
@MOST
@JSON
@click.option("--retry", is_flag=True, help="Have what was refused sent again.")
@click.option("--send", is_flag=True, help="Send first what is due.")
@open_database
def outbox_command(
    context: CommandContext, unit: str | None, most: int, as_json: bool, retry: bool, send: bool
) -> None:
    if retry:
        outbox.retry(context.database, context.act, unit=unit)
    if send:
        with _open_worker(context) as worker:
            worker.send_all()
    messages = outbox.list_unsent(context.database, unit=unit, most=most)
    rows = (
        (
            message.id,
            message.staff_no,
            message.address,
            message.subject,
            message.state,
            message.attempts,
            message.error,
        )
        for message in messages
    )
    columns = ("message", "staff_no", "address", "subject", "state", "attempts", "error")
    print_rows(columns, rows, as_json=as_json)
    if not as_json:
        counts = outbox.count_by_state(context.database)
        click.echo(", ".join(f"{n} {state}" for state, n in sorted(counts.items())) or "empty")


@contextmanager
def _open_worker(context: CommandContext) -> Iterator[Worker]:
    """A worker on a database that is up to date, which logs as the settings say."""
    with log_everything(context.settings):
        warn_of_new_file(context.settings)
        with context.database.reading() as connection:
            schema.refuse_if_outdated(connection)
        with make_worker(context.database, context.settings) as worker:
            yield worker


COMMANDS = (worker_command, nightly_command, outbox_command)
