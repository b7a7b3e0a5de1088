"""What was there before or after a deed, in lines that people can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

MOST = 20
"""Rows of a table that are told; a discarded draft may have thousands."""


class Part(NamedTuple):
    """A thing that was there, and what it was like, a line for each row."""

    name: str
    lines: tuple[str, ...]


def parts(told: Mapping[str, Any] | None) -> tuple[Part, ...]:
    """What is told, part by part."""
    return tuple(Part(_name(name), tuple(_lines(value))) for name, value in (told or {}).items())


def _lines(value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield _text(value)
        return
    yield from map(_text, value[:MOST])
    if len(value) > MOST:
        yield f"and {len(value) - MOST} more"


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{_name(name)}: {_text(its)}" for name, its in value.items())
    if isinstance(value, list):
        return "; ".join(map(_text, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None or value == "" else str(value)


def _name(name: str) -> str:
    return name.replace("_", " ")
