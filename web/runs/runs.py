"""The pages on which runs are asked for, watched and stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.errors import RotaError
from rota.services.runs import run_requests, run_status
from rota.services.runs.run_requests import SEED, RequestedRun
from rota.services.runs.run_status import RunOverview
from rota.writing.draft_seats import say_number_not_kept
from rota.writing.progress import compute_gap
from web.access.request_context import the_act, the_database, the_rights, the_settings, the_unit
from web.page_parts.actor_names import look_up_actors
from web.runs.run_forms import AskForm
from web.runs.run_progress import progress_of
from web.runs.run_state import NO_WORKER, TAGS, outcome, standing

blueprint = Blueprint("runs", __name__, url_prefix="/units/<int:unit_id>/runs")


@blueprint.get("")
def listed(unit_id: int) -> str:  # noqa: ARG001
    """The unit's runs, and the form that asks for one."""
    desk = _desk()
    seconds = round(the_settings().plan_seconds)
    known = {"weeks": desk.weeks, "seconds": seconds, "start": request.args.get("start")}
    return _listed(desk, AskForm.of(desk, data=known))


@blueprint.post("")
def ask(unit_id: int) -> Response | tuple[str, int]:
    """Ask for a run, and go to where it can be watched."""
    desk = _desk()
    form = AskForm.of(desk)
    if form.validate():
        try:
            requested = run_requests.request_run(
                the_database(),
                the_act(),
                unit=the_unit(),
                start=form.first,
                weeks=form.asked_weeks,
                seconds=form.most_seconds,
                afresh=form.afresh.data,
                seed=SEED if form.seed.data is None else form.seed.data,
            )
        except RotaError as error:
            form.start.errors = [str(error)]
        else:
            return _to_watch(unit_id, requested)
    return _listed(desk, form), 422


@blueprint.get("/<int:number>")
def watched(unit_id: int, number: int) -> str:  # noqa: ARG001
    """A run as it stands; asked for by a page that shows it already, only what changes."""
    its = run_status.load_status(
        the_database(), the_act(), unit=the_unit(), number=number, lease=_lease()
    )
    is_part = "HX-Request" in request.headers
    return render_template(
        "runs/run_part.html" if is_part else "runs/run.html",
        its=its,
        run=its.run,
        standing=standing(its),
        seen=request.args.get("seen"),
        progress=progress_of(its.run),
        gap=compute_gap,
        seats_not_kept=say_number_not_kept,
        may_manage=the_rights().manages(the_unit()),
    )


@blueprint.post("/<int:number>/stop")
def stop(unit_id: int, number: int) -> Response:
    """End a run early with the best that it has."""
    run_status.stop_run(the_database(), the_act(), number)
    flash(f"Run {number} ends soon, with the best rota it has found.")
    return redirect(url_for("runs.watched", unit_id=unit_id, number=number), 303)


@blueprint.post("/<int:number>/retry")
def retry(unit_id: int, number: int) -> Response:
    """Ask anew for what a run that failed was asked for, and go to where it can be watched."""
    return _to_watch(unit_id, run_requests.retry_run(the_database(), the_act(), number))


def _to_watch(unit_id: int, requested: RequestedRun) -> Response:
    if requested.says:
        flash(requested.says)
    return redirect(url_for("runs.watched", unit_id=unit_id, number=requested.run.id), 303)


def _desk() -> RunOverview:
    return run_status.load_overview(the_database(), the_act(), unit=the_unit(), lease=_lease())


def _listed(desk: RunOverview, form: AskForm) -> str:
    told: dict[str, Any] = {"desk": desk, "form": form, "no_worker": NO_WORKER, "tags": TAGS}
    may_ask = the_rights().manages(the_unit())
    look_up_actors(run.asked_by for run in desk.runs)
    return render_template("runs/runs.html", **told, outcome=outcome, may_ask=may_ask)


def _lease() -> timedelta:
    return timedelta(seconds=the_settings().lease_seconds)
