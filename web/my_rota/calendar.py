"""The calendar behind a secret address, and the making and ending of such addresses."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.services.my_rota import calendar_links
from web.access.request_context import the_act, the_database, the_own, the_settings
from web.page_parts.words import counted

blueprint = Blueprint("calendar", __name__)

KEPT = timedelta(minutes=15)
"""How long a program may do with what it has."""


@blueprint.get("/calendar/<secret>.ics")
def feed(secret: str) -> Response:
    """The calendar, for whoever knows the secret."""
    response = make_response(calendar_links.load_feed(the_database(), the_act(), secret=secret))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Cache-Control"] = f"private, max-age={int(KEPT.total_seconds())}"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.post("/my-rota/calendar-link")
def make() -> str:
    """Make a new address, which is shown this once."""
    unit, staff_no = the_own()
    secret = calendar_links.make_link(the_database(), the_act(), staff_no=staff_no, unit=unit)
    address = the_settings().public_url + calendar_links.PATH.format(secret=secret)
    return render_template("my_rota/calendar_link.html", address=address)


@blueprint.post("/my-rota/calendar-link/end")
def revoke() -> Response:
    """End every address of the officer."""
    unit, staff_no = the_own()
    ended = calendar_links.revoke_links(the_database(), the_act(), staff_no=staff_no, unit=unit)
    flash(f"{counted(ended, 'calendar link')} ended.", "success")
    return redirect(url_for("my_rota.show"), 303)
