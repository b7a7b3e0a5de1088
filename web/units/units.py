"""The pages about units, for administrators: what there is, and a new one from its first file."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from rota.errors import BadInput, Fault
from rota.services.importing import uploads
from rota.services.publishing.publish import Unacknowledged
from rota.services.units import lookup
from web.access.request_context import the_act, the_database
from web.importing.import_faults import describe_faults, describe_unacknowledged
from web.page_parts.form_faults import show_faults
from web.page_parts.words import counted
from web.units.unit_forms import NewUnitForm

blueprint = Blueprint("units", __name__, url_prefix="/admin/units")


@blueprint.get("")
def listed() -> str:
    """The names of all units."""
    return render_template(
        "units/units.html", names=lookup.list_unit_names(the_database(), the_act())
    )


@blueprint.route("/new", methods=["GET", "POST"])
def add() -> Response | str | tuple[str, int]:
    """Add a unit from a file, or show all that is wrong with the file."""
    form = NewUnitForm()
    if not form.is_submitted():
        return _render_form(form)
    if not form.validate():
        return _render_form(form), 422
    file = form.file.data
    try:
        outcome = uploads.add_unit(
            the_database(),
            the_act(),
            unit=form.unit.data,
            name=file.filename or "",
            data=file.read(),
            is_acknowledged=form.acknowledged.data,
        )
    except Unacknowledged as error:
        form.file.errors = [describe_unacknowledged(file.filename, error)]
        return _render_form(form, unacknowledged=error), 422
    except BadInput as error:
        if any(fault.place == uploads.UNIT for fault in error.faults):
            show_faults(form, error)
            return _render_form(form), 422
        form.file.errors = [describe_faults(file.filename, error)]
        return _render_form(form, faults=error.faults), 422
    people = sum(
        len(table.added_rows) for table in outcome.differences if table.table == "officers"
    )
    flash(f"{form.unit.data} is added, with {counted(people, 'officer')}", "success")
    return redirect(url_for("units.listed"), 303)


def _render_form(
    form: NewUnitForm,
    *,
    faults: tuple[Fault, ...] = (),
    unacknowledged: Unacknowledged | None = None,
) -> str:
    return render_template(
        "units/add_unit.html", form=form, faults=faults, unacknowledged=unacknowledged
    )
