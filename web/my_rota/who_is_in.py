"""The page that tells who is in at an office on a day."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request

from rota.services.my_rota.who_is_in import WhoIsIn, load_who_is_in
from web.access.request_context import the_act, the_database, the_unit
from web.my_rota.who_is_in_forms import OfficeDayForm

blueprint = Blueprint("who_is_in", __name__)


@blueprint.get("/units/<int:unit_id>/who-is-in")
def show(unit_id: int) -> str | tuple[str, int]:
    """The people of an office on a day, and the way to the days before and after."""
    form = OfficeDayForm(request.args)
    is_right = form.validate()
    its = _asked_for(form.date.day if is_right else None, form.office.data or None)
    form.office.choices = list(its.offices)
    form.office.data = its.office
    if is_right:
        form.date.process_data(its.day)
    page = render_template("my_rota/who_is_in.html", its=its, form=form, unit_id=unit_id)
    return page if is_right else (page, 422)


def _asked_for(day: date | None, office: str | None) -> WhoIsIn:
    return load_who_is_in(the_database(), the_act(), unit=the_unit(), day=day, office=office)
