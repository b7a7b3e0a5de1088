"""The policy of a unit: what its settings mean, what they are, and a change to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from rota.domain import (
    KINDS,
    MONDAY,
    PLANNING_SETTINGS,
    EarlierPolicy,
    Policy,
    Week,
    is_list,
    list_settings,
)
from rota.errors import BadInput, Conflict, Fault
from rota.reading import POLICY_SHEET
from rota.reading.policy import (
    WEIGHT,
    find_monday_after,
    read_policy,
    say_allowed_values,
    suggest_mondays,
)
from rota.reading.policy_sheet import build_setting_from_text
from rota.records.table import SINCE
from rota.rules import RULES, Rule
from rota.services.access.act import Act
from rota.services.access.audit_details import (
    ChangedSetting,
    build_setting_details,
    find_changed_settings,
)
from rota.services.access.column_rights import SETTINGS, find_readers, is_readable
from rota.services.access.secrets import compute_seal
from rota.services.units.lookup import find_unit, hold_unit
from rota.services.units.record_changes import mark_changed
from rota.store.databases.database import Database
from rota.store.units import earlier_terms, units
from rota.writing.policy_texts import WEIGHT as WEIGHT_OF
from rota.writing.policy_texts import build_policy_texts


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """What a setting was until a Monday, which is judged by another value."""

    value: str
    until: date


@dataclass(frozen=True, slots=True)
class PolicySetting:
    """A setting: its value and its default as texts, what it means, and what it may be.

    It is one of the `choices`, or several values where `is_list`; without choices it is free.
    `earlier` is what it was before, in the present period and the one before, and until it changes.
    """

    name: str
    value: str
    default: str
    help: str
    allows: str
    choices: tuple[str, ...]
    is_list: bool = False
    earlier: tuple[EarlierValue, ...] = ()


@dataclass(frozen=True, slots=True)
class WeightedRule:
    """A rule with the weight that the policy gives it, now and before; 0 switches it off."""

    rule: Rule
    weight: int
    earlier: tuple[EarlierValue, ...] = ()

    @property
    def name(self) -> str:
        """What the weight is called among the settings."""
        return f"{WEIGHT_OF}{self.rule.key}"


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """A policy as its reader sees it, whether they may change it, and its seal.

    A change holds from `next_monday` if nobody tells another.
    """

    settings: tuple[PolicySetting, ...]
    weights: tuple[WeightedRule, ...]
    weights_allow: str
    seal: str
    may_change: bool
    next_monday: date


def load_policy_page(database: Database, act: Act, *, unit: str) -> PolicyPage:
    """The settings of the unit's policy that are for the reader: heads, and managers of a team."""
    act.rights.must_know_policy(unit)
    readers = find_readers(act.rights, unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        earlier = earlier_terms.load_policies(connection, stored_unit.id)
    policy = stored_unit.policy
    first = _find_period_before(policy, act.today)
    earlier = tuple(each for each in earlier if each.until >= first)
    every_setting = _list_settings(policy, Policy(start=find_monday_after(act.today)), earlier)
    weights = (
        WeightedRule(
            rule,
            rule.weight_under(policy),
            tuple(_list_earlier_values(policy, earlier, rule.weight_under)),
        )
        for rule in RULES
    )
    return PolicyPage(
        settings=tuple(s for s in every_setting if is_readable(s.name, SETTINGS, readers)),
        weights=tuple(weights) if is_readable("weights", SETTINGS, readers) else (),
        weights_allow=WEIGHT.allows,
        seal=compute_seal(build_policy_texts(policy)),
        may_change=act.rights.manages_whole(unit),
        next_monday=find_monday_after(act.today),
    )


def list_days_off(database: Database, act: Act, *, unit: str) -> tuple[date, ...]:
    """The dates on which nobody of the unit works."""
    act.rights.must_see(unit)
    with database.reading() as connection:
        return find_unit(connection, unit).policy.days_off


def change_policy(
    database: Database,
    act: Act,
    *,
    unit: str,
    texts: Mapping[str, str],
    seal: str,
    since: date | None = None,
) -> tuple[ChangedSetting, ...]:
    """Change settings, their texts by name, those of weights by `weights.` and the rule's key.

    Weeks are judged by them `since` that Monday, or from the next one on. A blank text stands for
    the default; settings that are not named stay. Raises BadInput with all that is wrong, Conflict
    if the policy does not bear the seal any more.
    """
    act.rights.must_manage_whole(unit)
    since = since or find_monday_after(act.today)
    if since.weekday() != MONDAY:
        value, maybe = str(since), suggest_mondays(since)
        raise BadInput(
            [Fault(POLICY_SHEET.name, "is not a Monday", None, SINCE, value, maybe=maybe)]
        )
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        texts_before = build_policy_texts(stored_unit.policy)
        if compute_seal(texts_before) != seal:
            raise Conflict(
                "Somebody changed the policy since you opened it. "
                "Look at it as it is now, then make your change again."
            )
        policy = _read_policy({**texts_before, **texts}, act)
        changes = tuple(find_changed_settings(stored_unit.policy, policy))
        if changes:
            units.change_policy(connection, stored_unit.id, policy, act.source, since=since)
            details = build_setting_details(changes)
            if judges_weeks(changes):
                details["after"]["since"] = since
            mark_changed(connection, act, stored_unit, "changed policy", **details)
    return changes


def judges_weeks(changes: Iterable[ChangedSetting]) -> bool:
    """Whether weeks are judged by one of the settings, so that it holds from a Monday."""
    return any(setting.name not in PLANNING_SETTINGS for setting in changes)


def _find_period_before(policy: Policy, today: date) -> date:
    """The first day of the period before the one that holds today."""
    weeks = (Week.of(today).monday - policy.start).days // 7
    return policy.start + timedelta(weeks=(weeks // policy.weeks - 1) * policy.weeks)


def _list_earlier_values(
    policy: Policy, earlier: Sequence[EarlierPolicy], read: Callable[[Policy], object]
) -> Iterator[EarlierValue]:
    """What was before what is read of the policy, wherever it changed."""
    for each, after in pairwise((*earlier, EarlierPolicy(policy, date.max))):
        if read(each.policy) != read(after.policy):
            yield EarlierValue(str(read(each.policy)), each.until)


def _list_settings(
    policy: Policy, defaults: Policy, earlier: Sequence[EarlierPolicy]
) -> Iterator[PolicySetting]:
    values, default_texts = build_policy_texts(policy), build_policy_texts(defaults)

    def read_text(policy: Policy, name: str) -> str:
        return build_policy_texts(policy)[name]

    for name, field in list_settings().items():
        if name != "weights":
            is_planning = name in PLANNING_SETTINGS
            earlier_values = _list_earlier_values(policy, earlier, partial(read_text, name=name))
            yield PolicySetting(
                name=name,
                value=values[name],
                default=default_texts[name],
                help=field.metadata["help"],
                allows=say_allowed_values(name),
                choices=KINDS if name == "counts" else _list_choices(field),
                is_list=is_list(field),
                earlier=() if is_planning else tuple(earlier_values),
            )


def _list_choices(field: Field[Any]) -> tuple[str, ...]:
    """The texts that the setting may be, where they are words and perhaps some numbers."""
    numbers = map(str, field.metadata.get("or_range", ()))
    return (*field.metadata.get("choices", ()), *numbers)


def _read_policy(texts: Mapping[str, str], act: Act) -> Policy:
    values = [
        build_setting_from_text(name, text.strip()) for name, text in texts.items() if text.strip()
    ]
    policy, faults = read_policy(values, today=act.today)
    if faults:
        raise BadInput(faults)
    defaults = {rule.key: rule.weight for rule in RULES}
    weights = {key: weight for key, weight in policy.weights.items() if weight != defaults[key]}
    return replace(policy, weights=weights)
