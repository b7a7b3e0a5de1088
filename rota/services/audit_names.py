"""Under which names the audit keeps what was there before and after a deed, and who reads each.

Rows of the unit's tables and settings of its policy are not among them: their columns and settings
say themselves who reads them.
"""

from __future__ import annotations

from collections.abc import Mapping

from rota.domain import Readers

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
    # Drafts
    "draft": _OVERSEERS,
    "revision": _OVERSEERS,
    "seats": _MANAGERS,
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
