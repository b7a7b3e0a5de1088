"""The form that asks for a run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from rota.services.runs.run_requests import MOST_SECONDS
from rota.services.runs.run_status import DRAFTED, NEW, PUBLISHED, Offer, RunOverview
from web.page_parts.converters import LARGEST_NUMBER
from web.page_parts.fields import WholeField
from web.page_parts.words import period

MOST_WEEKS = 53

_STANDING = {
    DRAFTED: "planned anew from the draft, whose locked seats stay",
    PUBLISHED: "planned anew from what is published",
}


class AskForm(FlaskForm):  # type: ignore[misc]
    """What to plan, and for how long to search."""

    start = RadioField("Which weeks?", validators=[InputRequired("Select which weeks to plan")])
    weeks = WholeField("How many weeks, if the period is new?", least=1, most=MOST_WEEKS)
    seconds = WholeField(
        "Seconds to search at most",
        description="More time may find a rota that breaks fewer rules. You can stop it early.",
        least=1,
        most=MOST_SECONDS,
        missing="Enter the seconds to search",
    )
    afresh = BooleanField(
        "Start afresh: let planning move seats that were moved by hand",
        description="Otherwise they are kept where possible. Locked seats stay in any case.",
    )
    seed = WholeField(
        "Seed (optional)",
        description="Another number may find another rota that is as good.",
        least=0,
        most=LARGEST_NUMBER,
    )

    @classmethod
    def of(cls, desk: RunOverview, **rest: Any) -> AskForm:
        """The form with what is offered."""
        form = cls(**rest)
        form.start.choices = [(its.period.first.isoformat(), _label(its)) for its in desk.offers]
        form.new = {its.period.first for its in desk.offers if its.standing == NEW}
        return form

    @property
    def first(self) -> date:
        """The Monday that was chosen."""
        return date.fromisoformat(self.start.data)

    @property
    def most_seconds(self) -> int:
        """For how long to search, once the form was found right."""
        assert self.seconds.data is not None
        return self.seconds.data

    @property
    def asked_weeks(self) -> int | None:
        """The weeks of a new period; those of another one are known."""
        return self.weeks.data if self.first in self.new else None

    new: Iterable[date] = ()


def _label(offer: Offer) -> str:
    if offer.standing == NEW:
        first = offer.period.first
        return f"A new period from {first:%A} {first.day} {first:%B %Y}"
    return f"{period(offer.period)}: {_STANDING[offer.standing]}"
