"""Commands that do the work: worker, nightly and outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click

from rota.cli.databases import tell_database, warn_of_new_file
from rota.cli.desk import JSON, MOST, SOME_UNIT, Desk, at_desk, show
from rota.cli.kinds import IsoDate
from rota.cli.logged import logged
from rota.cli.runs import standing
from rota.cli.stopping import stopped_by
from rota.jobs.crew import crew_of
from rota.jobs.worker import Worker
from rota.services.publishing import outbox
from rota.services.publishing.mail_transport import build_post
from rota.services.runs import night, run_status
from rota.store.databases import schema


@click.command("worker")
@click.option("--until-idle", is_flag=True, help="End when no run is left and all is sent.")
@at_desk
def worker_command(desk: Desk, until_idle: bool) -> None:
    """Plan the runs that are asked for, begin the night, and send messages.

    Ctrl-C ends it; what it was at is given back to be done again. Any number may share a database.
    """
    with _worker(desk) as worker:
        tell_database(desk.settings, desk.database)
        if until_idle:
            worker.work_until_idle()
        else:
            worker.work_for_ever()


@click.command("nightly")
@SOME_UNIT
@click.option("--as-of", type=IsoDate(), help="The date that counts as today.  [default: today]")
@at_desk
def nightly_command(desk: Desk, unit: str | None, as_of: date | None) -> None:
    """Do now what the night does: plan anew whatever changed, draft what comes next, and tell."""
    asked = night.request_nights(
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
        run = run_status.find(desk.database, desk.act, number)
        click.echo(f"Run {number} of {run.unit} ({run.kind}) is {run.state}. {standing(run)}")
    click.echo("For more: rota versions, rota changes, rota proposals")


@click.command("outbox")
@SOME_UNIT
@MOST
@JSON
@click.option("--retry", is_flag=True, help="Have what was refused sent again.")
@click.option("--send", is_flag=True, help="Send first what is due.")
@at_desk
def outbox_command(
    desk: Desk, unit: str | None, most: int, as_json: bool, retry: bool, send: bool
) -> None:
    """Show the messages that did not reach anybody yet."""
    if retry:
        outbox.retry(desk.database, desk.act, unit=unit)
    if send:
        with _worker(desk) as worker:
            worker.send_all()
    messages = outbox.list_unsent(desk.database, unit=unit, most=most)
    rows = (
        (its.id, its.staff_no, its.address, its.subject, its.state, its.attempts, its.error)
        for its in messages
    )
    columns = ("message", "staff_no", "address", "subject", "state", "attempts", "error")
    show(columns, rows, as_json=as_json)
    if not as_json:
        counts = outbox.count_by_state(desk.database)
        click.echo(", ".join(f"{n} {state}" for state, n in sorted(counts.items())) or "empty")


@contextmanager
def _worker(desk: Desk) -> Iterator[Worker]:
    """A worker that ends its work, rather than its process, on Ctrl-C or a request to terminate."""
    with logged(desk.settings):
        warn_of_new_file(desk.settings)
        with desk.database.reading() as connection:
            schema.refuse_if_outdated(connection)
        crew, post = crew_of(desk.settings), build_post(desk.settings)
        worker = Worker(desk.database, desk.settings, crew, post)

        def stop(*_: object) -> None:
            worker.stop()

        with stopped_by(stop):
            yield worker


COMMANDS = (worker_command, nightly_command, outbox_command)
