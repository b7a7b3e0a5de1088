"""What an import would change, as pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rota.domain import say_sites
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
from rota.writing.row_sentences import name_row
from web.page_parts.words import day, place
from web.units.policy_words import LABELS
from web.units.record_words import NAMES, find_label, format_cell

MOST = 100
"""Rows of a part that are shown; the numbers count all."""


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row that is added, changed or removed, in words."""

    deed: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """What changes in a table, the policy or the rota: numbers, and the first lines."""

    name: str
    added_count: int
    changed_count: int
    removed_count: int
    lines: tuple[PreviewLine, ...]
    hidden: int


def build_parts(outcome: Import) -> tuple[PreviewPart, ...]:
    """Every part in which something changes."""
    return tuple(_list_parts(outcome))


def list_alarms(outcome: Import) -> tuple[str, ...]:
    """All that needs a yes, except the pairs of names, which have questions of their own."""
    open_pairs = len(outcome.open_pairs)
    return tuple(f"{_find_title(table)}: {text}" for table, text in outcome.alarms[open_pairs:])


def _find_title(table: str) -> str:
    return NAMES[table].all if table in NAMES else table.capitalize()


def list_recorded(outcome: Import) -> tuple[str, ...]:
    """What people have recorded since the last import and the file does not have."""
    is_undone = outcome.answers.over_records
    rows = (
        (NAMES[since.merged.table].all, tell_since(since, outcome.names, is_undone=is_undone))
        for since in outcome.since
    )
    settings = tuple(
        ("Policy", tell_setting(since, _find_setting_label(since.setting), is_undone=is_undone))
        for since in outcome.settings_since
    )
    if officer_days := outcome.seats_since:
        sentence = tell_seats(officer_days, outcome.names, is_undone=is_undone)
        settings = (*settings, (_find_title("rota"), sentence))
    return tuple(f"{name}: {sentence}" for name, sentence in (*rows, *settings))


def _list_parts(outcome: Import) -> Iterator[PreviewPart]:
    for table in outcome.differences:
        counts = (len(table.added_rows), len(table.changed_rows), len(table.removed_rows))
        yield _build_part(NAMES[table.table].all, *counts, [*_list_lines(table, outcome.names)])
    if outcome.pasts:
        names = [PreviewLine("Changed", name_row(*past)) for past in outcome.pasts]
        yield _build_part("Earlier and later terms", 0, len(names), 0, names)
    if outcome.settings:
        settings = [
            PreviewLine("Changed", _describe_setting(setting)) for setting in outcome.settings
        ]
        yield _build_part("Policy", 0, len(settings), 0, settings)
    published, back = outcome.published
    if published or back:
        lines = [
            PreviewLine("Published", _describe_seat(seat, outcome.names)) for seat in published
        ]
        lines += [PreviewLine("Taken back", _describe_seat(seat, outcome.names)) for seat in back]
        yield _build_part("Published rota", len(published), 0, len(back), lines)
    if outcome.history:
        added_seats, removed_seats = outcome.history
        lines = [PreviewLine("Removed", _describe_seat(s, outcome.names)) for s in removed_seats]
        lines += [PreviewLine("Added", _describe_seat(seat, outcome.names)) for seat in added_seats]
        yield _build_part("Earlier rotas", len(added_seats), 0, len(removed_seats), lines)


def _build_part(
    name: str,
    added_count: int,
    changed_count: int,
    removed_count: int,
    lines: Sequence[PreviewLine],
) -> PreviewPart:
    return PreviewPart(
        name,
        added_count,
        changed_count,
        removed_count,
        tuple(lines[:MOST]),
        max(len(lines) - MOST, 0),
    )


def _list_lines(difference: Difference, names: Mapping[str, str]) -> Iterator[PreviewLine]:
    """Removed rows first: they are what can hurt."""
    yield from (
        PreviewLine("Removed", _describe_row(difference.table, row, names))
        for row in difference.removed_rows
    )
    yield from (
        PreviewLine("Changed", _describe_change(difference.table, *pair, names))
        for pair in difference.changed_rows
    )
    yield from (
        PreviewLine("Added", _describe_row(difference.table, row, names))
        for row in difference.added_rows
    )


def _describe_row(table: str, row: object, names: Mapping[str, str]) -> str:
    """All cells of the row."""
    texts = row_texts(table, row).items()
    cells = (
        (find_label(table, name), format_cell(table, name, text, names))
        for name, text in texts
        if text
    )
    return ", ".join(f"{name}: {cell}" for name, cell in cells)


def _describe_change(table: str, before: object, after: object, names: Mapping[str, str]) -> str:
    """The key of the row, and the columns that change."""
    old_texts, new_texts = row_texts(table, before), row_texts(table, after)
    changes = (
        _write_change(
            find_label(table, name),
            *(format_cell(table, name, text, names) for text in (old, new_texts[name])),
        )
        for name, old in old_texts.items()
        if old != new_texts[name]
    )
    key = RECORD_TABLES[table].same_by or RECORD_TABLES[table].key or tuple(new_texts)[:3]
    key_texts = (format_cell(table, name, new_texts[name], names) for name in key)
    title = str(before) if table == "officers" else ", ".join(filter(None, key_texts))
    return f"{title}. {'; '.join(changes)}"


def _describe_setting(setting: ChangedSetting) -> str:
    return _write_change(
        _find_setting_label(setting), _write_value(setting.before), _write_value(setting.after)
    )


def _find_setting_label(setting: ChangedSetting) -> str:
    return LABELS.get(setting.name, setting.name.capitalize())


def _write_change(name: str, before: str, after: str) -> str:
    return f"{name}: {after or 'blank'} (was {before or 'blank'})"


def _describe_seat(seat: Any, names: Mapping[str, str]) -> str:
    name = names.get(seat.staff_no, seat.staff_no)
    return f"{name}, {day(seat.date)}, {place(say_sites([seat]))}"


def _write_value(value: object) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(map(_write_value, value)) or "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {weight}" for key, weight in value.items()) or "as usual"
    return str(value)
