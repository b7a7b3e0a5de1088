"""Three states of a unit made one: as the last files had it, as people have it, as new files do.

What only one side has changed since is as that side has it. Where both have changed the same, it
stays as people have it, and is told.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from rota.domain import HOME, Unit
from rota.records.differences import number_rows
from rota.records.naming import REFERENCES, REFERRED_TO, name_of, names_in_attribute
from rota.records.unit_tables import BY_NAME, CLOSURES, RECORD_TABLES, SITES

_Rows = dict[tuple[Hashable, int], Any]
"""The rows of a table by what makes them the same row, and a number."""


class MergedRow(NamedTuple):
    """A row that people recorded, changed or took out, and that a file has otherwise.

    `last` is what the last file had, `recorded` what people made of it, `merged` what it becomes,
    and `in_file` what the file has; each is None where there is no such row.
    """

    table: str
    last: Any | None
    recorded: Any | None
    merged: Any | None
    in_file: Any | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The unit that comes of it, and the rows that are not as the files have them."""

    unit: Unit
    rows_of_people: tuple[MergedRow, ...]


def merge(last: Unit, recorded: Unit, in_file: Unit) -> Merged:
    """The unit as people have it (`recorded`) with what the files changed since the `last` ones.

    Rows of people about officers and sites that files take away go along.
    """
    tables = {name: _merge_table(name, last, recorded, in_file) for name in RECORD_TABLES}
    _leave_out_clashing_closures(tables, recorded)
    _mend_references(tables, recorded, in_file)
    names = _list_names(tables)
    for table, rows in tables.items():
        if table not in REFERRED_TO:
            tables[table] = {k: row for k, row in rows.items() if not _unknown(table, row, names)}
    unit = replace(in_file, **{name: tuple(rows.values()) for name, rows in tables.items()})
    return Merged(unit, tuple(_find_rows_of_people(last, recorded, unit, in_file)))


def merge_attributes(last: Any, recorded: Any, in_file: Any) -> Any:
    """The object of people with those attributes of the file that only the file has changed."""
    new_values = {
        field.name: getattr(in_file, field.name)
        for field in fields(in_file)
        if getattr(recorded, field.name) == getattr(last, field.name)
    }
    return replace(recorded, **new_values)


def _merge_table(table: str, *units: Unit) -> _Rows:
    last, recorded, in_file = (_rows_of(table, unit) for unit in units)
    merged = {
        key: _merge_row(last.get(key), recorded.get(key), in_file.get(key))
        for key in dict.fromkeys((*recorded, *in_file))
    }
    return {key: row for key, row in merged.items() if row is not None}


def _merge_row(last: Any, recorded: Any, in_file: Any) -> Any:
    if recorded == last:
        return in_file
    if in_file in (last, recorded) or None in (last, recorded, in_file):
        return recorded
    return merge_attributes(last, recorded, in_file)


def _leave_out_clashing_closures(tables: dict[str, _Rows], recorded: Unit) -> None:
    """Have no closure of a file that has other desks than people have for the site and day."""
    merged = tables[CLOSURES]
    of_people = [row for row in merged.values() if row in recorded.closures]
    tables[CLOSURES] = {
        key: row
        for key, row in merged.items()
        if row in of_people or not any(map(row.contradicts, of_people))
    }


def _mend_references(tables: dict[str, _Rows], recorded: Unit, in_file: Unit) -> None:
    """Have officers and teams name only what is there.

    What they name that is not there any more gives way to what the file says of them, or to
    nothing; a team or a site without which they could not be stays.
    """
    holders = [table for table in reversed(tuple(REFERRED_TO)) if table in REFERENCES]
    for holder in holders:
        names, rows_in_file = _list_names(tables), _rows_of(holder, in_file)
        for key, row in tables[holder].items():
            tables[holder][key] = _mend_row(holder, row, rows_in_file.get(key), names)
    for holder in holders:
        for table in dict.fromkeys(REFERENCES[holder].values()):
            if table != holder:
                _bring_back(tables, holder, table, recorded, in_file)


def _bring_back(
    tables: dict[str, _Rows], holder: str, table: str, recorded: Unit, in_file: Unit
) -> None:
    """Have the rows of the table that those of the holder name."""
    needed = {name for row in tables[holder].values() for name in _names(holder, row, table)}
    for key, row in {**_rows_of(table, in_file), **_rows_of(table, recorded)}.items():
        if name_of(table, row) in needed and key not in tables[table]:
            tables[table][key] = row


def _mend_row(table: str, row: Any, row_in_file: Any, names: Mapping[str, set[str]]) -> Any:
    new_values: dict[str, Any] = {}
    for attribute in _unknown(table, row, names):
        value = getattr(row if row_in_file is None else row_in_file, attribute)
        column = BY_NAME[table].attributes[attribute]
        there = names[column.refers_to or ""]
        if isinstance(value, tuple):
            value = tuple(name for name in value if name in there)
        elif not column.required and value not in there:
            value = column.blank
        new_values[attribute] = value
    return replace(row, **new_values)


def _unknown(table: str, row: Any, names: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The attributes of the row that name something that is not there."""
    return tuple(
        attribute
        for attribute, other in REFERENCES.get(table, {}).items()
        if not names[other].issuperset(names_in_attribute(row, attribute))
    )


def _names(holder: str, row: Any, table: str) -> Iterator[str]:
    for attribute, other in REFERENCES[holder].items():
        if other == table:
            yield from names_in_attribute(row, attribute)


def _list_names(tables: Mapping[str, _Rows]) -> Mapping[str, set[str]]:
    names = {
        table: {name_of(table, row) for row in tables[table].values()} for table in REFERRED_TO
    }
    return {**names, SITES: {HOME.name, *names[SITES]}}


def _rows_of(table: str, unit: Unit) -> _Rows:
    return dict(number_rows(table, RECORD_TABLES[table].rows_of(unit)))


def _find_rows_of_people(
    last: Unit, recorded: Unit, merged: Unit, in_file: Unit
) -> Iterator[MergedRow]:
    """Every row that is not as the files have it, because people have made it so."""
    for table in RECORD_TABLES:
        states = [_rows_of(table, unit) for unit in (last, recorded, merged, in_file)]
        _, of_people, after, of_file = states
        for key in dict.fromkeys((*of_people, *of_file)):
            if after.get(key) != of_file.get(key):
                yield MergedRow(table, *(rows.get(key) for rows in states))
