"""The form that chooses a day and an office."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField

from web.page_parts.fields import DayField


class OfficeDayForm(FlaskForm):  # type: ignore[misc]
    """A day and an office; it changes nothing, so it needs no secret and may be an address."""

    class Meta:
        csrf = False

    date = DayField("Date")
    office = SelectField("Office", choices=[], validate_choice=False)
