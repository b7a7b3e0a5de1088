"""The pages on which versions are looked at, compared and restored."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.domain import FRIDAY
from rota.errors import Conflict, NotFound
from rota.services.publishing.door import Unacknowledged
from rota.services.rotas import comparisons, version_rota, versions
from web.access.request_context import the_act, the_database, the_rights, the_unit
from web.errors import status_of
from web.page_parts.actor_names import look_up_actors
from web.page_parts.converters import whole_number
from web.rotas.comparisons import ComparisonPage
from web.rotas.version_forms import RestoreForm

blueprint = Blueprint("versions", __name__, url_prefix="/units/<int:unit_id>/versions")

AT_A_TIME = 50
"""Versions on a page of the list."""


@blueprint.get("")
def listed(unit_id: int) -> str:  # noqa: ARG001
    """Everything that was ever published, the newest first."""
    found = versions.all_of(the_database(), the_act(), unit=the_unit())
    pages = max(1, -(-len(found) // AT_A_TIME))
    page = min(max(request.args.get("page", 1, whole_number), 1), pages)
    those = found[(page - 1) * AT_A_TIME : page * AT_A_TIME]
    look_up_actors(its.published_by for its in those)
    return render_template(
        "rotas/versions.html",
        versions=those,
        page=page,
        pages=pages,
        knows_figures=the_rights().knows_figures(the_unit()),
    )


@blueprint.get("/<int:number>")
def shown(unit_id: int, number: int) -> str:  # noqa: ARG001
    """What a version changed, or how it differs from another one."""
    other = request.args.get("other")
    its = comparisons.compare_version(
        the_database(),
        the_act(),
        unit=the_unit(),
        number=number,
        other=_number(other) if other else None,
    )
    title = f"Against version {its.other.number}" if its.other else "What it changed"
    return render_template(
        "rotas/version.html",
        its=its,
        part=ComparisonPage.shown(title, its.comparison, request.args),
        knows_figures=the_rights().knows_figures(the_unit()),
        may_manage=the_rights().manages(the_unit()),
    )


@blueprint.get("/<int:number>/rota")
def rota(unit_id: int, number: int) -> str:  # noqa: ARG001
    """Everybody's days of a version, week by week."""
    its = version_rota.rota_of(the_database(), the_act(), unit=the_unit(), number=number)
    teams = sorted({row.team for row in its.rows})
    team = request.args.get("team") or ""
    weeks = its.version.period.weeks
    week = min(max(request.args.get("week", 1, whole_number), 1), weeks)
    first = its.version.period.first + timedelta(weeks=week - 1)
    return render_template(
        "rotas/version_rota.html",
        its=its,
        rows=[row for row in its.rows if team in ("", row.team)],
        days=[first + timedelta(days=n) for n in range(FRIDAY + 1)],
        teams=teams,
        team=team,
        week=week,
        weeks=weeks,
    )


@blueprint.route("/<int:number>/restore", methods=["GET", "POST"])
def restore(unit_id: int, number: int) -> Response | str | tuple[str, int]:
    """Show what it means to have a version again, and publish it as a new one."""
    form = RestoreForm()
    if not form.is_submitted():
        return _to_restore(form, number)
    if not form.validate():
        return _to_restore(form, number), 422
    try:
        done = versions.restore(
            the_database(),
            the_act(),
            unit=the_unit(),
            number=number,
            acknowledgement=form.acknowledgement.data,
            newest=form.newest.data,
            unit_revision=form.unit_revision.data,
        )
    except Unacknowledged:
        form.acknowledgement.errors = ["Enter why you restore it although rules are broken"]
        return _to_restore(form, number), 422
    except Conflict as error:
        form.form_errors = [str(error)]
        return _to_restore(form, number), status_of(error)
    flash(f"Version {number} is published again as version {done.version.number}.", "success")
    number = done.version.number
    return redirect(url_for("versions.shown", unit_id=unit_id, number=number), 303)


def _to_restore(form: RestoreForm, number: int) -> str:
    its = comparisons.compare_restored(the_database(), the_act(), unit=the_unit(), number=number)
    part = ComparisonPage.shown("What would change", its.comparison, request.args)
    return render_template("rotas/restore_version.html", form=form, its=its, part=part)


def _number(text: str) -> int:
    try:
        return whole_number(text)
    except ValueError:
        raise NotFound(f"{text[:20]} is not the number of a version.") from None
