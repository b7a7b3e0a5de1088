"""The page of an officer's own rota: their days, what changed, their share, their calendar."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.domain import Period, Week
from rota.errors import Forbidden
from rota.services.my_rota import my_rota
from rota.services.my_rota.office_share import DayCount
from web.access.request_context import the_act, the_database, the_officer, the_user
from web.page_parts.converters import read_row_number
from web.page_parts.words import counted, day, number

blueprint = Blueprint("my_rota", __name__)


@blueprint.get("/my-rota")
def show() -> str:
    """Today and tomorrow first, then what changed, and every week that is published."""
    unit, staff_no = the_officer()
    view = my_rota.load_my_rota(
        the_database(), the_act(), unit=unit, staff_no=staff_no, user_id=_find_user_id()
    )
    monday = Week.of(view.today).monday
    return render_template(
        "my_rota/my_rota.html",
        view=view,
        monday=monday,
        earlier=[(week, days) for week, days in view.weeks.items() if week.monday < monday],
        name_day=lambda date_shown: _name_day(date_shown, view.today),
        describe_share=_describe_share,
        name_span=_name_span,
    )


@blueprint.post("/my-rota/read")
def read() -> Response:
    """Mark all changes as read up to the version that the page showed."""
    unit, _ = the_officer()
    version = request.form.get("version", type=read_row_number) or 0
    my_rota.mark_as_read(
        the_database(), the_act(), unit=unit, user_id=_find_user_id(), version=version
    )
    flash("The changes are marked as read.", "success")
    return redirect(url_for("my_rota.show"), 303)


def _name_day(date_shown: date, today: date) -> str:
    """The name of the day, seen from today."""
    return {0: "Today", 1: "Tomorrow"}.get((date_shown - today).days, "Next working day")


def _name_span(when: Week | Period) -> str:
    """The week, or the weeks that end with the period."""
    if isinstance(when, Week):
        return f"Week of {day(when.monday)}"
    return f"{day(when.first)} to {day(when.last)}, {counted(when.weeks, 'week')}"


def _describe_share(share: DayCount) -> str:
    """Such as: 12 of 17 working days, 71%. At least 11 are asked for."""
    if not share.working_days:
        return "No working days"
    days = counted(share.working_days, "working day")
    sentence = f"{number(share.office_days)} of {days}, {share.percent}%"
    if share.least is None:
        return sentence
    return f"{sentence}. At least {number(share.least)} asked for"


def _find_user_id() -> int:
    user = the_user()
    if user is None:
        raise Forbidden("Sign in first.")
    return user.id
