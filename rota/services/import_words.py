"""How an import tells what it asks and what it leaves alone, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rota.domain import Away
from rota.moments import date_in_london
from rota.services.import_pairs import Pair
from rota.services.import_reliance import Going, Shrinking
from rota.services.since_import import SettingSince, Since
from rota.store.sources import PROGRAM, Source
from rota.writing import row_texts
from rota.writing.unit_rows import NAMING_OFFICERS


def pair_sentence(pair: Pair) -> str:
    """That one name would go and another come, which is perhaps the same."""
    old, new = called(pair.table, pair.stored), called(pair.table, pair.in_file)
    return (
        f"{pair.table}: {old} would go and {new} would come, {pair.likeness}. Maybe {pair.before}?"
    )


def going_sentence(its: Going) -> str:
    """That a row would go, with what hangs on it."""
    return f"{its.table}: {called(its.table, its.row)} would go, with {', '.join(_hanging(its))}."


def shrinking_sentence(its: Shrinking) -> str:
    """That a large part of a table would go."""
    return f"{its.table}: {its.gone} of {its.of} rows would go."


def since_sentence(its: Since, names: Mapping[str, str]) -> str:
    """What somebody recorded since the last import, and that it stays."""
    kept = its.kept
    row = described(kept.table, its.row, names)
    if not its.source.is_by_people and kept.mine == kept.last:
        return f"{kept.table}: {row} stays, since what was recorded since the last import needs it."
    if kept.mine is None:
        deed = f"{kept.table}: {row} was taken out since the last import"
        return f"{deed}{by(its.source)}; it stays out."
    if kept.last is None:
        return f"{kept.table}: {row} was recorded since the last import{by(its.source)}; it stays."
    return f"{kept.table}: {row} was changed since the last import{by(its.source)}; that stays."


def setting_sentence(its: SettingSince) -> str:
    """What somebody set since the last import, and that it stays."""
    name, stays = its.setting.name, its.setting.before
    return f"policy {name}: {stays} was set since the last import{by(its.source)}; it stays."


def by(source: Source) -> str:
    """By whom and when, as far as it is known, as a sentence goes on."""
    if source.by is None:
        return ""
    program = " with a program" if source.kind == PROGRAM else ""
    on = f" on {_day(date_in_london(source.at))}" if source.at else ""
    return f", by {source.by}{program}{on}"


def called(table: str, row: Any) -> str:
    """What people call a row that others name: an officer by name and number."""
    return str(row) if table == "officers" else str(row.name)


def described(table: str, row: Any, names: Mapping[str, str]) -> str:
    """The row in a few words; `names` are those of officers by staff number."""
    if table == "officers":
        return str(row)
    if isinstance(row, Away):
        last = "" if row.first == row.last else f" to {_day(row.last)}"
        return f"{names.get(row.staff_no, row.staff_no)}, {row.kind} {_day(row.first)}{last}"
    return ", ".join(_cells(table, row, names))


def _cells(table: str, row: Any, names: Mapping[str, str]) -> Iterator[str]:
    for column, cell in row_texts(table, row).items():
        if column in NAMING_OFFICERS:
            yield names.get(cell, cell)
        elif cell[:1].isdigit() and cell.count("-") == 2:
            yield _day(date.fromisoformat(cell))
        elif cell.isdigit():
            yield f"{column} {cell}"
        elif cell:
            yield cell


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _hanging(its: Going) -> Iterator[str]:
    if its.seats:
        yield f"{_counted(its.seats, 'published seat')} ({its.seats_to_come} to come)"
    counts = (("role", its.roles), ("calendar", its.calendars), ("open request", its.asks))
    for noun, number in (*counts, ("record", its.records)):
        if number:
            yield _counted(number, noun)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else f'{noun}s'}"
