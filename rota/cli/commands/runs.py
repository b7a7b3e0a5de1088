"""Commands that ask for runs and follow them: request-run, runs, stop-run and retry-run."""

from __future__ import annotations

from datetime import date, timedelta

import click

from rota.cli.arguments import DATE_PARAM, JSON, MOST, SOME_UNIT, UNIT, SecondsParam
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.cli.output import print_rows
from rota.moments import LONDON
from rota.services.runs import claims, run_requests, run_status
from rota.services.runs.run_requests import MOST_SECONDS, SEED, RequestedRun
from rota.store.runs.runs import Run
from rota.writing.draft_seats import say_number_not_kept


@make_command("request-run")
@UNIT
@click.option("--start", type=DATE_PARAM, help="First day, a Monday.  [default: the next period]")
@click.option("--weeks", metavar="NUMBER", type=click.IntRange(1, 53), help="Weeks to plan.")
@click.option(
    "--seconds",
    metavar="SECONDS",
    type=SecondsParam(min=0, min_open=True, max=MOST_SECONDS),
    help="Time to search at most.  [default: ROTA_PLAN_SECONDS]",
)
@click.option(
    "--seed",
    metavar="NUMBER",
    type=click.IntRange(0, 2**31 - 1),
    default=SEED,
    show_default=True,
    help="Another number may give another rota of the same cost.",
)
@click.option("--afresh", is_flag=True, help="Do not keep seats that were moved by hand.")
@open_database
def request_run_command(
    context: CommandContext,
    unit: str,
    start: date | None,
    weeks: int | None,
    seconds: float | None,
    seed: int,
    afresh: bool,
) -> None:
    requested = run_requests.request_run(
        context.database,
        context.act,
        unit=unit,
        start=start,
        weeks=weeks,
        seconds=seconds or context.settings.plan_seconds,
        seed=seed,
        afresh=afresh,
    )
    _print_requested(context, requested)


def _print_requested(context: CommandContext, requested: RequestedRun) -> None:
    """Tell which run does what was asked for, and what it waits for."""
    if requested.says:
        click.echo(requested.says)
    click.echo(f"Run {requested.run.id} waits for a worker: {_describe_weeks(requested.run)}.")
    lease = timedelta(seconds=context.settings.lease_seconds)
    if claims.list_alive(context.database, at=context.act.at, lease=lease):
        click.echo("To follow it: rota runs")
    else:
        click.echo("No worker is alive at present. To start one: rota worker")


@make_command("runs")
@SOME_UNIT
@MOST
@JSON
@open_database
def runs_command(context: CommandContext, unit: str | None, most: int, as_json: bool) -> None:
    rows = (
        _make_row(run)
        for run in run_status.list_latest(context.database, context.act, unit=unit, most=most)
    )
    print_rows(("run", "unit", "kind", "plans", "asked", "state", "is"), rows, as_json=as_json)


@make_command("stop-run")
@click.argument("run", type=int)
@open_database
def stop_run_command(context: CommandContext, run: int) -> None:
    run_status.stop_run(context.database, context.act, run)
    click.echo(f"Run {run} will end soon.")


@make_command("retry-run")
@click.argument("run", type=int)
@open_database
def retry_run_command(context: CommandContext, run: int) -> None:
    _print_requested(context, run_requests.retry_run(context.database, context.act, run))


def _make_row(run: Run) -> tuple[object, ...]:
    request = f"{run.asked_at.astimezone(LONDON):%d/%m/%Y %H:%M} by {run.asked_by}"
    return (
        run.id,
        run.unit,
        run.kind,
        _describe_weeks(run),
        request,
        run.state,
        describe_progress(run),
    )


def _describe_weeks(run: Run) -> str:
    return f"{run.weeks} weeks from {run.start}" if run.start else f"from {run.today} on"


def describe_progress(run: Run) -> str:
    """How far a run is, or what came of it."""
    if run.error:
        return run.error
    if run.result:
        return _describe_result(dict(run.result))
    if run.progress:
        levels = _format_levels(run.progress["levels"])
        return f"{run.progress['seconds']} s, works on {run.progress['working_on']}: {levels}"
    return f"{run.attempts} attempts" if run.attempts > 1 else ""


def _describe_result(result: dict[str, object]) -> str:
    if "periods" in result:
        periods = result["periods"]
        assert isinstance(periods, list)
        costs = "; ".join(_format_levels(period["levels"]) for period in periods)
        return (
            f"{result['changed']} changed seats of {result['people']} people published, "
            f"{result['proposed']} proposed ({costs})"
        )
    levels, by_hand = result["levels"], result.get("by_hand", {})
    assert isinstance(levels, dict)
    assert isinstance(by_hand, dict)
    lost_seats = by_hand.get("not_kept", 0)
    return (
        f"{result['status']}: {_format_levels(levels)}"
        f"{f'; {say_number_not_kept(lost_seats)}, see rota draft' if lost_seats else ''}"
    )


def _format_levels(levels: dict[str, dict[str, int]]) -> str:
    """Each level's cost, and its bound where that is lower."""
    costs = (
        f"{name} {level['cost']}"
        + ("" if level["cost"] == level["bound"] else f" (at least {level['bound']})")
        for name, level in levels.items()
    )
    return ", ".join(costs)


COMMANDS = (request_run_command, runs_command, stop_run_command, retry_run_command)
