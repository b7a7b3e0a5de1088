"""Every check of the tables, and the order in which faults are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rota.errors import Fault
from rota.reading.duplicates import contradictions
from rota.reading.mentors import mentor_circles
from rota.reading.number_cells import FEW
from rota.reading.references import home_rows, teams_without_office, unknown_names
from rota.reading.row_checks import dates_in_order, two_officers
from rota.reading.rows import Rows
from rota.records import OFFICERS, TABLES


def faults_of(tables: Mapping[str, Rows]) -> Iterator[Fault]:
    """Everything that is wrong with the tables, cell by cell and between cells."""
    for table in TABLES:
        if table.name in tables:
            rows = tables[table.name]
            yield from rows.faults
            yield from contradictions(rows.rows, table)
            yield from dates_in_order(rows.rows, table)
            yield from two_officers(rows.rows, table)
    yield from unknown_names(tables)
    yield from home_rows(tables)
    yield from teams_without_office(tables)
    if OFFICERS in tables:
        yield from mentor_circles(tables[OFFICERS].rows)


def summed(faults: Iterable[Fault]) -> list[Fault]:
    """The faults, those of one column that say the same of the same value told once."""
    rows: dict[Fault, list[int]] = {}
    for fault in faults:
        rows.setdefault(replace(fault, row=None), []).append(fault.row or 0)
    return [_of_rows(fault, numbers) for fault, numbers in rows.items()]


def _of_rows(fault: Fault, numbers: Sequence[int]) -> Fault:
    """The fault at the first of the rows, with the others named or, where they are many, counted.

    A fault that is in no row has the number 0.
    """
    first, *others = numbers
    also = f" (also in {_rows_in_words(others)})" if any(others) else ""
    return replace(fault, row=first or None, says=f"{fault.says}{also}")


def _rows_in_words(numbers: Sequence[int]) -> str:
    few = ", ".join(map(str, numbers[:FEW]))
    more = f" and {len(numbers) - FEW:,} more" if len(numbers) > FEW else ""
    return f"row{'' if len(numbers) == 1 else 's'} {few}{more}"


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """By table, row and column, as one goes through the files; what is in no table is last."""
    tables = {table.name: n for n, table in enumerate(TABLES)}
    columns = {(t.name, c.name): n for t in TABLES for n, c in enumerate(t.columns)}

    def position(fault: Fault) -> tuple[int, int, int]:
        column = columns.get((fault.place, fault.column or ""), -1)
        return tables.get(fault.place, len(tables)), fault.row or 0, column

    return sorted(faults, key=position)
