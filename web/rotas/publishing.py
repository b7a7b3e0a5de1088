"""The pages that compare a draft, publish it, or throw it away."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.errors import Conflict, NotFound
from rota.services.drafts import drafts
from rota.services.publishing.publish import Unacknowledged
from rota.services.rotas import comparisons, versions
from rota.services.rotas.comparisons import DraftCompared
from web.access.request_context import the_act, the_database, the_unit
from web.errors import find_status
from web.page_parts.actor_names import load_actor_names
from web.page_parts.words import period
from web.rotas.comparisons import ComparisonPage
from web.rotas.publishing_forms import DraftRevisionForm, PublishForm

blueprint = Blueprint("publishing", __name__, url_prefix="/units/<int:unit_id>/draft")

PUBLISHED, BEFORE, BOTH = "published", "before", "both"
"""What a draft is compared with."""


@blueprint.get("")
def draft(unit_id: int) -> str:  # noqa: ARG001
    """The draft against the published rota, the draft before it, or both."""
    comparison = comparisons.compare_draft(
        the_database(), the_act(), unit=the_unit(), start=_read_start()
    )
    draft_comparison = comparison.selected
    if draft_comparison is None:
        load_actor_names(head.changed_by for head in comparison.heads)
        return render_template("rotas/which_draft.html", drafts=comparison)
    against = _choose_comparison(draft_comparison)
    parts = [
        ComparisonPage.select(title, part, request.args)
        for name, title, part in (
            (PUBLISHED, "The draft against the published rota", draft_comparison.with_published),
            (BEFORE, "The draft against the draft before it", draft_comparison.with_draft_before),
        )
        if part is not None and against in (name, BOTH)
    ]
    return render_template(
        "rotas/draft.html",
        comparison=draft_comparison,
        view=draft_comparison.view,
        against=against,
        parts_of_page=parts,
    )


@blueprint.route("/publish", methods=["GET", "POST"])
def publish(unit_id: int) -> Response | str | tuple[str, int]:
    """Show what publishing means, and publish the draft as it was shown."""
    form = PublishForm()
    if not form.is_submitted():
        return _render_publish_page(form)
    if not form.validate():
        return _render_publish_page(form), 422
    try:
        publication = versions.publish(
            the_database(),
            the_act(),
            unit=the_unit(),
            start=_read_start(),
            acknowledgement=form.acknowledgement.data,
            revision=form.revision.data,
            newest=form.newest.data,
            unit_revision=form.unit_revision.data,
            note=form.note.data,
        )
    except Unacknowledged:
        form.acknowledgement.errors = ["Enter why you publish it although rules are broken"]
        return _render_publish_page(form), 422
    except Conflict as error:
        form.form_errors = [str(error)]
        return _render_publish_page(form), find_status(error)
    flash(f"The rota is published as version {publication.version.number}.", "success")
    number = publication.version.number
    return redirect(url_for("versions.shown", unit_id=unit_id, number=number), 303)


@blueprint.route("/discard", methods=["GET", "POST"])
def discard(unit_id: int) -> Response | str | tuple[str, int]:
    """Ask whether to throw the draft away, and do so."""
    form = DraftRevisionForm()
    if not form.is_submitted():
        return _render_discard_page(form)
    if not form.validate():
        return _render_discard_page(form), 422
    discarded = drafts.discard(
        the_database(),
        the_act(),
        unit=the_unit(),
        start=_read_start(),
        revision=form.revision.data,
    )
    flash(f"The draft of {period(discarded.period)} is thrown away.", "success")
    return redirect(url_for("runs.listed", unit_id=unit_id), 303)


def _render_discard_page(form: DraftRevisionForm) -> str:
    return render_template("rotas/discard_draft.html", form=form, view=_find_draft().view)


def _render_publish_page(form: PublishForm) -> str:
    draft_comparison = _find_draft()
    return render_template(
        "rotas/publish.html", form=form, comparison=draft_comparison, view=draft_comparison.view
    )


def _find_draft() -> DraftCompared:
    comparison = comparisons.compare_draft(
        the_database(), the_act(), unit=the_unit(), start=_read_start()
    )
    if comparison.selected is None:
        raise NotFound("There is no draft to be published, or there are several.")
    return comparison.selected


def _read_start() -> date | None:
    """The first day of the draft that the address names, if it names one."""
    text = request.args.get("start")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotFound(f"{text[:20] if text else text} is not a date.") from None


def _choose_comparison(draft_comparison: DraftCompared) -> str:
    name = request.args.get("against")
    if name in (PUBLISHED, BEFORE, BOTH):
        return name
    return (
        PUBLISHED
        if draft_comparison.with_published is not None or not draft_comparison.with_draft_before
        else BEFORE
    )
