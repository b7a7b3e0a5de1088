"""The pages on which versions are looked at, compared and restored."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.domain import FRIDAY
from rota.errors import Conflict, NotFound
from rota.services.publishing.publish import Unacknowledged
from rota.services.rotas import comparisons, version_rota, versions
from web.access.request_context import the_act, the_database, the_rights, the_unit
from web.errors import find_status
from web.page_parts.actor_names import load_actor_names
from web.page_parts.converters import read_row_number
from web.rotas.comparisons import ComparisonPage
from web.rotas.version_forms import RestoreForm

blueprint = Blueprint("versions", __name__, url_prefix="/units/<int:unit_id>/versions")

AT_A_TIME = 50
"""Versions on a page of the list."""


@blueprint.get("")
def listed(unit_id: int) -> str:  # noqa: ARG001
    """Every version that was ever published, the newest first."""
    all_versions = versions.list_versions(the_database(), the_act(), unit=the_unit())
    pages = max(1, -(-len(all_versions) // AT_A_TIME))
    page = min(max(request.args.get("page", 1, read_row_number), 1), pages)
    page_versions = all_versions[(page - 1) * AT_A_TIME : page * AT_A_TIME]
    load_actor_names(version.published_by for version in page_versions)
    return render_template(
        "rotas/versions.html",
        versions=page_versions,
        page=page,
        pages=pages,
        knows_figures=the_rights().knows_figures(the_unit()),
    )


@blueprint.get("/<int:number>")
def shown(unit_id: int, number: int) -> str:  # noqa: ARG001
    """What a version changed, or how it differs from another one."""
    other_number = request.args.get("other")
    view = comparisons.compare_version(
        the_database(),
        the_act(),
        unit=the_unit(),
        number=number,
        other=_read_version_number(other_number) if other_number else None,
    )
    title = f"Against version {view.other.number}" if view.other else "What it changed"
    return render_template(
        "rotas/version.html",
        view=view,
        part=ComparisonPage.select(title, view.comparison, request.args),
        knows_figures=the_rights().knows_figures(the_unit()),
        may_manage=the_rights().manages(the_unit()),
    )


@blueprint.get("/<int:number>/rota")
def rota(unit_id: int, number: int) -> str:  # noqa: ARG001
    """The days of everybody in a version, week by week."""
    view = version_rota.load_version_rota(the_database(), the_act(), unit=the_unit(), number=number)
    teams = sorted({row.team for row in view.rows})
    team = request.args.get("team") or ""
    weeks = view.version.period.weeks
    week = min(max(request.args.get("week", 1, read_row_number), 1), weeks)
    first = view.version.period.first + timedelta(weeks=week - 1)
    return render_template(
        "rotas/version_rota.html",
        view=view,
        rows=[row for row in view.rows if team in ("", row.team)],
        days=[
            day
            for day in (first + timedelta(days=n) for n in range(7))
            if day.weekday() <= FRIDAY or any(day in row.sites for row in view.rows)
        ],
        teams=teams,
        team=team,
        week=week,
        weeks=weeks,
    )


@blueprint.route("/<int:number>/restore", methods=["GET", "POST"])
def restore(unit_id: int, number: int) -> Response | str | tuple[str, int]:
    """Show what restoring a version means, and publish it as a new one."""
    form = RestoreForm()
    if not form.is_submitted():
        return _render_restore_page(form, number)
    if not form.validate():
        return _render_restore_page(form, number), 422
    try:
        publication = versions.restore(
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
        return _render_restore_page(form, number), 422
    except Conflict as error:
        form.form_errors = [str(error)]
        return _render_restore_page(form, number), find_status(error)
    flash(
        f"Version {number} is published again as version {publication.version.number}.", "success"
    )
    number = publication.version.number
    return redirect(url_for("versions.shown", unit_id=unit_id, number=number), 303)


def _render_restore_page(form: RestoreForm, number: int) -> str:
    view = comparisons.compare_restored(the_database(), the_act(), unit=the_unit(), number=number)
    part = ComparisonPage.select("What would change", view.comparison, request.args)
    return render_template("rotas/restore_version.html", form=form, view=view, part=part)


def _read_version_number(text: str) -> int:
    try:
        return read_row_number(text)
    except ValueError:
        raise NotFound(f"{text[:20]} is not the number of a version.") from None
