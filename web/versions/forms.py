"""The form that restores a version."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired

from web.publishing.forms import not_longer, stripped


class RestoreForm(FlaskForm):  # type: ignore[misc]
    """What was looked at before a version is restored, and why its breaches are acknowledged."""

    newest = IntegerField(validators=[InputRequired()])
    unit_revision = IntegerField(validators=[InputRequired()])
    acknowledgement = TextAreaField(
        "Why do you restore it all the same?",
        description="This is kept in the audit for managers and is not sent to staff.",
        filters=[stripped],
        validators=[not_longer()],
    )
