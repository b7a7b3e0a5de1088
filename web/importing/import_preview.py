"""What an import would change, as pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rota.records import RECORD_TABLES
from rota.records.differences import Difference
from rota.services.access.audit_details import ChangedSetting
from rota.services.importing.import_outcome import (
    Import,
    tell_seats,
    tell_setting,
    tell_since,
)
from rota.writing import row_texts
from web.page_parts.words import day, place
from web.units.policy_words import LABELS
from web.units.record_words import NAMES, label, shown

MOST = 100
"""Rows of a part that are shown; the numbers count all."""


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row that is added, changed or removed, in words."""

    deed: str
    says: str


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """What changes in a table, the policy or the rota: numbers, and the first lines."""

    name: str
    added: int
    changed: int
    removed: int
    lines: tuple[PreviewLine, ...]
    hidden: int


def parts(told: Import) -> tuple[PreviewPart, ...]:
    """Every part in which something changes."""
    return tuple(_parts(told))


def alarms(told: Import) -> tuple[str, ...]:
    """All that needs a yes, but for the pairs of names, which are asked by themselves."""
    open_pairs = len(told.open_pairs)
    return tuple(f"{_title(table)}: {text}" for table, text in told.alarms[open_pairs:])


def _title(table: str) -> str:
    return NAMES[table].all if table in NAMES else table.capitalize()


def recorded(told: Import) -> tuple[str, ...]:
    """What people recorded since the last import and the file does not tell."""
    is_undone = told.answers.over_records
    rows = (
        (NAMES[since.merged.table].all, tell_since(since, told.names, is_undone=is_undone))
        for since in told.since
    )
    settings = tuple(
        ("Policy", tell_setting(since, _label(since.setting), is_undone=is_undone))
        for since in told.settings_since
    )
    if places := told.seats_since:
        sentence = tell_seats(places, told.names, is_undone=is_undone)
        settings = (*settings, (_title("rota"), sentence))
    return tuple(f"{name}: {sentence}" for name, sentence in (*rows, *settings))


def _parts(told: Import) -> Iterator[PreviewPart]:
    for table in told.differences:
        counts = (len(table.added), len(table.changed), len(table.removed))
        yield _part(NAMES[table.table].all, *counts, [*_lines(table, told.names)])
    if told.settings:
        settings = [PreviewLine("Changed", _setting(its)) for its in told.settings]
        yield _part("Policy", 0, len(settings), 0, settings)
    published, back = told.published
    if published or back:
        lines = [PreviewLine("Published", _seat(seat, told.names)) for seat in published]
        lines += [PreviewLine("Taken back", _seat(seat, told.names)) for seat in back]
        yield _part("Published rota", len(published), 0, len(back), lines)


def _part(
    name: str, added: int, changed: int, removed: int, lines: Sequence[PreviewLine]
) -> PreviewPart:
    return PreviewPart(
        name, added, changed, removed, tuple(lines[:MOST]), max(len(lines) - MOST, 0)
    )


def _lines(its: Difference, names: Mapping[str, str]) -> Iterator[PreviewLine]:
    """Removed rows first: they are what can hurt."""
    yield from (PreviewLine("Removed", _whole(its.table, row, names)) for row in its.removed)
    yield from (PreviewLine("Changed", _changed(its.table, *pair, names)) for pair in its.changed)
    yield from (PreviewLine("Added", _whole(its.table, row, names)) for row in its.added)


def _whole(table: str, row: object, names: Mapping[str, str]) -> str:
    """All that the row says."""
    texts = row_texts(table, row).items()
    cells = ((label(table, name), shown(table, name, text, names)) for name, text in texts if text)
    return ", ".join(f"{name}: {cell}" for name, cell in cells)


def _changed(table: str, before: object, after: object, names: Mapping[str, str]) -> str:
    """What names the row, and the columns that say something else now."""
    was, now = row_texts(table, before), row_texts(table, after)
    changed = (
        _became(label(table, name), *(shown(table, name, text, names) for text in (old, now[name])))
        for name, old in was.items()
        if old != now[name]
    )
    key = RECORD_TABLES[table].key or tuple(now)[:3]
    named = (shown(table, name, now[name], names) for name in key)
    called = str(before) if table == "officers" else ", ".join(filter(None, named))
    return f"{called}. {'; '.join(changed)}"


def _setting(its: ChangedSetting) -> str:
    return _became(_label(its), _value(its.before), _value(its.after))


def _label(its: ChangedSetting) -> str:
    return LABELS.get(its.name, its.name.capitalize())


def _became(name: str, before: str, after: str) -> str:
    return f"{name}: {after or 'blank'} (was {before or 'blank'})"


def _seat(seat: Any, names: Mapping[str, str]) -> str:
    who = names.get(seat.staff_no, seat.staff_no)
    return f"{who}, {day(seat.date)}, {place(seat.site)}"


def _value(value: object) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {weight}" for key, weight in value.items()) or "as usual"
    return str(value)
