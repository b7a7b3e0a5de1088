"""The form that restores a version."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired

from web.rotas.publishing_forms import build_acknowledgement_field


class RestoreForm(FlaskForm):  # type: ignore[misc]
    """What the page showed before a version is restored, and why its breaches are accepted."""

    newest = IntegerField(validators=[InputRequired()])
    unit_revision = IntegerField(validators=[InputRequired()])
    acknowledgement = build_acknowledgement_field("Why do you restore it all the same?")
