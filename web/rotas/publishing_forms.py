"""The forms that publish a draft or throw it away."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length

from rota.services.publishing.publish import LONGEST_NOTE


def strip_text(text: str | None) -> str:
    """What was entered, without blanks around it."""
    return (text or "").strip()


def limit_length() -> Length:
    """The longest that a note or an acknowledgement may be."""
    return Length(max=LONGEST_NOTE, message=f"Use {LONGEST_NOTE:,} characters or fewer")


def build_acknowledgement_field(question: str) -> TextAreaField:
    """The field for why somebody publishes a change that adds breaches of the first levels."""
    return TextAreaField(
        question,
        description="This is kept in the audit for managers and is not sent to staff.",
        filters=[strip_text],
        validators=[limit_length()],
    )


class AcknowledgeForm(FlaskForm):  # type: ignore[misc]
    """Why a change is published although it adds breaches of the first levels.

    `seal` is of the breaches that were shown.
    """

    seal = HiddenField()
    acknowledgement = build_acknowledgement_field("Why do you accept it all the same?")


class DraftRevisionForm(FlaskForm):  # type: ignore[misc]
    """The revision of the draft that was shown."""

    revision = IntegerField(validators=[InputRequired()])


class PublishForm(DraftRevisionForm):
    """What is said with a rota that is published.

    `unit_revision` is the revision of the unit for which the breaches were found, `newest` the
    number of the newest version then, 0 for none.
    """

    newest = IntegerField(validators=[InputRequired()])
    unit_revision = IntegerField(validators=[InputRequired()])
    acknowledgement = build_acknowledgement_field("Why do you publish it all the same?")
    note = TextAreaField(
        "Note to staff (optional)",
        description="It goes to everybody whose days change, and stands with the version.",
        filters=[strip_text],
        validators=[limit_length()],
    )
