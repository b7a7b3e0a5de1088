"""A unit and its policy as an input folder, which reads as the very same unit and policy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from rota.domain import Policy, Unit, list_settings
from rota.reading import POLICY_SHEET
from rota.reading.folder import FILES, find_tables
from rota.records import TABLES, InputTable
from rota.records.terms import list_rows_with_terms
from rota.writing.spreadsheet import format_csv
from rota.writing.unit_rows import row_texts
from rota.writing.whole_file import write_together

_ALWAYS = ("start", "weeks")
"""Settings that are written even if they are the usual ones: they say what is planned."""

_BYTE_ORDER_MARK = "\ufeff"
"""By it spreadsheets know UTF-8; without it some would spoil Siân, and save her spoilt."""


def write_unit(folder: Path, unit: Unit, policy: Policy) -> None:
    """Write the folder, made if missing; tables of an earlier one that are empty now are removed.

    The unit is one that was read: a text that no input file may hold would be written as it is.
    Raises OSError if the folder or a file cannot be written, and then no table has changed;
    BadInput if it cannot be listed.
    """
    files = unit_files(unit, policy)
    folder.mkdir(parents=True, exist_ok=True)
    write_together({folder / name: text for name, text in files.items()})
    for names in find_tables(folder).claims.values():
        for name in set(names) - files.keys():
            (folder / name).unlink()


def unit_files(unit: Unit, policy: Policy) -> Mapping[str, str]:
    """The text of every file of the folder by its name."""
    return {FILES[name]: text for name, text in _texts(unit, policy)}


def _texts(unit: Unit, policy: Policy) -> Iterator[tuple[str, str]]:
    """Every file's text under the name of its table."""
    for table in TABLES:
        rows = list_rows_with_terms(unit, table)
        if rows or table.must:
            yield table.name, _BYTE_ORDER_MARK + _csv(table, rows)
    yield POLICY_SHEET.name, _toml(policy)


def _csv(table: InputTable, rows: Sequence[object]) -> str:
    texts = ([*row_texts(table.name, row).values()] for row in rows)
    return format_csv([column.name for column in table.columns], texts)


def _toml(policy: Policy) -> str:
    """The settings that are not the usual ones, tables last."""
    usual = Policy(start=policy.start)
    values = {name: getattr(policy, name) for name in list_settings()}
    settings_to_write = {n: v for n, v in values.items() if n in _ALWAYS or v != getattr(usual, n)}
    tables = {
        name: value for name, value in settings_to_write.items() if isinstance(value, Mapping)
    }
    lines = [
        *_lines({name: value for name, value in settings_to_write.items() if name not in tables})
    ]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *_lines(table)]
    return "".join(f"{line}\n" for line in lines)


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    return (f"{key} = {_toml_value(value)}" for key, value in values.items())


def _toml_value(value: Any) -> str:
    """A date, a list, a number, a truth or a text; JSON and TOML write all but dates alike."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml_value, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", r"\u007f")
