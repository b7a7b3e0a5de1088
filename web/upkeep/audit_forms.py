"""Which deeds are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import starmap

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from rota.services.upkeep.audits import AuditFilter
from web.page_parts.fields import DayField


class SearchForm(FlaskForm):  # type: ignore[misc]
    """By whom, what and when; blank is anything."""

    class Meta:
        csrf = False

    who = SelectField("Who", validate_choice=False)
    what = SelectField("What", validate_choice=False)
    first = DayField("From")
    last = DayField("To")

    @property
    def wanted(self) -> AuditFilter:
        return AuditFilter(
            actor=self.who.data or None,
            what=self.what.data or None,
            first=self.first.day,
            last=self.last.day,
        )

    def offer(self, actors: Mapping[str, str], actions: Iterable[str]) -> None:
        """Offer what can be searched for; actors with what pages call them."""
        self.who.choices = _choices("Anybody", actors)
        self.what.choices = _choices("Anything", {action: action for action in actions})


def _choices(anything: str, names: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", anything), *starmap(SelectChoice, names.items())]
