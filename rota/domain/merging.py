"""Three states of a unit made one: as files last told it, as people have it, as files tell it now.

What only one side has changed since is as that side has it. Where both have changed the same, it
stays as people have it, and is told.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from rota.domain.differences import TABLES, rows_by_name
from rota.domain.naming import NAMES, NAMING, names_in_column
from rota.domain.problem import Unit
from rota.domain.sites import HOME

_Rows = dict[tuple[Hashable, int], Any]
"""The rows of a table by what names them."""


class MergedRow(NamedTuple):
    """A row that people recorded, changed or took out, and that a file tells otherwise.

    `last` is what the last file had, `mine` what people made of it, `merged` what it becomes, and
    `in_file` what the file has; each is None where there is no such row.
    """

    table: str
    last: Any | None
    mine: Any | None
    merged: Any | None
    in_file: Any | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The unit that comes of it, and where it is not what the files say."""

    unit: Unit
    kept: tuple[MergedRow, ...]


def merge(last: Unit, mine: Unit, theirs: Unit) -> Merged:
    """The unit of people (`mine`) with what files (`theirs`) changed since they told `last`.

    Rows of people about officers and sites that files take away go along.
    """
    tables = {name: _merged_table(name, last, mine, theirs) for name in TABLES}
    _mend_structure(tables, mine, theirs)
    known = _known(tables)
    for name in TABLES:
        if name not in NAMES:
            tables[name] = {
                key: row for key, row in tables[name].items() if not _unknown(name, row, known)
            }
    unit = replace(theirs, **{name: tuple(rows.values()) for name, rows in tables.items()})
    return Merged(unit, tuple(_kept(last, mine, unit, theirs)))


def blended(last: Any, mine: Any, theirs: Any) -> Any:
    """The row of people with those columns of the file that only the file has changed."""
    changed = {
        column.name: getattr(theirs, column.name)
        for column in fields(theirs)
        if getattr(mine, column.name) == getattr(last, column.name)
    }
    return replace(mine, **changed)


def _merged_table(name: str, last: Unit, mine: Unit, theirs: Unit) -> _Rows:
    before, here, there = (dict(rows_by_name(name, getattr(u, name))) for u in (last, mine, theirs))
    merged = {
        key: _merged_row(before.get(key), here.get(key), there.get(key))
        for key in dict.fromkeys((*here, *there))
    }
    return {key: row for key, row in merged.items() if row is not None}


def _merged_row(last: Any, mine: Any, theirs: Any) -> Any:
    if mine == last:
        return theirs
    if theirs in (last, mine) or None in (last, mine, theirs):
        return mine
    return blended(last, mine, theirs)


def _mend_structure(tables: dict[str, _Rows], mine: Unit, theirs: Unit) -> None:
    """Have officers and teams name only what is there.

    What they name that is gone gives way to what the file says of them, or to nothing; a team or a
    site without which they could not be stays.
    """
    for name in ("officers", "teams"):
        known, in_file = _known(tables), dict(rows_by_name(name, getattr(theirs, name)))
        for key, row in tables[name].items():
            tables[name][key] = _without_unknown(name, row, in_file.get(key), known)
    for name, needed in (("officers", "teams"), ("officers", "sites"), ("teams", "sites")):
        there = {
            **dict(rows_by_name(needed, getattr(theirs, needed))),
            **dict(rows_by_name(needed, getattr(mine, needed))),
        }
        wanted = {n for row in tables[name].values() for n in _names(name, row, needed)}
        for key, row in there.items():
            if key[0] in wanted and key not in tables[needed]:
                tables[needed][key] = row


def _without_unknown(name: str, row: Any, in_file: Any, known: Mapping[str, set[str]]) -> Any:
    changed: dict[str, Any] = {}
    for column in _unknown(name, row, known):
        value = getattr(row if in_file is None else in_file, column)
        if column == "mentor" and value not in known["officers"]:
            value = None
        if column == "other_sites":
            value = tuple(site for site in value if site in known["sites"])
        changed[column] = value
    return replace(row, **changed)


def _unknown(name: str, row: Any, known: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The columns of the row that name something that is not there."""
    return tuple(
        column
        for column, of in NAMING.get(name, {}).items()
        if not known[of].issuperset(names_in_column(row, column))
    )


def _names(name: str, row: Any, named: str) -> Iterator[str]:
    for column, of in NAMING[name].items():
        if of == named:
            yield from names_in_column(row, column)


def _known(tables: Mapping[str, _Rows]) -> Mapping[str, set[str]]:
    names = {
        name: {getattr(row, column) for row in tables[name].values()}
        for name, column in NAMES.items()
    }
    return {**names, "sites": {HOME.name, *names["sites"]}}


def _kept(last: Unit, mine: Unit, merged: Unit, theirs: Unit) -> Iterator[MergedRow]:
    """Every row that is not as the files say, because people have made it so."""
    for name in TABLES:
        before, here, now, there = (
            dict(rows_by_name(name, getattr(u, name))) for u in (last, mine, merged, theirs)
        )
        for key in dict.fromkeys((*here, *there)):
            if now.get(key) != there.get(key):
                yield MergedRow(name, before.get(key), here.get(key), now.get(key), there.get(key))
