"""Which details of a change the audit keeps, under which names, and who may read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from rota.domain import Policy, PublishedSeat, Readers, Seat
from rota.records.differences import Difference
from rota.services.access.column_rights import AS_HEAD, ROWS, SETTINGS, is_readable, keep_readable
from rota.store.units.rows import columns_of

FOR_MANAGERS = "only for managers"

FOR_OPERATORS = "only for operators"

_POLICY = "policy"


def describe_seats(seats: Iterable[Seat | PublishedSeat]) -> list[dict[str, Any]]:
    """The seats as the audit keeps them; the part is told only where it is half a day."""
    rows = (seat._asdict() for seat in seats)
    return [{name: row[name] for name in row if name != "part" or row[name]} for row in rows]


def hide_from_heads(details: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The details of a deed in a unit without what heads may not read."""
    return details and {
        name: _hide_value_from_heads(name, value) for name, value in details.items()
    }


def hide_from_administrators(details: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The details of a deed in no unit without what administrators may not read."""
    readers = {Readers.ADMINISTRATORS}
    return details and {
        name: value if is_readable(name, OUTSIDE_UNITS, readers) else FOR_OPERATORS
        for name, value in details.items()
    }


def _hide_value_from_heads(name: str, value: Any) -> Any:
    """The value without what heads may not read; if that is all of it, a note that says so."""
    if name in ROWS and _is_list_of_rows(value):
        declared = ROWS[name]
        if not AS_HEAD.isdisjoint(declared.values()):
            return [keep_readable(row, declared, AS_HEAD) for row in value]
    elif name == _POLICY and isinstance(value, dict):
        return keep_readable(value, SETTINGS, AS_HEAD)
    elif is_readable(name, IN_UNITS, AS_HEAD):
        return value
    return _describe_hidden(value)


def _is_list_of_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _describe_hidden(value: Any) -> str:
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
    # Records and the policy, which hold from a day on
    "since": _OVERSEERS,
    "earlier": _OVERSEERS,
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
    """A setting of the policy that changes, with its value before and after."""

    name: str
    before: object
    after: object


def find_changed_settings(before: Policy, after: Policy) -> list[ChangedSetting]:
    """The settings in which two policies differ."""
    names = (field.name for field in fields(Policy))
    pairs = (ChangedSetting(name, getattr(before, name), getattr(after, name)) for name in names)
    return [pair for pair in pairs if pair.before != pair.after]


def build_import_details(
    tables: tuple[Difference, ...], settings: tuple[ChangedSetting, ...]
) -> dict[str, dict[str, Any]]:
    """The details of an import: rows, and settings of the policy, before and after."""
    details = build_row_details(tables)
    if settings:
        policy = build_setting_details(settings)
        return {side: {**details[side], **policy[side]} for side in details}
    return details


def build_setting_details(settings: Iterable[ChangedSetting]) -> dict[str, dict[str, Any]]:
    """The details of settings that change."""
    pairs = tuple(settings)
    return {
        "before": {"policy": {setting.name: setting.before for setting in pairs}},
        "after": {"policy": {setting.name: setting.after for setting in pairs}},
    }


def build_row_details(tables: tuple[Difference, ...]) -> dict[str, dict[str, Any]]:
    """The details of differences: the rows before and after, by table."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for table in tables:
        old_rows = [*table.removed_rows, *(row for row, _ in table.changed_rows)]
        new_rows = [*table.added_rows, *(row for _, row in table.changed_rows)]
        before |= {table.table: [columns_of(row) for row in old_rows]} if old_rows else {}
        after |= {table.table: [columns_of(row) for row in new_rows]} if new_rows else {}
    return {"before": before, "after": after}
