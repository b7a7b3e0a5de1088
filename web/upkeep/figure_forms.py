"""The forms that select figures: the period or week of one unit, the weeks of all units."""

from __future__ import annotations

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from rota.domain import Period
from rota.services.upkeep.unit_figures import WEEKS
from web.page_parts.fields import DayField
from web.page_parts.words import counted, day, period

MOST_WEEKS = 12


class WeeksForm(FlaskForm):  # type: ignore[misc]
    """A published period, or one week of it."""

    class Meta:
        csrf = False

    period = SelectField("Published rota")
    week = SelectField("Weeks")

    def offer(
        self, periods: tuple[Period, ...], whole_period: Period, shown_period: Period
    ) -> None:
        """Offer the published periods, the newest first, and the weeks of the selected one."""
        self.period.choices = [
            SelectChoice(str(published.first), period(published)) for published in reversed(periods)
        ]
        self.period.data = str(whole_period.first)
        mondays = [whole_period.first + timedelta(weeks=n) for n in range(whole_period.weeks)]
        weeks = [SelectChoice(str(monday), f"Week of {day(monday)}") for monday in mondays]
        self.week.choices = [SelectChoice("", f"All {counted(whole_period.weeks, 'week')}"), *weeks]
        self.week.data = str(shown_period.first) if shown_period != whole_period else ""


class RegionForm(FlaskForm):  # type: ignore[misc]
    """The weeks over which units are compared."""

    class Meta:
        csrf = False

    first = DayField("From the week of")
    weeks = SelectField(
        "Number of weeks",
        choices=[SelectChoice(n, counted(n, "week")) for n in range(1, MOST_WEEKS + 1)],
        coerce=int,
        default=WEEKS,
    )
