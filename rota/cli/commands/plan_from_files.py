"""Planning from files, with no database: plan, check and rules."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from rota.checker import Judgement, judge
from rota.cli.arguments import DATE_PARAM, MOST_SECONDS, SecondsParam
from rota.cli.exit_status import NOT_WRITTEN, STRICTLY_BROKEN, print_errors
from rota.cli.listing import make_command
from rota.moments import find_date_in_london, now
from rota.planning import Engines, Plan, SearchProgress, Watch, plan
from rota.process import handle_stop_signals
from rota.reading import Reading, read_problem, read_rota_and_notes
from rota.remarks import find_remarks_on_problem
from rota.rules import STRICT_LEVELS
from rota.writing import (
    ProgressLine,
    build_judgement_json,
    build_rules_markdown,
    format_findings,
    format_rota,
    format_summary,
    format_summary_as_json,
    render_page,
    show_judgement,
    show_misfits,
    show_rota,
    show_rules,
    write_together,
)

DEFAULT_SECONDS = 60.0
"""Time to search, if none is given; most units need far less to be proven."""


def _take_unit_and_period(command: Callable[..., None]) -> Callable[..., None]:
    """Add the argument and options that say which unit and period are meant."""
    decorators = (
        click.argument("unit", metavar="INPUT", type=click.Path(path_type=Path)),
        click.option("--start", type=DATE_PARAM, help="First day, a Monday, not the policy's."),
        click.option(
            "--weeks", metavar="NUMBER", type=int, help="Weeks to plan, not the policy's."
        ),
        click.option(
            "--today",
            type=DATE_PARAM,
            default=lambda: find_date_in_london(now()),
            show_default="today in London",
            help="Published seats up to this date are fixed.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print JSON for machines."),
        click.option(
            "--strict",
            is_flag=True,
            help=f"Exit {STRICTLY_BROKEN} if a rule of {' or '.join(STRICT_LEVELS)} is broken.",
        ),
    )
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


@make_command(
    "plan",
    more="Ctrl-C ends the search and writes the best rota so far.",
)
@_take_unit_and_period
@click.option(
    "--seconds",
    metavar="SECONDS",
    type=SecondsParam(min=0, min_open=True, max=MOST_SECONDS),
    default=DEFAULT_SECONDS,
    show_default=True,
    help="Time to search at most.",
)
@click.option(
    "--seed",
    metavar="NUMBER",
    type=click.IntRange(0, 2**31 - 1),
    default=1,
    show_default=True,
    help="Another number may give another rota of the same cost.",
)
@click.option(
    "--workers",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    default=lambda: min(os.cpu_count() or 1, 2),
    show_default="2, or 1 on a single core",
    help="1: the same rota every time; more: two engines race.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Folder for rota.csv, findings.csv, summary.json and rota.html.",
)
def plan_command(
    unit: Path,
    start: date | None,
    weeks: int | None,
    today: date,
    as_json: bool,
    strict: bool,
    seconds: float,
    seed: int,
    workers: int,
    out: Path,
) -> None:
    began = time.monotonic()
    with print_errors(), Engines() as engines:
        reading = _read_unit(unit, today=today, start=start, weeks=weeks)
        if out.resolve() == unit.resolve():
            raise click.UsageError(
                f"--out {out} is the input; the plan would replace its rota.csv."
            )
        out.mkdir(parents=True, exist_ok=True)
        with _show_progress(seconds) as watch:
            result = plan(
                reading.problem,
                seconds=seconds,
                seed=seed,
                workers=workers,
                watch=watch,
                engines=engines,
            )
            summary = result.summary(time.monotonic() - began)
            _write_plan(result, summary, out)
    for remark in result.remarks:
        click.echo(remark, err=True)
    if as_json:
        click.echo(format_summary_as_json(summary))
    else:
        _print_plan(result, out)
    _exit_if_broken(result.judgement, strict)


@make_command("check")
@_take_unit_and_period
@click.argument("rota", metavar="ROTA", type=click.Path(path_type=Path))
def check_command(
    unit: Path,
    rota: Path,
    start: date | None,
    weeks: int | None,
    today: date,
    as_json: bool,
    strict: bool,
) -> None:
    with print_errors():
        problem = _read_unit(unit, today=today, start=start, weeks=weeks).problem
        judged, notes = read_rota_and_notes(rota)
        _print_remarks(notes)
        judgement = judge(problem, judged)
    if as_json:
        click.echo(json.dumps(build_judgement_json(judgement), indent=2))
    else:
        console = Console()
        show_misfits(console, judgement, most=None)
        show_judgement(console, judgement, None, most=None)
    if judgement.misfits:
        sys.exit(NOT_WRITTEN)
    _exit_if_broken(judgement, strict)


@make_command("rules")
@click.option("--markdown", is_flag=True, help="Print the table of docs/rules.md.")
def rules_command(markdown: bool) -> None:
    if markdown:
        click.echo(build_rules_markdown())
    else:
        show_rules(Console())


def _read_unit(unit: Path, *, today: date, start: date | None, weeks: int | None) -> Reading:
    reading = read_problem(unit, today=today, start=start, weeks=weeks)
    _print_remarks((*reading.notes, *map(str, find_remarks_on_problem(reading.problem))))
    return reading


def _print_remarks(notes: Iterable[str]) -> None:
    for note in notes:
        click.echo(note, err=True)


class _StopRequest:
    """Keeps a request to stop until the search can heed it; a second one is heeded at once."""

    def __init__(self) -> None:
        self.is_made = False

    def __call__(self, *_: object) -> None:
        if self.is_made:
            raise KeyboardInterrupt
        self.is_made = True


@contextmanager
def _show_progress(seconds: float) -> Iterator[Watch]:
    """Show how far the search is, and have it go on until Ctrl-C or a request to terminate."""
    stop_request = _StopRequest()
    line = ProgressLine(Console(stderr=True), seconds)

    def watch(progress: SearchProgress) -> bool:
        line.show(progress)
        return not stop_request.is_made

    with handle_stop_signals(stop_request), line:
        yield watch


def _write_plan(result: Plan, summary: Any, out: Path) -> None:
    problem, rota, judgement = result.problem, result.rota, result.judgement
    write_together(
        {
            out / "rota.csv": format_rota(problem, rota),
            out / "findings.csv": format_findings(judgement),
            out / "rota.html": render_page(problem, rota, judgement, result.bounds),
            out / "summary.json": format_summary(summary),
        }
    )


def _print_plan(result: Plan, out: Path) -> None:
    console = Console()
    show_rota(console, result.problem, result.rota)
    show_judgement(console, result.judgement, result.bounds)
    click.echo(f"\nTo look at and print: {out / 'rota.html'}")


def _exit_if_broken(judgement: Judgement, strict: bool) -> None:
    if strict and any(judgement.costs[level] for level in STRICT_LEVELS):
        sys.exit(STRICTLY_BROKEN)


COMMANDS = (plan_command, check_command, rules_command)
