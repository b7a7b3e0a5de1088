"""The settings of a policy as the texts of cells, as in the sheet of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from rota.domain import Policy, list_settings

SEPARATOR = ";"
WEIGHT = "weights."
"""What stands before the key of a rule whose weight is told."""


def build_policy_texts(policy: Policy) -> Mapping[str, str]:
    """Every setting by name; weights that the policy gives by `weights.` and the rule's key."""
    texts = {
        name: _format_setting(getattr(policy, name))
        for name in list_settings()
        if name != "weights"
    }
    return texts | {f"{WEIGHT}{key}": str(weight) for key, weight in policy.weights.items()}


def say_setting(value: Any) -> str:
    """The value of a setting as it stands in a sentence."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return _format_setting(value)


def _format_setting(value: Any) -> str:
    """No value at all is a separator alone, because a blank cell would be a cell left out."""
    if isinstance(value, tuple):
        return SEPARATOR.join(map(str, value)) or SEPARATOR
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
