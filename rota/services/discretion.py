"""What those who oversee a unit, but do not manage all of it, may read of what was done there.

They see that leave or sickness was recorded, by whom and when, but not whose or of what kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OPEN = frozenset(
    {
        *("sites", "teams", "officers", "duties", "appointments", "closures", "policy"),
        *("run", "kind", "today", "period", "seconds", "seed"),
        *("version", "cause", "costs", "changes", "draft", "revision", "numbers"),
        *("user", "role", "unit", "team", "staff_no", "ended"),
    }
)
"""What may be read, under the names by which the audit keeps it; all else is for managers."""

_PRIVATE = {"office_percent", "email", "skills"}
"""Columns of a row that are for managers."""

FOR_MANAGERS = "only for managers"


def discreet(told: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What was there before or after a deed, without what only managers may know."""
    return told and {
        name: _open(value) if name in OPEN else _hidden(value) for name, value in told.items()
    }


def _open(value: Any) -> Any:
    if isinstance(value, list):
        return [_open(row) for row in value]
    if isinstance(value, dict):
        return {name: its for name, its in value.items() if name not in _PRIVATE}
    return value


def _hidden(value: Any) -> str:
    if not isinstance(value, list):
        return FOR_MANAGERS
    return f"{len(value)} {'row' if len(value) == 1 else 'rows'}, {FOR_MANAGERS}"
