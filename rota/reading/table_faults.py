"""Every check of the tables, and the order in which faults are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rota.errors import Fault
from rota.reading.closure_clashes import find_closure_clashes
from rota.reading.duplicates import find_contradictions, find_lasting_differences
from rota.reading.mentor_circles import find_mentor_circles
from rota.reading.number_cells import FEW
from rota.reading.references import find_home_faults, find_teams_without_office, find_unknown_names
from rota.reading.row_checks import (
    find_officer_twice,
    find_recurrence_faults,
    find_reversed_dates,
)
from rota.reading.rows import Rows
from rota.records import CLOSURES, OFFICERS, TABLES


def find_faults(tables: Mapping[str, Rows]) -> Iterator[Fault]:
    """Everything that is wrong with the tables, cell by cell and between cells."""
    for table in TABLES:
        if table.name in tables:
            rows = tables[table.name]
            yield from rows.faults
            yield from find_contradictions(rows.rows, table)
            yield from find_lasting_differences(rows.rows, table)
            yield from find_reversed_dates(rows.rows, table)
            yield from find_officer_twice(rows.rows, table)
            yield from find_recurrence_faults(rows.rows, table)
    yield from find_unknown_names(tables)
    yield from find_home_faults(tables)
    yield from find_teams_without_office(tables)
    if CLOSURES in tables:
        yield from find_closure_clashes(tables[CLOSURES].rows)
    if OFFICERS in tables:
        yield from find_mentor_circles(tables[OFFICERS].rows)


def sum_up_faults(faults: Iterable[Fault]) -> list[Fault]:
    """The faults, those of one column that say the same of the same value told once."""
    rows: dict[Fault, list[int]] = {}
    for fault in faults:
        rows.setdefault(replace(fault, row=None), []).append(fault.row or 0)
    return [_name_rows(fault, numbers) for fault, numbers in rows.items()]


def _name_rows(fault: Fault, numbers: Sequence[int]) -> Fault:
    """The fault at the first of the rows, with the others named or, where they are many, counted.

    A fault that is in no row has the number 0.
    """
    first, *others = numbers
    also = f" (also in {_say_rows(others)})" if any(others) else ""
    return replace(fault, row=first or None, says=f"{fault.says}{also}")


def _say_rows(numbers: Sequence[int]) -> str:
    few = ", ".join(map(str, numbers[:FEW]))
    more = f" and {len(numbers) - FEW:,} more" if len(numbers) > FEW else ""
    return f"row{'' if len(numbers) == 1 else 's'} {few}{more}"


def sort_faults(faults: Iterable[Fault]) -> list[Fault]:
    """By table, row and column, as one goes through the files; what is in no table is last."""
    tables = {table.name: n for n, table in enumerate(TABLES)}
    columns = {(t.name, c.name): n for t in TABLES for n, c in enumerate(t.given_columns)}

    def position(fault: Fault) -> tuple[int, int, int]:
        column = columns.get((fault.place, fault.column or ""), -1)
        return tables.get(fault.place, len(tables)), fault.row or 0, column

    return sorted(faults, key=position)
