"""Spells: rows of a table with a first and a last day, of which days can be taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from rota.domain import list_halves, without_halves

_DAY = timedelta(days=1)


def take_days_out(spells: Iterable[Any], days: Any, *, same: tuple[str, ...]) -> Iterator[Any]:
    """What remains of the spells without the days, or halves, where both have the `same` values."""
    for spell in spells:
        is_other = any(getattr(spell, name) != getattr(days, name) for name in same)
        rest = without_halves(spell.part, list_halves(days.part))
        if is_other or rest == spell.part or days.last < spell.first or spell.last < days.first:
            yield spell
            continue
        if spell.first < days.first:
            yield replace(spell, last=days.first - _DAY)
        if rest is not None:
            first, last = max(spell.first, days.first), min(spell.last, days.last)
            yield replace(spell, first=first, last=last, part=rest)
        if days.last < spell.last:
            yield replace(spell, first=days.last + _DAY)
