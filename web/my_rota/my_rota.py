"""The page of an officer's own rota: their days, what changed, their share, their calendar."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.domain import Week
from rota.errors import Forbidden
from rota.services.my_rota import my_rota
from rota.services.my_rota.office_share import DayCount
from web.access.request_context import the_act, the_database, the_own, the_user
from web.page_parts.converters import whole_number
from web.page_parts.words import counted

blueprint = Blueprint("my_rota", __name__)


@blueprint.get("/my-rota")
def show() -> str:
    """Today and tomorrow first, then what changed, and every week that is published."""
    unit, staff_no = the_own()
    its = my_rota.load_my_rota(
        the_database(), the_act(), unit=unit, staff_no=staff_no, user_id=_user_id()
    )
    monday = Week.of(its.today).monday
    return render_template(
        "my_rota/my_rota.html",
        its=its,
        monday=monday,
        earlier=[(week, days) for week, days in its.weeks.items() if week.monday < monday],
        called=lambda day: _called(day, its.today),
        share_words=_share,
    )


@blueprint.post("/my-rota/read")
def read() -> Response:
    """Mark all changes as read up to the version that the page showed."""
    unit, _ = the_own()
    version = request.form.get("version", type=whole_number) or 0
    my_rota.mark_as_read(the_database(), the_act(), unit=unit, user_id=_user_id(), version=version)
    flash("The changes are marked as read.", "success")
    return redirect(url_for("my_rota.show"), 303)


def _called(day: date, today: date) -> str:
    """What one calls the day when one speaks of it today."""
    return {0: "Today", 1: "Tomorrow"}.get((day - today).days, "Next working day")


def _share(its: DayCount) -> str:
    """Such as: 12 of 17 working days, 71%. At least 11 are asked for."""
    if not its.working_days:
        return "No working days"
    says = f"{its.office_days} of {counted(its.working_days, 'working day')}, {its.percent}%"
    return says if its.least is None else f"{says}. At least {its.least} asked for"


def _user_id() -> int:
    user = the_user()
    if user is None:
        raise Forbidden("Sign in first.")
    return user.id
