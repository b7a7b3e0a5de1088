"""Fields of forms that WTForms lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import Form, IntegerField, StringField, ValidationError
from wtforms.validators import StopValidation

from rota.reading.cells import DATE, Unfit

EXAMPLE = "For example, 17/5/2027"
"""The hint below a field for a date."""


class DayField(StringField):  # type: ignore[misc]
    """A date in one text, as in the input files: 17/5/2027 or 2027-05-17. Blank is no date.

    `day` is the date, once the form is validated. What is wrong with it is told of its `noun`, or
    of its label.
    """

    def __init__(
        self, label: str, *args: Any, description: str = EXAMPLE, noun: str = "", **kwargs: Any
    ) -> None:
        super().__init__(label, *args, description=description, **kwargs)
        self.day: date | None = None
        self._noun = noun or str(self.label.text).lower()

    def process_data(self, value: date | str | None) -> None:
        text = f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else value
        super().process_data(text)

    def pre_validate(self, form: Form) -> None:  # noqa: ARG002
        text = (self.data or "").strip()
        try:
            self.day = DATE.read(text) if text else None
        except Unfit:
            raise ValidationError(f"Enter a real {self._noun}, such as 17/5/2027") from None

    @property
    def required_day(self) -> date:
        """The date of a field that must not be blank, once the form is validated."""
        assert self.day is not None
        return self.day


class WholeField(IntegerField):  # type: ignore[misc]
    """A whole number from `least` to `most`. Blank is None, unless `missing` says what is missing.

    One sentence says all that can be wrong with it.
    """

    data: int | None

    def __init__(
        self, label: str, *, least: int, most: int, missing: str = "", **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self._least, self._most, self._missing = least, most, missing

    def process_formdata(self, valuelist: list[str]) -> None:  # noqa: ARG002
        self.data = None  # `pre_validate` reads it.

    def pre_validate(self, form: Form) -> None:  # noqa: ARG002
        text = self.raw_data[0].strip().replace(",", "") if self.raw_data else ""
        if not text:
            raise StopValidation(self._missing)
        number = int(text) if text.isdecimal() and len(text) <= len(str(self._most)) else -1
        if not self._least <= number <= self._most:
            raise StopValidation(f"Enter a whole number from {self._least} to {self._most:,}")
        self.data = number
