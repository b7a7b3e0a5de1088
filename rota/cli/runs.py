"""Commands that ask for runs and follow them: request-run, runs, stop-run and retry-run."""

from __future__ import annotations

from datetime import date, timedelta

import click

from rota.cli.desk import JSON, MOST, SOME_UNIT, UNIT, Desk, at_desk, show
from rota.cli.kinds import IsoDate, Seconds
from rota.moments import LONDON
from rota.services.runs import claims, run_requests, run_status
from rota.services.runs.run_requests import MOST_SECONDS, SEED, RequestedRun
from rota.store.runs.runs import Run
from rota.writing.draft_seats import seats_not_kept


@click.command("request-run")
@UNIT
@click.option("--start", type=IsoDate(), help="First day, a Monday.  [default: the next period]")
@click.option("--weeks", metavar="NUMBER", type=click.IntRange(1, 53), help="Weeks to plan.")
@click.option(
    "--seconds",
    metavar="SECONDS",
    type=Seconds(min=0, min_open=True, max=MOST_SECONDS),
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
@at_desk
def request_run_command(
    desk: Desk,
    unit: str,
    start: date | None,
    weeks: int | None,
    seconds: float | None,
    seed: int,
    afresh: bool,
) -> None:
    """Ask for a draft to be planned by a worker."""
    requested = run_requests.request_run(
        desk.database,
        desk.act,
        unit=unit,
        start=start,
        weeks=weeks,
        seconds=seconds or desk.settings.plan_seconds,
        seed=seed,
        afresh=afresh,
    )
    _tell(desk, requested)


def _tell(desk: Desk, requested: RequestedRun) -> None:
    """Tell which run does what was asked for, and what it waits for."""
    if requested.says:
        click.echo(requested.says)
    click.echo(f"Run {requested.run.id} waits for a worker: {_plans(requested.run)}.")
    lease = timedelta(seconds=desk.settings.lease_seconds)
    if claims.list_alive(desk.database, at=desk.act.at, lease=lease):
        click.echo("To follow it: rota runs")
    else:
        click.echo("No worker is alive at present. To start one: rota worker")


@click.command("runs")
@SOME_UNIT
@MOST
@JSON
@at_desk
def runs_command(desk: Desk, unit: str | None, most: int, as_json: bool) -> None:
    """List runs with their state and result, the newest first."""
    rows = (
        _row(run) for run in run_status.list_latest(desk.database, desk.act, unit=unit, most=most)
    )
    show(("run", "unit", "kind", "plans", "asked", "state", "is"), rows, as_json=as_json)


@click.command("stop-run")
@click.argument("run", type=int)
@at_desk
def stop_run_command(desk: Desk, run: int) -> None:
    """End a run early, and keep the best rota that it has."""
    run_status.stop_run(desk.database, desk.act, run)
    click.echo(f"Run {run} will end soon.")


@click.command("retry-run")
@click.argument("run", type=int)
@at_desk
def retry_run_command(desk: Desk, run: int) -> None:
    """Ask anew for what a run that failed was asked for."""
    _tell(desk, run_requests.retry_run(desk.database, desk.act, run))


def _row(run: Run) -> tuple[object, ...]:
    asked = f"{run.asked_at.astimezone(LONDON):%d/%m/%Y %H:%M} by {run.asked_by}"
    return run.id, run.unit, run.kind, _plans(run), asked, run.state, standing(run)


def _plans(run: Run) -> str:
    return f"{run.weeks} weeks from {run.start}" if run.start else f"from {run.today} on"


def standing(run: Run) -> str:
    """How far a run is, or what came of it."""
    if run.error:
        return run.error
    if run.result:
        return _result(dict(run.result))
    if run.progress:
        levels = _levels(run.progress["levels"])
        return f"{run.progress['seconds']} s, works on {run.progress['working_on']}: {levels}"
    return f"{run.attempts} attempts" if run.attempts > 1 else ""


def _result(result: dict[str, object]) -> str:
    if "periods" in result:
        periods = result["periods"]
        assert isinstance(periods, list)
        costs = "; ".join(_levels(its["levels"]) for its in periods)
        return (
            f"{result['changed']} changed seats of {result['people']} people published, "
            f"{result['proposed']} proposed ({costs})"
        )
    levels, by_hand = result["levels"], result.get("by_hand", {})
    assert isinstance(levels, dict)
    assert isinstance(by_hand, dict)
    lost = by_hand.get("not_kept", 0)
    return (
        f"{result['status']}: {_levels(levels)}"
        f"{f'; {seats_not_kept(lost)}, see rota draft' if lost else ''}"
    )


def _levels(levels: dict[str, dict[str, int]]) -> str:
    """Each level's cost, and its bound where that is lower."""
    told = (
        f"{name} {its['cost']}"
        + ("" if its["cost"] == its["bound"] else f" (at least {its['bound']})")
        for name, its in levels.items()
    )
    return ", ".join(told)


COMMANDS = (request_run_command, runs_command, stop_run_command, retry_run_command)
