"""The nights of one unit, and of all that the user heads or manages in."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, render_template, request

from rota.moments import LONDON
from rota.services.runs import night_history
from rota.services.runs.night_history import NightHistory
from web.access.request_context import the_act, the_database, the_settings, the_unit
from web.page_parts.dates import date_asked
from web.page_parts.words import clock
from web.runs.night_words import duration

blueprint = Blueprint("nights", __name__)


@blueprint.get("/units/<int:unit_id>/nights")
def of_unit(unit_id: int) -> str:
    """The last nights of the unit."""
    del unit_id
    return _page(
        night_history.load_for_unit(
            the_database(),
            the_act(),
            unit=the_unit(),
            night_at=the_settings().night_at,
            before=date_asked("before"),
        ),
        the_unit(),
    )


@blueprint.get("/nights")
def of_all() -> str:
    """The last nights of all units."""
    return _page(
        night_history.load_for_all(
            the_database(),
            the_act(),
            night_at=the_settings().night_at,
            before=date_asked("before"),
        ),
        None,
    )


def _page(its: NightHistory, unit: str | None) -> str:
    night_at = datetime.combine(the_act().today, the_settings().night_at, tzinfo=LONDON)
    return render_template(
        "runs/nights.html",
        history=its,
        unit=unit,
        night_at=clock(night_at),
        duration=duration,
        is_earlier="before" in request.args,
    )
