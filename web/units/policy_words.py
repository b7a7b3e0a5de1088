"""What pages call the settings of a policy, and their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from rota.domain import ALL, NEVER, OUTSIDE_NOTICE, OVER_PERIOD, OVER_WEEK
from rota.rules import Rule
from rota.services.units.policy_settings import PolicySetting
from web.page_parts.fields import EXAMPLE
from web.page_parts.words import day

GROUPS: Mapping[str, Mapping[str, str]] = {
    "What is planned": {
        "start": "First Monday",
        "weeks": "Weeks in a period",
        "days_off": "Days off of the unit",
        "plan_ahead_weeks": "Weeks to plan ahead",
    },
    "Times of the day": {
        "day_start": "Start of the day",
        "noon": "Start of the afternoon",
        "day_end": "End of the day",
    },
    "At the office and at home": {
        "office_percent": "Office percentage",
        "over": "Counted over",
        "counts": "What counts as the office",
        "home_days_per_week": "Home days in a week",
        "home_edge_percent": "Mondays and Fridays at home",
    },
    "New starters": {
        "new_starter_months": "Months as a new starter",
        "experienced_months": "Months until experienced",
        "new_starters_per_experienced": "New starters per experienced officer",
        "mentor_days_per_week": "Days a week with the mentor",
    },
    "Managers": {"managers_in": "Managers in each office"},
    "Changes to what is published": {
        "notice_days": "Days of notice",
        "nightly_publishes": "Changes of the night",
    },
}
"""Every setting but the weights of rules, with what it is called."""

LABELS = {name: label for group in GROUPS.values() for name, label in group.items()}

_CHOICES: Mapping[str, str] = {
    OVER_PERIOD: "The whole period",
    OVER_WEEK: "Each week",
    ALL: "All of them are published",
    OUTSIDE_NOTICE: "Those after the days of notice are published, others wait for a manager",
    NEVER: "None are published, all wait for a manager",
}


def group_settings(settings: Iterable[PolicySetting]) -> Mapping[str, Mapping[str, str]]:
    """The groups with these settings alone, without headings that have none of them."""
    names = {setting.name for setting in settings}
    groups = {
        heading: {name: label for name, label in labels.items() if name in names}
        for heading, labels in GROUPS.items()
    }
    return {heading: labels for heading, labels in groups.items() if labels}


def describe_choice(text: str) -> str:
    """The words for one of a few values."""
    return _CHOICES.get(text, text.capitalize())


def format_value(setting: PolicySetting, text: str) -> str:
    """A value of the setting, for people."""
    if setting.name == "start":
        return day(date.fromisoformat(text))
    if setting.name == "days_off":
        dates = (part for part in text.split(";") if part)
        return ", ".join(day(date.fromisoformat(part)) for part in dates) or "None"
    if setting.is_list:
        return ", ".join(describe_choice(part) for part in text.split(";") if part) or "Nothing"
    return describe_choice(text) if setting.choices else text


def describe_setting(setting: PolicySetting) -> str:
    """What the setting means, and what it is unless somebody changes it."""
    usual = "" if setting.name == "start" else f" Usually {_write_in_sentence(setting)}."
    return f"{setting.help[:1].upper()}{setting.help[1:]}.{usual}"


def describe_input(setting: PolicySetting) -> str:
    """The same, with the values that are allowed where one types it."""
    if setting.choices:
        return describe_setting(setting)
    if setting.name == "start":
        return f"{describe_setting(setting)} {EXAMPLE}."
    return f"{describe_setting(setting)} {setting.allows[:1].upper()}{setting.allows[1:]}."


def write_rule_sentence(rule: Rule) -> str:
    """What the rule asks, with its settings under the names that pages give them."""
    return re.sub(r"`(\w+)`", lambda match: f"“{LABELS.get(match[1], match[1])}”", rule.sentence)


def _write_in_sentence(setting: PolicySetting) -> str:
    text = format_value(setting, setting.default)
    return f"{text[:1].lower()}{text[1:]}"
