"""Cells that name officers, teams and sites of other tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rota.domain import HOME, OFFICE
from rota.errors import Fault
from rota.reading.name_guesses import AllowedNames, guess_name
from rota.reading.rows import CellRow, Rows
from rota.records import BY_NAME, SITES, TABLES, TEAMS, Column, Table


def find_unknown_names(tables: Mapping[str, Rows]) -> Iterator[Fault]:
    """A fault for each name that no row of its table bears, whatever else is wrong there.

    Where the table or its key cannot be read at all, nothing is known and nothing is said.
    """
    known_names = {
        table.name: _list_names(tables, table) for table in TABLES if table.is_referred_to
    }
    for table, column in _list_references(tables):
        names = known_names[column.refers_to or ""]
        if names is not None:
            for row in tables[table.name].rows:
                yield from _find_unknown(row, table, column, names)


def find_home_faults(tables: Mapping[str, Rows]) -> Iterator[Fault]:
    """Faults of rows that are half a site of their own and half home."""
    for row in _list_rows(tables, SITES):
        if row.get("site") == HOME.name:
            yield from _find_half_home(row)
        elif row.holds("site") and row.get("kind") == HOME.kind:
            sentence = f"is the kind of {HOME.name} alone"
            yield Fault(SITES, sentence, row.number, "kind", HOME.kind)


def find_teams_without_office(tables: Mapping[str, Rows]) -> Iterator[Fault]:
    """A fault for each team that is to meet at a site of another kind."""
    kinds = {row["site"]: row.get("kind") for row in _list_rows(tables, SITES) if row.holds("site")}
    for row in _list_rows(tables, TEAMS):
        office = row.get("office")
        kind = None if office in (None, HOME.name) else kinds.get(office)
        if kind and kind != OFFICE:
            sentence = f"is a site of the kind {kind}; a team meets at an {OFFICE}"
            yield Fault(TEAMS, sentence, row.number, "office", office)


def _list_references(tables: Mapping[str, Rows]) -> Iterator[tuple[Table, Column]]:
    present = (table for table in TABLES if table.name in tables)
    return ((table, column) for table in present for column in table.columns if column.refers_to)


def _list_rows(tables: Mapping[str, Rows], name: str) -> tuple[CellRow, ...]:
    return tables[name].rows if name in tables else ()


def _list_names(tables: Mapping[str, Rows], table: Table) -> AllowedNames | None:
    names = [row[table.key[0]] for row in _list_rows(tables, table.name) if row.holds(table.key[0])]
    if not names and (table.name not in tables or tables[table.name].faults):
        return None
    return AllowedNames(name for name in names if name != HOME.name)


def _find_unknown(
    row: CellRow, table: Table, column: Column, names: AllowedNames
) -> Iterator[Fault]:
    value = row.get(column.name)
    for name in value if isinstance(value, tuple) else (value,):
        if name is None or name in names or (column.home_too and name == HOME.name):
            continue
        if column.refers_to == SITES and name == HOME.name:
            yield Fault(table.name, "is not allowed here", row.number, column.name, name)
        else:
            sentence = f"is not a {BY_NAME[column.refers_to or ''].key_noun} here"
            maybe = names.guess(name) or (
                guess_name(name, [HOME.name]) if column.home_too else None
            )
            yield Fault(table.name, sentence, row.number, column.name, name, maybe)


def _find_half_home(row: CellRow) -> Iterator[Fault]:
    kind = row.get("kind")
    if kind and kind != HOME.kind:
        sentence = f"is kept for working at home; a site of the kind {kind} needs another name"
        yield Fault(SITES, sentence, row.number, "site", HOME.name)
    if row.get("desks") is not None:
        sentence = f"cannot be kept: {HOME.name} holds everyone; leave the cell blank"
        yield Fault(SITES, sentence, row.number, "desks", str(row["desks"]))
    if row.get("alone") is False:
        sentence = f"cannot be kept: whoever is at {HOME.name} is alone; leave the cell blank"
        yield Fault(SITES, sentence, row.number, "alone", "no")
    if row.get("office_percent") is not None:
        sentence = f"cannot be kept: nobody is based at {HOME.name}; leave the cell blank"
        yield Fault(SITES, sentence, row.number, "office_percent", str(row["office_percent"]))
