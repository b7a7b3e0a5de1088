"""What was there before or after a deed, in lines that people can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rota.domain import WEEKDAYS, WHOLE_DAY

MOST = 20
"""Rows of a table that are told; a discarded draft may have thousands."""


class AuditPart(NamedTuple):
    """A thing that was there, and what it was like, a line for each row."""

    name: str
    lines: tuple[str, ...]


CalledNames = Mapping[str, Mapping[Any, str]]
"""What values are called in place of what is kept, by the name under which they are kept."""

_KNOWN: CalledNames = {"working_days": dict(enumerate(WEEKDAYS))}
"""Those that nobody needs to look up."""

_WHOLE_DAYS = ("part", WHOLE_DAY)
"""What goes without saying of a row."""


def list_audit_parts(
    details: Mapping[str, Any] | None, called: CalledNames | None = None
) -> tuple[AuditPart, ...]:
    """What is kept, part by part."""
    known_names = {**_KNOWN, **(called or {})}
    return tuple(
        AuditPart(_format_name(name), tuple(_format_lines(name, value, known_names)))
        for name, value in (details or {}).items()
    )


def _format_lines(name: str, value: Any, called: CalledNames) -> Iterator[str]:
    if not isinstance(value, list):
        yield _format_value(name, value, called)
        return
    yield from (_format_value(name, row, called) for row in value[:MOST])
    if len(value) > MOST:
        yield f"and {len(value) - MOST} more"


def _format_value(name: str, value: Any, called: CalledNames) -> str:
    if isinstance(value, dict):
        return ", ".join(_format_cells(value, called)) or "none"
    if isinstance(value, list):
        return "; ".join(_format_value(name, each, called) for each in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "":
        return "none"
    return called.get(name, {}).get(value, str(value))


def _format_cells(row: Mapping[str, Any], called: CalledNames) -> Iterator[str]:
    """The cells of a row; the number of one that tells a name itself stands as it is."""
    for name, value in row.items():
        if (name, value) == _WHOLE_DAYS:
            continue
        is_own_number = name == "staff_no" and "name" in row
        yield f"{_format_name(name)}: {_format_value(name, value, {} if is_own_number else called)}"


def _format_name(name: str) -> str:
    return name.replace("_", " ")
