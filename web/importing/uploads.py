"""The pages that bring a unit in from files, and take it away."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.errors import BadInput, Conflict, Fault, NotFound, RotaError
from rota.services.importing import exports, uploads
from rota.services.importing.import_outcome import Import, NotAgreed
from rota.services.publishing.door import Unacknowledged
from web.access.request_context import the_act, the_database, the_unit
from web.importing.import_faults import not_answered_for, not_imported, teach
from web.importing.import_forms import UploadForm
from web.importing.import_preview import alarms, parts, recorded
from web.importing.import_questions import answers_in, questions

blueprint = Blueprint("importing", __name__, url_prefix="/units/<int:unit_id>")

blueprint.record(teach)

Answer = Response | str | tuple[str, int]


@blueprint.route("/import", methods=["GET", "POST"])
def upload(unit_id: int) -> Answer:
    """Ask for a file, and show what it would change or all that is wrong with it."""
    form = UploadForm()
    if not form.is_submitted():
        return _page(unit_id, form)
    if not form.validate():
        return _page(unit_id, form), 422
    file = form.file.data
    try:
        told = uploads.preview(
            the_database(), the_act(), unit=the_unit(), name=file.filename or "", data=file.read()
        )
    except BadInput as error:
        form.file.errors = [not_imported(file.filename, error)]
        return _page(unit_id, form, faults=error.faults), 422
    except RotaError as error:
        form.file.errors = [str(error)]
        return _page(unit_id, form), 422
    return _preview(unit_id, told)


@blueprint.post("/import/answers")
def answer(unit_id: int) -> Answer:
    """Show what the file would change under these answers."""
    secret, answers = request.form.get("secret", ""), answers_in(request.form)
    try:
        told = uploads.answer(
            the_database(), the_act(), unit=the_unit(), secret=secret, answers=answers
        )
    except (BadInput, NotFound) as error:
        return _not_imported(unit_id, str(error))
    return _preview(unit_id, told)


@blueprint.post("/import/yes")
def confirm(unit_id: int) -> Answer:
    """Take in the file that was looked at."""
    secret, is_agreed = request.form.get("secret", ""), "agreed" in request.form
    try:
        told = uploads.confirm(
            the_database(),
            the_act(),
            unit=the_unit(),
            secret=secret,
            is_agreed=is_agreed,
            is_acknowledged="acknowledged" in request.form,
        )
    except Unacknowledged as error:
        return _not_imported(unit_id, not_answered_for(None, error))
    except NotAgreed:
        again = uploads.answer(the_database(), the_act(), unit=the_unit(), secret=secret)
        return _preview(unit_id, again, error="Say yes to what the file takes away"), 422
    except (Conflict, NotFound, BadInput) as error:
        return _not_imported(unit_id, str(error))
    flash(_done(told), "success")
    return redirect(url_for("records.tables", unit_id=unit_id), 303)


def _preview(unit_id: int, told: uploads.Preview, *, error: str = "") -> str:
    return render_template(
        "importing/preview.html",
        unit_id=unit_id,
        preview=told,
        parts=parts(told.outcome),
        questions=questions(told.outcome),
        alarms=alarms(told.outcome),
        recorded=recorded(told.outcome),
        error=error,
    )


@blueprint.get("/export")
def export(unit_id: int) -> str:
    """Offer the unit as a file."""
    return render_template("importing/export.html", unit_id=unit_id)


@blueprint.get("/export/<form>")
def download(unit_id: int, form: str) -> Response:  # noqa: ARG001, it is read from the address
    """The unit as a file."""
    file = exports.export_file(the_database(), the_act(), unit=the_unit(), form=form)
    told = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.data, mimetype=file.kind, headers=told)


def _not_imported(unit_id: int, says: str) -> tuple[str, int]:
    form = UploadForm(formdata=None)
    form.file.errors = [says]
    return _page(unit_id, form), 409


def _page(unit_id: int, form: UploadForm, *, faults: tuple[Fault, ...] = ()) -> str:
    return render_template("importing/upload.html", unit_id=unit_id, form=form, faults=faults)


def _done(told: Import) -> str:
    seats = sum(map(len, told.published))
    return "The file is imported" + (", and its rota is published" if seats else "")
