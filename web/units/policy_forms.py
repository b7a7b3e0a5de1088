"""The form of a policy, made from its settings and the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)

from rota.records.table import SINCE
from rota.services.units.policy_settings import PolicyPage, PolicySetting, WeightedRule
from rota.writing.policy_texts import SEPARATOR
from web.page_parts.fields import EXAMPLE, DayField
from web.units.policy_words import LABELS, describe_choice, describe_input, write_rule_sentence

_MOST_RADIOS = 5
"""Choices that stand one below the other; more of them are in a list that opens."""

_SINCE_HINT = (
    "Weeks before it are judged by what held in them. A Monday that is over corrects the past. "
    f"If you leave it blank: the next one. {EXAMPLE}."
)


class PolicyForm(FlaskForm):  # type: ignore[misc]
    """Every setting, the weight of every rule, and from which Monday they hold."""

    seal = HiddenField()

    def read_texts(self) -> dict[str, str]:
        """What was entered, by setting."""
        fields = (field for field in self if field.name not in ("seal", "csrf_token", SINCE))
        return {field.name: _read_text(field) for field in fields}

    @property
    def monday(self) -> date | None:
        """From when the change holds, once the form is validated; None if nothing was entered."""
        monday: date | None = self._fields[SINCE].day
        return monday

    def find_field(self, name: str) -> Field:
        """The field of the setting of that name."""
        return self._fields[name]


def build_policy_form(policy: PolicyPage) -> PolicyForm:
    """The form, filled with the policy."""
    settings_by_name = {setting.name: setting for setting in policy.settings}
    settings = {name: _build_field(label, settings_by_name[name]) for name, label in LABELS.items()}
    weights = {
        weighted_rule.name: _build_weight_field(weighted_rule) for weighted_rule in policy.weights
    }
    since = {SINCE: DayField("From which Monday?", noun="Monday", description=_SINCE_HINT)}
    form_class = type("PolicyForm", (PolicyForm,), {**settings, **weights, **since})
    values: dict[str, Any] = {
        name: _parse_value(setting) for name, setting in settings_by_name.items()
    }
    values[SINCE] = policy.next_monday
    values |= {weighted_rule.name: str(weighted_rule.weight) for weighted_rule in policy.weights}
    form: PolicyForm = form_class(data=values)
    if not form.is_submitted():
        form.seal.data = policy.seal
    return form


def _build_field(label: str, setting: PolicySetting) -> Field:
    choices = [SelectChoice(value, describe_choice(value)) for value in setting.choices]
    if setting.is_list and choices:
        return SelectMultipleField(
            label, choices=choices, description=describe_input(setting), validate_choice=False
        )
    if choices:
        field_class = RadioField if len(choices) <= _MOST_RADIOS else SelectField
        return field_class(
            label, choices=choices, description=describe_input(setting), validate_choice=False
        )
    kind = DayField if setting.name == "start" else StringField
    return kind(label, description=describe_input(setting))


def _build_weight_field(weighted_rule: WeightedRule) -> Field:
    description = f"{write_rule_sentence(weighted_rule.rule)} Usually {weighted_rule.rule.weight}."
    return StringField(weighted_rule.rule.key, description=description)


def _parse_value(setting: PolicySetting) -> Any:
    if setting.is_list:
        values = [part for part in setting.value.split(SEPARATOR) if part]
        return values if setting.choices else f"{SEPARATOR} ".join(values)
    if setting.name == "start":
        year, month, day = setting.value.split("-")
        return f"{int(day)}/{int(month)}/{year}"
    return setting.value


def _read_text(field: Field) -> str:
    if isinstance(field.data, list):
        return SEPARATOR.join(field.data) or SEPARATOR
    return (field.data or "").strip()
