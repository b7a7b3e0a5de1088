"""Runs: asked for, followed and stopped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from flask import url_for
from pydantic import Field

from rota.errors import Forbidden, NotFound
from rota.services.accounts.tokens import Scope
from rota.services.runs import run_requests, run_status
from web.access.request_context import the_database, the_settings
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, after, page
from web.api.shapes import (
    IN_BODY,
    Body,
    Day,
    Instant,
    Nothing,
    Query,
    Resource,
    must_be_near,
)
from web.page_parts.converters import LARGEST_NUMBER


class RunResource(Resource):
    """One request to plan: `waiting`, `running`, `done` or `failed`.

    A draft has the start and weeks of its period, a night the day that counts as today. `progress`
    is what its worker told last, `result` what came of it. A run that starts `afresh` does not keep
    seats of the draft that were moved by hand; how many others kept, `result` tells as `by_hand`.
    """

    id: int
    kind: str
    state: str
    start: date | None
    weeks: int | None
    today: date | None
    seconds: float
    seed: int
    asked_at: Instant
    asked_by: str
    is_stopping: bool
    progress: dict[str, Any] | None
    result: dict[str, Any] | None
    error: str | None
    ended_at: Instant | None
    afresh: bool


class Runs(PageResource[RunResource]):
    """A part of a list of runs."""


class NewRun(RunResource):
    """A run that has just been asked for, and where it can be followed."""

    HEADERS: ClassVar[Mapping[str, str]] = {"Location": "The address of the run"}

    url: str

    def headers(self) -> Mapping[str, str]:
        return {"Location": self.url}


class SameRun(NewRun):
    """A run that waits already to plan the same weeks, and does what was asked for."""


class AskForRun(Body):
    """What to plan; without a start, the period after what is published."""

    start: Day | None = Field(None, description="A Monday")
    weeks: Annotated[int, Field(ge=1, le=53), IN_BODY] | None = None
    seconds: float | None = Field(
        None, ge=1, le=run_requests.MOST_SECONDS, description="How long to search at most"
    )
    seed: Annotated[int, Field(ge=0, le=LARGEST_NUMBER), IN_BODY] = run_requests.SEED
    afresh: bool = Field(
        False, description="Let planning move seats of the draft that were moved by hand"
    )


@operation(
    "POST",
    "/units/{unit_id}/runs",
    answers=NewRun,
    scope=Scope.WRITE_RUNS,
    body=AskForRun,
    status=201,
    instead={200: SameRun},
)
def ask_for_run(call: Call[Query, AskForRun]) -> NewRun:
    """Ask for a draft of a period. A worker plans it; follow the run until it has ended.

    While a run waits to plan the same weeks there is no second: it takes over the seconds and the
    seed, and is answered with 200.
    """
    asked = call.body
    must_be_near(asked.start)
    requested = run_requests.request_run(
        the_database(),
        call.act,
        unit=call.unit,
        start=asked.start,
        weeks=asked.weeks,
        seconds=asked.seconds or the_settings().plan_seconds,
        seed=asked.seed,
        afresh=asked.afresh,
    )
    return _requested(call, requested)


@operation("GET", "/units/{unit_id}/runs", answers=Runs, scope=Scope.READ_ROTA, query=PageQuery)
def list_runs(call: Call[PageQuery, Nothing]) -> Runs:
    """List the runs of a unit, the newest first. For its managers and heads."""
    since = after(call.query, int)
    told = run_status.list_latest(
        the_database(),
        call.act,
        unit=call.unit,
        before=since[0] if since else None,
        most=call.query.limit + 1,
    )
    items, later = page(call.query, told, lambda its: (its.id,))
    return Runs(items=[RunResource(**_told(its)) for its in items], next=later)


@operation("GET", "/units/{unit_id}/runs/{run_id}", answers=RunResource, scope=Scope.READ_ROTA)
def get_run(call: Call[Query, Nothing]) -> RunResource:
    """Follow a run: its state, its progress and its result."""
    return RunResource(**_told(_found(call)))


@operation(
    "POST", "/units/{unit_id}/runs/{run_id}/stop", answers=RunResource, scope=Scope.WRITE_RUNS
)
def stop_run(call: Call[Query, Nothing]) -> RunResource:
    """End a run early, and keep the best that it has found."""
    run_status.stop_run(the_database(), call.act, _found(call).id)
    return RunResource(**_told(_found(call)))


@operation(
    "POST",
    "/units/{unit_id}/runs/{run_id}/retry",
    answers=NewRun,
    scope=Scope.WRITE_RUNS,
    status=201,
    instead={200: SameRun},
)
def retry_run(call: Call[Query, Nothing]) -> NewRun:
    """Ask anew for what a run that failed was asked for.

    A run that waits already to do the same is answered with 200.
    """
    return _requested(call, run_requests.retry_run(the_database(), call.act, _found(call).id))


def _requested(call: Call[Any, Any], requested: run_requests.RequestedRun) -> NewRun:
    run = requested.run
    url = url_for("api.get_run", unit_id=call.unit_id, run_id=run.id)
    shape = NewRun if requested.is_new else SameRun
    return shape(**_told(run), url=url)


def _found(call: Call[Any, Any]) -> Any:
    """The run that is meant, as it stands; those of other units are not there."""
    call.act.rights.must_know_figures(call.unit)
    number = call.names["run_id"]
    try:
        run = run_status.find(the_database(), call.act, number)
    except Forbidden:
        run = None
    if run is None or run.unit != call.unit:
        raise NotFound(f"{call.unit} has no run {number}.")
    return run


def _told(run: Any) -> dict[str, Any]:
    same = (name for name in RunResource.model_fields if name != "is_stopping")
    return {**{name: getattr(run, name) for name in same}, "is_stopping": run.stop_asked}


OPERATIONS = (ask_for_run, list_runs, get_run, stop_run, retry_run)
