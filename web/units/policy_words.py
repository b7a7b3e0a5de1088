"""What pages call the settings of a policy, and under which headings they stand."""

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
        "plan_ahead_weeks": "Weeks to plan ahead",
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


def groups_of(settings: Iterable[PolicySetting]) -> Mapping[str, Mapping[str, str]]:
    """The same for these settings alone, without headings under which none of them stands."""
    names = {setting.name for setting in settings}
    groups = {
        heading: {name: label for name, label in labels.items() if name in names}
        for heading, labels in GROUPS.items()
    }
    return {heading: labels for heading, labels in groups.items() if labels}


def choice(text: str) -> str:
    """What one of a few values means."""
    return _CHOICES.get(text, text.capitalize())


def shown(setting: PolicySetting, text: str) -> str:
    """A value of the setting, for people."""
    if setting.name == "start":
        return day(date.fromisoformat(text))
    if setting.is_list:
        return ", ".join(choice(part) for part in text.split(";") if part) or "Nothing"
    return choice(text) if setting.choices else text


def meaning(setting: PolicySetting) -> str:
    """What the setting means, and what it is unless somebody changes it."""
    usual = "" if setting.name == "start" else f" Usually {_in_a_sentence(setting)}."
    return f"{setting.help[:1].upper()}{setting.help[1:]}.{usual}"


def hint(setting: PolicySetting) -> str:
    """The same, with what it may be where one has to write it."""
    if setting.choices:
        return meaning(setting)
    if setting.name == "start":
        return f"{meaning(setting)} {EXAMPLE}."
    return f"{meaning(setting)} {setting.allows[:1].upper()}{setting.allows[1:]}."


def sentence(rule: Rule) -> str:
    """What the rule asks, with its settings under the names that they have here."""
    return re.sub(r"`(\w+)`", lambda its: f"“{LABELS.get(its[1], its[1])}”", rule.sentence)


def _in_a_sentence(setting: PolicySetting) -> str:
    text = shown(setting, setting.default)
    return f"{text[:1].lower()}{text[1:]}"
