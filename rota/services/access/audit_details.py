"""What the audit keeps of a change, under which names, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from rota.domain import Policy, Readers
from rota.records.differences import Difference
from rota.services.access.column_rights import AS_HEAD, ROWS, SETTINGS, is_readable, readable
from rota.store.units.rows import columns_of

FOR_MANAGERS = "only for managers"

FOR_OPERATORS = "only for operators"

_POLICY = "policy"


def discreet_in_unit(kept: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What was there before or after a deed in a unit, as far as it is for heads."""
    return kept and {name: _for_heads(name, value) for name, value in kept.items()}


def discreet_outside_units(kept: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What was there before or after a deed in no unit, as far as it is for administrators."""
    readers = {Readers.ADMINISTRATORS}
    return kept and {
        name: value if is_readable(name, OUTSIDE_UNITS, readers) else FOR_OPERATORS
        for name, value in kept.items()
    }


def _for_heads(name: str, value: Any) -> Any:
    """The value without what is not for them; where nothing is, that is said."""
    if name in ROWS and _are_rows(value):
        declared = ROWS[name]
        if not AS_HEAD.isdisjoint(declared.values()):
            return [readable(row, declared, AS_HEAD) for row in value]
    elif name == _POLICY and isinstance(value, dict):
        return readable(value, SETTINGS, AS_HEAD)
    elif is_readable(name, IN_UNITS, AS_HEAD):
        return value
    return _hidden(value)


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _hidden(value: Any) -> str:
    if not isinstance(value, list):
        return FOR_MANAGERS
    return f"{len(value)} {'row' if len(value) == 1 else 'rows'}, {FOR_MANAGERS}"


_OVERSEERS, _MANAGERS = Readers.OVERSEERS, Readers.MANAGERS

IN_UNITS: Mapping[str, Readers] = {
    # Runs
    "run": _OVERSEERS,
    "kind": _OVERSEERS,
    "today": _OVERSEERS,
    "period": _OVERSEERS,
    "seconds": _OVERSEERS,
    "seed": _OVERSEERS,
    "asked_by": _OVERSEERS,
    "afresh": _OVERSEERS,
    # Drafts
    "draft": _OVERSEERS,
    "revision": _OVERSEERS,
    "seats": _MANAGERS,
    "not_kept": _MANAGERS,
    # Versions and proposals
    "version": _OVERSEERS,
    "cause": _OVERSEERS,
    "costs": _OVERSEERS,
    "changes": _OVERSEERS,
    "acknowledged": _MANAGERS,
    "numbers": _OVERSEERS,
    # Roles and calendar links
    "user": _OVERSEERS,
    "role": _OVERSEERS,
    "unit": _OVERSEERS,
    "team": _OVERSEERS,
    "staff_no": _OVERSEERS,
    "ended": _OVERSEERS,
    # Messages that are sent again
    "messages": _OVERSEERS,
    # What officers ask of their managers; heads are shown no entry that has one
    "ask": _MANAGERS,
    "state": _MANAGERS,
}
"""Of deeds in a unit."""

OUTSIDE_UNITS: Mapping[str, Readers] = dict.fromkeys(
    ("user", "name", "role", "scopes", "until", "messages", "browsers", "tokens"),
    Readers.ADMINISTRATORS,
)
"""Of deeds in no unit: the care for users, their roles and tokens, and for messages."""


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """A setting of the policy that an import changes."""

    name: str
    before: object
    after: object


def changed_settings(before: Policy, after: Policy) -> list[ChangedSetting]:
    """The settings that two policies have not in common."""
    names = (field.name for field in fields(Policy))
    pairs = (ChangedSetting(name, getattr(before, name), getattr(after, name)) for name in names)
    return [pair for pair in pairs if pair.before != pair.after]


def import_told(
    tables: tuple[Difference, ...], settings: tuple[ChangedSetting, ...]
) -> dict[str, dict[str, Any]]:
    """What the audit keeps of an import: rows, and settings of the policy, before and after."""
    told = rows_told(tables)
    if settings:
        policy = settings_told(settings)
        return {side: {**told[side], **policy[side]} for side in told}
    return told


def settings_told(settings: Iterable[ChangedSetting]) -> dict[str, dict[str, Any]]:
    """What the audit keeps of settings that change."""
    pairs = tuple(settings)
    return {
        "before": {"policy": {setting.name: setting.before for setting in pairs}},
        "after": {"policy": {setting.name: setting.after for setting in pairs}},
    }


def rows_told(tables: tuple[Difference, ...]) -> dict[str, dict[str, Any]]:
    """What the audit keeps of differences: the rows before and after, by table."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for table in tables:
        was = [*table.removed, *(row for row, _ in table.changed)]
        now = [*table.added, *(row for _, row in table.changed)]
        before |= {table.table: [columns_of(row) for row in was]} if was else {}
        after |= {table.table: [columns_of(row) for row in now]} if now else {}
    return {"before": before, "after": after}
