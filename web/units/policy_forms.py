"""The form of a policy, made from its settings and the rules."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectChoice, SelectMultipleField, StringField

from rota.services.units.policy_settings import PolicyPage, PolicySetting, WeightedRule
from rota.writing.policy_texts import SEPARATOR
from web.page_parts.fields import DayField
from web.units.policy_words import LABELS, choice, hint, sentence


class PolicyForm(FlaskForm):  # type: ignore[misc]
    """Every setting, and the weight of every rule."""

    seal = HiddenField()

    def texts(self) -> dict[str, str]:
        """What was entered, by setting."""
        fields = (field for field in self if field.name not in ("seal", "csrf_token"))
        return {field.name: _text(field) for field in fields}

    def setting(self, name: str) -> Field:
        """The field of the setting of that name."""
        return self._fields[name]


def policy_form(shown: PolicyPage) -> PolicyForm:
    """The form with the policy in it."""
    told = {setting.name: setting for setting in shown.settings}
    settings = {name: _field(label, told[name]) for name, label in LABELS.items()}
    weights = {its.name: _weight(its) for its in shown.weights}
    made = type("PolicyForm", (PolicyForm,), {**settings, **weights})
    values: dict[str, Any] = {name: _value(setting) for name, setting in told.items()}
    values |= {its.name: str(its.weight) for its in shown.weights}
    form: PolicyForm = made(data=values)
    if not form.is_submitted():
        form.seal.data = shown.seal
    return form


def _field(label: str, setting: PolicySetting) -> Field:
    choices = [SelectChoice(its, choice(its)) for its in setting.choices]
    if setting.is_list:
        return SelectMultipleField(
            label, choices=choices, description=hint(setting), validate_choice=False
        )
    if choices:
        return RadioField(label, choices=choices, description=hint(setting), validate_choice=False)
    kind = DayField if setting.name == "start" else StringField
    return kind(label, description=hint(setting))


def _weight(its: WeightedRule) -> Field:
    says = f"{sentence(its.rule)} Usually {its.rule.weight}."
    return StringField(its.rule.key, description=says)


def _value(setting: PolicySetting) -> Any:
    if setting.is_list:
        return [part for part in setting.value.split(SEPARATOR) if part]
    if setting.name == "start":
        year, month, day = setting.value.split("-")
        return f"{int(day)}/{int(month)}/{year}"
    return setting.value


def _text(field: Field) -> str:
    if isinstance(field.data, list):
        return SEPARATOR.join(field.data) or SEPARATOR
    return (field.data or "").strip()
