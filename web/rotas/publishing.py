"""The pages on which a draft is compared with what there was, published, or thrown away."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.errors import Conflict, NotFound
from rota.services.drafts import drafts
from rota.services.publishing.door import Unacknowledged
from rota.services.rotas import comparisons, versions
from rota.services.rotas.comparisons import DraftCompared
from web.access.request_context import the_act, the_database, the_unit
from web.errors import status_of
from web.page_parts.actor_names import look_up_actors
from web.page_parts.words import period
from web.rotas.comparisons import ComparisonPage
from web.rotas.publishing_forms import PublishForm, SeenForm

blueprint = Blueprint("publishing", __name__, url_prefix="/units/<int:unit_id>/draft")

PUBLISHED, BEFORE, BOTH = "published", "before", "both"
"""What a draft is compared with."""


@blueprint.get("")
def draft(unit_id: int) -> str:  # noqa: ARG001
    """The draft against the published rota, the draft before it, or both."""
    its = comparisons.compare_draft(the_database(), the_act(), unit=the_unit(), start=_start())
    chosen = its.chosen
    if chosen is None:
        look_up_actors(head.changed_by for head in its.heads)
        return render_template("rotas/which_draft.html", drafts=its)
    against = _against(chosen)
    parts = [
        ComparisonPage.shown(title, compared, request.args)
        for name, title, compared in (
            (PUBLISHED, "The draft against the published rota", chosen.with_published),
            (BEFORE, "The draft against the draft before it", chosen.with_draft_before),
        )
        if compared is not None and against in (name, BOTH)
    ]
    return render_template(
        "rotas/draft.html", its=chosen, look=chosen.look, against=against, parts_shown=parts
    )


@blueprint.route("/publish", methods=["GET", "POST"])
def publish(unit_id: int) -> Response | str | tuple[str, int]:
    """Show what publishing means, and publish what was seen."""
    form = PublishForm()
    if not form.is_submitted():
        return _to_publish(form)
    if not form.validate():
        return _to_publish(form), 422
    try:
        done = versions.publish(
            the_database(),
            the_act(),
            unit=the_unit(),
            start=_start(),
            acknowledgement=form.acknowledgement.data,
            revision=form.revision.data,
            newest=form.newest.data,
            unit_revision=form.unit_revision.data,
            note=form.note.data,
        )
    except Unacknowledged:
        form.acknowledgement.errors = ["Enter why you publish it although rules are broken"]
        return _to_publish(form), 422
    except Conflict as error:
        form.form_errors = [str(error)]
        return _to_publish(form), status_of(error)
    flash(f"The rota is published as version {done.version.number}.", "success")
    number = done.version.number
    return redirect(url_for("versions.shown", unit_id=unit_id, number=number), 303)


@blueprint.route("/discard", methods=["GET", "POST"])
def discard(unit_id: int) -> Response | str | tuple[str, int]:
    """Ask whether the draft shall be thrown away, and do it."""
    form = SeenForm()
    if not form.is_submitted():
        return _to_discard(form)
    if not form.validate():
        return _to_discard(form), 422
    gone = drafts.discard(
        the_database(),
        the_act(),
        unit=the_unit(),
        start=_start(),
        revision=form.revision.data,
    )
    flash(f"The draft of {period(gone.period)} is thrown away.", "success")
    return redirect(url_for("runs.listed", unit_id=unit_id), 303)


def _to_discard(form: SeenForm) -> str:
    return render_template("rotas/discard_draft.html", form=form, look=_chosen().look)


def _to_publish(form: PublishForm) -> str:
    chosen = _chosen()
    return render_template("rotas/publish.html", form=form, its=chosen, look=chosen.look)


def _chosen() -> DraftCompared:
    its = comparisons.compare_draft(the_database(), the_act(), unit=the_unit(), start=_start())
    if its.chosen is None:
        raise NotFound("There is no draft to be published, or there are several.")
    return its.chosen


def _start() -> date | None:
    """The first day of the draft that the address names, if it names one."""
    text = request.args.get("start")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotFound(f"{text[:20] if text else text} is not a date.") from None


def _against(chosen: DraftCompared) -> str:
    asked = request.args.get("against")
    if asked in (PUBLISHED, BEFORE, BOTH):
        return asked
    return (
        PUBLISHED if chosen.with_published is not None or not chosen.with_draft_before else BEFORE
    )
