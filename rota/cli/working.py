"""Commands that do the work: worker, nightly and outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click

from rota.cli.databases import tell_database, warn_of_new_file
from rota.cli.desk import JSON, MOST, SOME_UNIT, Desk, at_desk, show
from rota.cli.kinds import IsoDate
from rota.cli.listing import listed_command
from rota.cli.logged import logged
from rota.cli.runs import standing
from rota.jobs.worker import Worker, make_worker
from rota.services import nights, outbox, runs
from rota.store import schema


@listed_command(
    "worker",
    more="Ctrl-C ends it; what it was at is given back to be done again. Any number may share "
    "a database.",
)
@click.option("--until-idle", is_flag=True, help="End when no run is left and all is sent.")
@at_desk
def worker_command(desk: Desk, until_idle: bool) -> None:
    with _worker(desk) as worker:
        tell_database(desk.settings, desk.database)
        if until_idle:
            worker.work_until_idle()
        else:
            worker.work_for_ever()


@listed_command("nightly")
@SOME_UNIT
@click.option("--as-of", type=IsoDate(), help="The date that counts as today.  [default: today]")
@at_desk
def nightly_command(desk: Desk, unit: str | None, as_of: date | None) -> None:
    asked = nights.request_nights(
        desk.database,
        desk.act,
        unit=unit,
        as_of=as_of or desk.act.today,
        seconds=desk.settings.plan_seconds,
    )
    if not asked:
        click.echo("Nothing has changed since the last plan.")
        return
    with _worker(desk) as worker:
        worker.work_until(asked)
    for number in asked:
        run = runs.find(desk.database, desk.act, number)
        click.echo(f"Run {number} of {run.unit} ({run.kind}) is {run.state}. {standing(run)}")
    click.echo("For more: rota versions, rota changes, rota proposals")


@listed_command("outbox")
@SOME_UNIT
@MOST
@JSON
@click.option("--retry", is_flag=True, help="Have what was refused sent again.")
@click.option("--send", is_flag=True, help="Send first what is due.")
@at_desk
def outbox_command(
    desk: Desk, unit: str | None, most: int, as_json: bool, retry: bool, send: bool
) -> None:
    if retry:
        outbox.retry(desk.database, desk.act, unit=unit)
    if send:
        with _worker(desk) as worker:
            worker.send_all()
    messages = outbox.unsent(desk.database, unit=unit, most=most)
    rows = (
        (its.id, its.staff_no, its.address, its.subject, its.state, its.attempts, its.error)
        for its in messages
    )
    columns = ("message", "staff_no", "address", "subject", "state", "attempts", "error")
    show(columns, rows, as_json=as_json)
    if not as_json:
        counts = outbox.counts(desk.database)
        click.echo(", ".join(f"{n} {state}" for state, n in sorted(counts.items())) or "empty")


@contextmanager
def _worker(desk: Desk) -> Iterator[Worker]:
    """A worker on a database that is up to date, which logs as the settings say."""
    with logged(desk.settings):
        warn_of_new_file(desk.settings)
        with desk.database.reading() as connection:
            schema.refuse_if_outdated(connection)
        with make_worker(desk.database, desk.settings) as worker:
            yield worker


COMMANDS = (worker_command, nightly_command, outbox_command)
