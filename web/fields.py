"""Fields of forms that WTForms lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import Form, StringField, ValidationError

from rota.reading.cells import DATE, Unfit

EXAMPLE = "For example, 17/5/2027"
"""How a date is asked for."""


class DayField(StringField):  # type: ignore[misc]
    """A date in one text, as in the input files: 17/5/2027 or 2027-05-17. Blank is no date.

    `day` is the date, once the form was found right.
    """

    def __init__(self, label: str, *args: Any, description: str = EXAMPLE, **rest: Any) -> None:
        super().__init__(label, *args, description=description, **rest)
        self.day: date | None = None

    def process_data(self, value: date | str | None) -> None:
        text = f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else value
        super().process_data(text)

    def pre_validate(self, form: Form) -> None:  # noqa: ARG002
        text = (self.data or "").strip()
        try:
            self.day = DATE.read(text) if text else None
        except Unfit:
            label = str(self.label.text).lower()
            raise ValidationError(f"Enter a real {label}, such as 17/5/2027") from None

    @property
    def chosen(self) -> date:
        """The date of a field that must not be blank, once the form was found right."""
        assert self.day is not None
        return self.day
