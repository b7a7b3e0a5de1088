"""The forms with which officers ask, and answer swaps."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length

from rota.domain import STRENGTHS, WHOLE_DAY
from rota.services.requests.request_states import LONGEST_TEXT
from web.page_parts.fields import DayField
from web.requests.ask_words import STRENGTHS_IN_WORDS
from web.units.record_words import PART_NAMES

ONE_DATE = "date"
"""The choice of a date, beside those of weekdays."""


def build_words_field(label: str) -> TextAreaField:
    """The field for a few words, which may be left blank."""
    too_long = f"This must be {LONGEST_TEXT} characters or fewer"
    return TextAreaField(label, validators=[Length(max=LONGEST_TEXT, message=too_long)])


def _build_part_field(label: str) -> RadioField:
    choices = [SelectChoice(*choice) for choice in PART_NAMES.items()]
    return RadioField(label, choices=choices, default=WHOLE_DAY)


class AskDayForm(FlaskForm):  # type: ignore[misc]
    """A day at a kind of site."""

    wants = RadioField(
        "Where do you want to be?",
        choices=[
            SelectChoice("home", "At home"),
            SelectChoice("office", "At the office"),
            SelectChoice("court", "At court"),
            SelectChoice("partner", "At a partner agency"),
            SelectChoice("prison", "At a prison"),
        ],
        validators=[InputRequired("Select where you want to be")],
    )
    when = RadioField(
        "When?",
        choices=[
            SelectChoice(ONE_DATE, "On one date"),
            SelectChoice("Mon", "Every Monday"),
            SelectChoice("Tue", "Every Tuesday"),
            SelectChoice("Wed", "Every Wednesday"),
            SelectChoice("Thu", "Every Thursday"),
            SelectChoice("Fri", "Every Friday"),
        ],
        validators=[InputRequired("Select when")],
    )
    date = DayField("Date", description="Only if it is for one date. For example, 17/5/2027")
    part = _build_part_field("For how much of the day?")
    strength = RadioField(
        "How much does it matter to you?",
        choices=[SelectChoice(str(n), words) for n, words in STRENGTHS_IN_WORDS.items()],
        default=str(STRENGTHS[0]),
    )
    note = build_words_field("Note to your manager (optional)")

    def validate_date(self, field: DayField) -> None:
        """Require the date if one date is chosen."""
        if self.when.data == ONE_DATE and not (field.data or "").strip():
            raise ValidationError("Enter a date")

    @property
    def day_or_weekday(self) -> str:
        """The date or the weekday, as in the input files."""
        return f"{self.date.day}" if self.when.data == ONE_DATE else self.when.data


class LeaveForm(FlaskForm):  # type: ignore[misc]
    """The first and the last day of leave."""

    first = DayField("First day", validators=[DataRequired("Enter the first day")])
    last = DayField("Last day", validators=[DataRequired("Enter the last day")])
    part = _build_part_field("For how much of each day?")
    note = build_words_field("Note to your manager (optional)")


class SwapForm(FlaskForm):  # type: ignore[misc]
    """The day of a swap, and then the colleague. It changes nothing, so it may be an address."""

    class Meta:
        csrf = False

    date = DayField("Date", validators=[DataRequired("Enter a date")])
    colleague = SelectField("Swap with", choices=[], validate_choice=False)


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A word to the colleague of the swap, and the two sites that were shown."""

    own = HiddenField()
    theirs = HiddenField()
    note = build_words_field("Note to your colleague (optional)")


class DeclineForm(FlaskForm):  # type: ignore[misc]
    """A word to the officer who asked for the swap."""

    text = build_words_field("Reason (optional)")
