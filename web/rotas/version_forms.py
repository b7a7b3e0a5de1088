"""The form that restores a version."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired

from web.rotas.publishing_forms import why_all_the_same


class RestoreForm(FlaskForm):  # type: ignore[misc]
    """What was looked at before a version is restored, and why its breaches are acknowledged."""

    newest = IntegerField(validators=[InputRequired()])
    unit_revision = IntegerField(validators=[InputRequired()])
    acknowledgement = why_all_the_same("Why do you restore it all the same?")
