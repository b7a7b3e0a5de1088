"""The forms that publish a draft or throw it away."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length

from rota.services.publishing.publish import LONGEST_NOTE


def stripped(text: str | None) -> str:
    """What was entered, without blanks around it."""
    return (text or "").strip()


def not_longer() -> Length:
    """What a note or an acknowledgement has to keep to."""
    return Length(max=LONGEST_NOTE, message=f"Use {LONGEST_NOTE:,} characters or fewer")


def why_all_the_same(question: str) -> TextAreaField:
    """Why somebody publishes what adds breaches of the first levels."""
    return TextAreaField(
        question,
        description="This is kept in the audit for managers and is not sent to staff.",
        filters=[stripped],
        validators=[not_longer()],
    )


class AcknowledgeForm(FlaskForm):  # type: ignore[misc]
    """Why a change is published although it adds breaches of the first levels.

    `seal` is of those that were shown.
    """

    seal = HiddenField()
    acknowledgement = why_all_the_same("Why do you accept it all the same?")


class SeenForm(FlaskForm):  # type: ignore[misc]
    """What was looked at: the revision of the draft."""

    revision = IntegerField(validators=[InputRequired()])


class PublishForm(SeenForm):
    """What is said with a rota that is published.

    `unit_revision` is the unit's for which the breaches were found, `newest` the number of the
    version that was the newest, 0 for none.
    """

    newest = IntegerField(validators=[InputRequired()])
    unit_revision = IntegerField(validators=[InputRequired()])
    acknowledgement = why_all_the_same("Why do you publish it all the same?")
    note = TextAreaField(
        "Note to staff (optional)",
        description="It goes to everybody whose days change, and stands with the version.",
        filters=[stripped],
        validators=[not_longer()],
    )
