"""The form with which a manager answers."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from rota.services.requests.request_states import GRANTED, NOTED, REFUSED
from web.page_parts.converters import read_row_number
from web.requests.ask_forms import build_words_field
from web.rotas.publishing_forms import build_acknowledgement_field


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """Which requests are answered, and how. Each seal comes after the number of its request."""

    numbers = SelectMultipleField(
        "Requests",
        coerce=read_row_number,
        validate_choice=False,
        validators=[InputRequired("Select at least one request")],
    )
    seals = SelectMultipleField(validate_choice=False)
    outcome = SelectField(choices=[GRANTED, NOTED, REFUSED])
    text = build_words_field("Answer to those who asked (optional)")
    acknowledgement = build_acknowledgement_field("Why do you agree all the same?")
