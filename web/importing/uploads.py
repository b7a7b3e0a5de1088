"""The pages that import a unit from files, and export it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from rota.errors import BadInput, Conflict, Fault, NotFound, RotaError
from rota.services.importing import exports, uploads
from rota.services.importing.import_outcome import Import, NotAgreed, tell_terms_days
from rota.services.publishing.publish import Unacknowledged
from web.access.request_context import the_act, the_database, the_unit
from web.importing.import_faults import add_fault_filter, describe_faults, describe_unacknowledged
from web.importing.import_forms import ChangeDayForm, UploadForm
from web.importing.import_preview import build_parts, list_alarms, list_recorded
from web.importing.import_questions import build_questions, read_answers

blueprint = Blueprint("importing", __name__, url_prefix="/units/<int:unit_id>")

blueprint.record(add_fault_filter)


@blueprint.route("/import", methods=["GET", "POST"])
def upload(unit_id: int) -> ResponseReturnValue:
    """Ask for a file, and show what it would change or all that is wrong with it."""
    form = UploadForm()
    if not form.is_submitted():
        return _render_upload(unit_id, form)
    if not form.validate():
        return _render_upload(unit_id, form), 422
    file = form.file.data
    try:
        preview = uploads.preview(
            the_database(), the_act(), unit=the_unit(), name=file.filename or "", data=file.read()
        )
    except BadInput as error:
        form.file.errors = [describe_faults(file.filename, error)]
        return _render_upload(unit_id, form, faults=error.faults), 422
    except RotaError as error:
        form.file.errors = [str(error)]
        return _render_upload(unit_id, form), 422
    return _render_preview(unit_id, preview)


@blueprint.post("/import/answers")
def answer(unit_id: int) -> ResponseReturnValue:
    """Show what the file would change under these answers."""
    form = ChangeDayForm()
    is_right = form.validate()
    answers = read_answers(request.form, since=form.since.day)
    secret = request.form.get("secret", "")
    try:
        preview = uploads.answer(
            the_database(), the_act(), unit=the_unit(), secret=secret, answers=answers
        )
    except (BadInput, NotFound) as error:
        return _render_refusal(unit_id, str(error))
    if not is_right:
        return _render_preview(unit_id, preview, form=form), 422
    return _render_preview(unit_id, preview)


@blueprint.post("/import/yes")
def confirm(unit_id: int) -> ResponseReturnValue:
    """Import the file that was previewed."""
    secret, is_agreed = request.form.get("secret", ""), "agreed" in request.form
    try:
        outcome = uploads.confirm(
            the_database(),
            the_act(),
            unit=the_unit(),
            secret=secret,
            is_agreed=is_agreed,
            is_acknowledged="acknowledged" in request.form,
        )
    except Unacknowledged as error:
        return _render_refusal(unit_id, describe_unacknowledged(None, error))
    except NotAgreed:
        preview = uploads.answer(the_database(), the_act(), unit=the_unit(), secret=secret)
        return _render_preview(unit_id, preview, error="Say yes to what the file takes away"), 422
    except (Conflict, NotFound, BadInput) as error:
        return _render_refusal(unit_id, str(error))
    flash(_describe_import(outcome), "success")
    return redirect(url_for("records.tables", unit_id=unit_id), 303)


def _render_preview(
    unit_id: int, preview: uploads.Preview, *, error: str = "", form: ChangeDayForm | None = None
) -> str:
    since = preview.outcome.terms_from
    return render_template(
        "importing/preview.html",
        unit_id=unit_id,
        preview=preview,
        parts=build_parts(preview.outcome),
        questions=build_questions(preview.outcome),
        alarms=list_alarms(preview.outcome),
        recorded=list_recorded(preview.outcome),
        days=tell_terms_days(preview.outcome),
        error=error,
        form=form or ChangeDayForm(formdata=None, data={"since": since}),
    )


@blueprint.get("/export")
def export(unit_id: int) -> str:
    """Offer the unit as a file."""
    return render_template("importing/export.html", unit_id=unit_id)


@blueprint.get("/export/<form>")
def download(unit_id: int, form: str) -> Response:  # noqa: ARG001, it is read from the address
    """The unit as a file."""
    file = exports.export_file(the_database(), the_act(), unit=the_unit(), form=form)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.data, mimetype=file.kind, headers=headers)


def _render_refusal(unit_id: int, sentence: str) -> tuple[str, int]:
    form = UploadForm(formdata=None)
    form.file.errors = [sentence]
    return _render_upload(unit_id, form), 409


def _render_upload(unit_id: int, form: UploadForm, *, faults: tuple[Fault, ...] = ()) -> str:
    return render_template("importing/upload.html", unit_id=unit_id, form=form, faults=faults)


def _describe_import(outcome: Import) -> str:
    seats = sum(map(len, outcome.published))
    return "The file is imported" + (", and its rota is published" if seats else "")
