"""The page of the days in lieu that are owed to officers."""

from __future__ import annotations

from flask import Blueprint, render_template

from rota.services.my_rota.days_in_lieu import list_days_in_lieu
from web.access.request_context import the_act, the_database, the_unit

blueprint = Blueprint("days_in_lieu", __name__)


@blueprint.get("/units/<int:unit_id>/days-in-lieu")
def show(unit_id: int) -> str:
    """What is owed to each officer of the teams that the reader manages."""
    return render_template(
        "units/days_in_lieu.html",
        everybody=list_days_in_lieu(the_database(), the_act(), unit=the_unit()),
        unit_id=unit_id,
    )
