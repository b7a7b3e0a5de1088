"""The pages on which users ask for runs, watch them and stop them."""

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
from web.page_parts.actor_names import load_actor_names
from web.runs.run_forms import AskForm
from web.runs.run_progress import read_progress
from web.runs.run_state import NO_WORKER, TAGS, describe_outcome, describe_state

blueprint = Blueprint("runs", __name__, url_prefix="/units/<int:unit_id>/runs")


@blueprint.get("")
def listed(unit_id: int) -> str:  # noqa: ARG001
    """The unit's runs, and the form that asks for one."""
    desk = _load_desk()
    seconds = round(the_settings().plan_seconds)
    defaults = {"weeks": desk.weeks, "seconds": seconds, "start": request.args.get("start")}
    return _render_list(desk, AskForm.of(desk, data=defaults))


@blueprint.post("")
def ask(unit_id: int) -> Response | tuple[str, int]:
    """Ask for a run, and go to its page."""
    desk = _load_desk()
    form = AskForm.of(desk)
    if form.validate():
        try:
            requested = run_requests.request_run(
                the_database(),
                the_act(),
                unit=the_unit(),
                start=form.first,
                weeks=form.new_weeks,
                seconds=form.most_seconds,
                afresh=form.afresh.data,
                seed=SEED if form.seed.data is None else form.seed.data,
            )
        except RotaError as error:
            form.start.errors = [str(error)]
        else:
            return _go_to_run(unit_id, requested)
    return _render_list(desk, form), 422


@blueprint.get("/<int:number>")
def watched(unit_id: int, number: int) -> str:  # noqa: ARG001
    """A run as it stands; for a page that shows it already, only what changes."""
    status = run_status.load_status(
        the_database(), the_act(), unit=the_unit(), number=number, lease=_find_lease()
    )
    is_part = "HX-Request" in request.headers
    return render_template(
        "runs/run_part.html" if is_part else "runs/run.html",
        status=status,
        run=status.run,
        standing=describe_state(status),
        shown_sentence=request.args.get("seen"),
        progress=read_progress(status.run),
        gap=compute_gap,
        seats_not_kept=say_number_not_kept,
        may_manage=the_rights().manages(the_unit()),
    )


@blueprint.post("/<int:number>/stop")
def stop(unit_id: int, number: int) -> Response:
    """Stop a run early, and keep the best that it has found."""
    run_status.stop_run(the_database(), the_act(), number)
    flash(f"Run {number} ends soon, with the best rota it has found.")
    return redirect(url_for("runs.watched", unit_id=unit_id, number=number), 303)


@blueprint.post("/<int:number>/retry")
def retry(unit_id: int, number: int) -> Response:
    """Ask again for the run that failed, and go to its page."""
    return _go_to_run(unit_id, run_requests.retry_run(the_database(), the_act(), number))


def _go_to_run(unit_id: int, requested: RequestedRun) -> Response:
    if requested.says:
        flash(requested.says)
    return redirect(url_for("runs.watched", unit_id=unit_id, number=requested.run.id), 303)


def _load_desk() -> RunOverview:
    return run_status.load_overview(the_database(), the_act(), unit=the_unit(), lease=_find_lease())


def _render_list(desk: RunOverview, form: AskForm) -> str:
    context: dict[str, Any] = {"desk": desk, "form": form, "no_worker": NO_WORKER, "tags": TAGS}
    may_ask = the_rights().manages(the_unit())
    load_actor_names(run.asked_by for run in desk.runs)
    return render_template("runs/runs.html", **context, outcome=describe_outcome, may_ask=may_ask)


def _find_lease() -> timedelta:
    return timedelta(seconds=the_settings().lease_seconds)
