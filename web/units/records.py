"""The pages of a unit's records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from rota.errors import BadInput, Conflict, NotFound
from rota.remarks import Remark
from rota.services.units import record_details, record_edits, record_list, renaming
from rota.services.units.record_details import OpenRecord
from rota.services.units.record_list import Record
from web.access.request_context import the_act, the_database, the_rights, the_unit
from web.page_parts.converters import read_row_number
from web.page_parts.form_faults import show_faults
from web.page_parts.words import begun, weekday
from web.units import record_words
from web.units.record_forms import RecordForm, RenameForm, build_record_form

blueprint = Blueprint("records", __name__, url_prefix="/units/<int:unit_id>/records")


@blueprint.get("")
def tables(unit_id: int) -> ResponseReturnValue:  # noqa: ARG001, it is read from the address
    """All tables, with what they hold."""
    headings = record_list.list_headings(the_database(), the_act(), unit=the_unit())
    by_name = {heading.table.name: heading for heading in headings}
    return render_template(
        "units/record_tables.html",
        headings=[by_name[name] for name in record_words.NAMES],
        is_for_all=the_rights().manages_whole(the_unit()),
    )


@blueprint.get("/<table>")
def listed(unit_id: int, table: str) -> ResponseReturnValue:
    """The records of a table that have the words searched for, page by page."""
    find = request.args.get("find", "").strip()
    page = record_list.list_records(
        the_database(),
        the_act(),
        unit=the_unit(),
        table=table,
        words=find,
        page=request.args.get("page", 1, type=read_row_number),
    )

    def build_page_address(number: int) -> str:
        return url_for(
            "records.listed", unit_id=unit_id, table=table, find=find or None, page=number
        )

    def build_person_address(record: Record) -> str:
        return url_for("records.person", unit_id=unit_id, number=record.number)

    return render_template(
        "units/record_list.html",
        table=table,
        page=page,
        find=find,
        href=build_page_address,
        first=build_person_address if table == "officers" else None,
    )


@blueprint.get("/officers/<int:number>/about")
def person(unit_id: int, number: int) -> ResponseReturnValue:  # noqa: ARG001
    """One officer, and all that is recorded about them."""
    dossier = record_details.find_officer_records(
        the_database(), the_act(), unit=the_unit(), number=number
    )
    return render_template("units/officer_records.html", dossier=dossier, number=number)


@blueprint.route("/<table>/new", methods=["GET", "POST"])
def add(unit_id: int, table: str) -> ResponseReturnValue:  # noqa: ARG001
    """Add a record; `staff_no` in the address says about whom."""
    opened = record_details.open_record(the_database(), the_act(), unit=the_unit(), table=table)
    initial_texts = {
        k: v for k, v in request.args.items() if k == "staff_no" and k in opened.choices
    }
    form = build_record_form(opened, initial_texts)
    if not form.is_submitted():
        return _render_form(opened, form)
    if form.validate():
        try:
            result = record_edits.add(
                the_database(),
                the_act(),
                unit=the_unit(),
                table=table,
                texts=form.read_texts(),
            )
        except BadInput as error:
            show_faults(form, error)
        else:
            return _confirm(table, "added", result.remarks)
    return _render_form(opened, form), 422


@blueprint.route("/<table>/<int:number>", methods=["GET", "POST"])
def edit(unit_id: int, table: str, number: int) -> ResponseReturnValue:  # noqa: ARG001
    """Change a record."""
    opened = record_details.open_record(
        the_database(), the_act(), unit=the_unit(), table=table, number=number
    )
    form = build_record_form(opened)
    if not form.is_submitted():
        return _render_form(opened, form)
    if form.validate():
        try:
            result = record_edits.change(
                the_database(),
                the_act(),
                unit=the_unit(),
                table=table,
                number=number,
                seal=form.seal.data or "",
                texts=form.read_texts(),
            )
        except BadInput as error:
            show_faults(form, error)
        except Conflict as error:
            form.form_errors.append(str(error))
            return _render_form(opened, form, is_old=True), 409
        else:
            since = f" from {weekday(result.since)}" if result.since else ""
            return _confirm(table, f"changed{since}", result.remarks)
    return _render_form(opened, form), 422


@blueprint.route("/<table>/<int:number>/remove", methods=["GET", "POST"])
def remove(unit_id: int, table: str, number: int) -> ResponseReturnValue:  # noqa: ARG001
    """Show what it means to remove a record, and remove it."""
    if request.method == "POST":
        seal = request.form.get("seal", "")
        arguments: dict[str, Any] = {
            "unit": the_unit(),
            "table": table,
            "number": number,
            "seal": seal,
        }
        record_edits.remove(the_database(), the_act(), **arguments)
        return _confirm(table, "removed")
    removal = record_edits.preview_removal(
        the_database(), the_act(), unit=the_unit(), table=table, number=number
    )
    return render_template("units/remove_record.html", table=table, removal=removal)


@blueprint.route("/<table>/<int:number>/rename", methods=["GET", "POST"])
def rename(unit_id: int, table: str, number: int) -> ResponseReturnValue:
    """Give a site, a team or an officer another name."""
    opened = record_details.open_record(
        the_database(), the_act(), unit=the_unit(), table=table, number=number
    )
    if opened.record is None or not opened.table.is_referred_to:
        raise NotFound(
            f"Records of {record_words.NAMES[table].all.lower()} have no names of their own."
        )
    form = RenameForm(data={"before": opened.record.texts[opened.table.name_column.name]})
    if form.validate_on_submit():
        names = {"before": form.before.data, "after": form.after.data}
        try:
            renaming.rename(the_database(), the_act(), unit=the_unit(), table=table, **names)
        except (BadInput, NotFound) as error:
            form.after.errors = [str(error)]
        else:
            return _confirm(table, "renamed")
    status = 422 if form.is_submitted() else 200
    page = render_template(
        "units/rename_record.html", unit_id=unit_id, table=table, form=form, record=opened.record
    )
    return page, status


def _render_form(opened: OpenRecord, form: RecordForm, *, is_old: bool = False) -> str:
    return render_template(
        "units/record_form.html",
        table=opened.table,
        record=opened.record,
        form=form,
        names=opened.names,
        is_old=is_old,
        may_rename=the_rights().manages_whole(the_unit()),
    )


def _confirm(table: str, deed: str, remarks: Sequence[Remark] = ()) -> Response:
    """Say what was done, and go back to the person it was about, or to the list."""
    flash(f"{record_words.NAMES[table].one.capitalize()} {deed}", "success")
    for remark in remarks:
        flash(begun(remark.sentence))
    unit_id = request.view_args["unit_id"] if request.view_args else None
    number = request.args.get("person", type=read_row_number)
    if number is not None and (table, deed) != ("officers", "removed"):
        return redirect(url_for("records.person", unit_id=unit_id, number=number), 303)
    return redirect(url_for("records.listed", unit_id=unit_id, table=table), 303)


@blueprint.context_processor
def _add_record_context() -> dict[str, Any]:
    """What all templates of records use: the unit, the address to go back to, and today."""
    args = request.view_args or {}
    unit_id, table = args.get("unit_id"), args.get("table")
    person_id = request.args.get("person", type=read_row_number)
    back = url_for("records.tables", unit_id=unit_id)
    if person_id is not None:
        back = url_for("records.person", unit_id=unit_id, number=person_id)
    elif table is not None:
        back = url_for("records.listed", unit_id=unit_id, table=table)
    return {"unit_id": unit_id, "back": back, "today": the_act().today}


@blueprint.record
def _add_record_words(state: BlueprintSetupState) -> None:
    """Give templates and macros the words of records."""
    state.app.jinja_env.globals["record_words"] = record_words
