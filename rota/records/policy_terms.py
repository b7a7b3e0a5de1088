"""How a policy changes from a Monday on, so that the weeks before are judged as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise
from typing import Any

from rota.domain import PLANNING_SETTINGS, EarlierPolicy, Policy


def hold_policy_from(
    earlier: Iterable[EarlierPolicy], before: Policy, after: Policy, monday: date
) -> tuple[EarlierPolicy, ...]:
    """The earlier policies once the settings that have changed hold from the Monday on.

    Other settings of weeks after it, where they are to change later, stay as they are.
    """
    delta = _find_delta(before, after)
    if not delta:
        return tuple(earlier)
    policies: list[EarlierPolicy] = []
    for each in (*earlier, EarlierPolicy(before, date.max)):
        starts = policies[-1].until if policies else date.min
        if starts < monday < each.until:
            policies.append(EarlierPolicy(each.policy, monday))
        is_after = each.until > monday
        policies.append(replace(each, policy=replace(each.policy, **delta)) if is_after else each)
    return tuple(
        each for each, following in pairwise(policies) if _find_delta(each.policy, following.policy)
    )


def _find_delta(before: Policy, after: Policy) -> Mapping[str, Any]:
    """The settings by which weeks are judged that are other after than before."""
    names = (field.name for field in fields(Policy) if field.name not in PLANNING_SETTINGS)
    values = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return {name: new for name, old, new in values if new != old}
