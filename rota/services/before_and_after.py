"""What changes to a unit's records and policy were before and are after, as the audit keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from rota.domain import Policy
from rota.domain.differences import Difference
from rota.store.rows import columns_of


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the policy that an import changes."""

    name: str
    before: object
    after: object


def changed_settings(before: Policy, after: Policy) -> list[Setting]:
    """The settings that two policies have not in common."""
    names = (field.name for field in fields(Policy))
    pairs = (Setting(name, getattr(before, name), getattr(after, name)) for name in names)
    return [pair for pair in pairs if pair.before != pair.after]


def import_told(
    tables: tuple[Difference, ...], settings: tuple[Setting, ...]
) -> dict[str, dict[str, Any]]:
    """What the audit keeps of an import: rows, and settings of the policy, before and after."""
    told = rows_told(tables)
    if settings:
        policy = settings_told(settings)
        return {side: {**told[side], **policy[side]} for side in told}
    return told


def settings_told(settings: Iterable[Setting]) -> dict[str, dict[str, Any]]:
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
