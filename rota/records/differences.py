"""How two states of a unit differ, table by table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rota.domain.problem import Unit

TABLES = (
    "sites",
    "teams",
    "officers",
    "away",
    "duties",
    "appointments",
    "requests",
    "links",
    "closures",
)
"""The tables that people keep; what is published or locked is Rota's own."""

_KEYS: Mapping[str, Callable[[Any], Hashable]] = {
    "sites": lambda site: site.name,
    "teams": lambda team: team.name,
    "officers": lambda officer: officer.staff_no,
    "duties": lambda duty: (duty.date, duty.site, duty.skill),
    "closures": lambda closure: (closure.site, closure.date),
}
"""What names a row of a table; a row of any other table is named by all that it says."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What of a table is added, changed (before and after) and removed."""

    table: str
    added: tuple[Any, ...] = ()
    changed: tuple[tuple[Any, Any], ...] = ()
    removed: tuple[Any, ...] = ()


def differences(before: Unit, after: Unit) -> Iterator[Difference]:
    """The tables that differ; the order of rows is no difference."""
    for table in TABLES:
        difference = _difference(table, getattr(before, table), getattr(after, table))
        if difference.added or difference.changed or difference.removed:
            yield difference


def key_of(table: str, row: Any) -> Hashable:
    """What names the row in its table."""
    return _KEYS[table](row) if table in _KEYS else row


def is_named(table: str) -> bool:
    """Whether part of a row names it, so that the rest of it can change."""
    return table in _KEYS


def _difference(table: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Difference:
    was = dict(rows_by_name(table, before))
    shall_be = dict(rows_by_name(table, after))
    return Difference(
        table,
        added=tuple(row for name, row in shall_be.items() if name not in was),
        changed=tuple(
            (was[name], row) for name, row in shall_be.items() if name in was and was[name] != row
        ),
        removed=tuple(row for name, row in was.items() if name not in shall_be),
    )


def rows_by_name(table: str, rows: tuple[Any, ...]) -> Iterator[tuple[tuple[Hashable, int], Any]]:
    """Each row by its name, and by a number where several rows have that name."""
    times: dict[Hashable, int] = {}
    for row in rows:
        key = key_of(table, row)
        times[key] = times.get(key, 0) + 1
        yield (key, times[key]), row
