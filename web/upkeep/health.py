"""The pages about the installation, which change nothing."""

from __future__ import annotations

from flask import Blueprint, render_template

from rota.services.upkeep import doctor
from rota.settings import list_for_display
from web.access.request_context import the_act, the_database, the_settings

blueprint = Blueprint("upkeep", __name__, url_prefix="/admin")

PATIENCE = 5.0
"""Seconds that a page waits for the mail server."""


@blueprint.get("/settings")
def settings() -> str:
    """Every setting, without its secrets."""
    return render_template("upkeep/settings.html", settings=tuple(list_for_display(the_settings())))


@blueprint.get("/health")
def health() -> str:
    """Whether all is well, and if not, how to mend it."""
    current_settings = the_settings()
    hasty = current_settings.model_copy(
        update={"smtp_timeout": min(current_settings.smtp_timeout, PATIENCE)}
    )
    checks = doctor.examine_installation(the_database(), the_act(), hasty)
    return render_template("upkeep/health.html", checks=checks)
