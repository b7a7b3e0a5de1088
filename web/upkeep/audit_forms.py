"""The form that searches the audit."""

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
    def audit_filter(self) -> AuditFilter:
        return AuditFilter(
            actor=self.who.data or None,
            what=self.what.data or None,
            first=self.first.day,
            last=self.last.day,
        )

    def offer(self, actor_names: Mapping[str, str], deeds: Iterable[str]) -> None:
        """Offer these choices; `actor_names` are by what the audit calls each person."""
        self.who.choices = _build_choices("Anybody", actor_names)
        self.what.choices = _build_choices("Anything", {deed: deed for deed in deeds})


def _build_choices(anything: str, names: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", anything), *starmap(SelectChoice, names.items())]
