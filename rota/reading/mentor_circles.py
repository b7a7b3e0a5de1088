"""Who mentors whom, on the terms that last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rota.errors import Fault
from rota.reading.rows import CellRow
from rota.records import OFFICERS
from rota.records.table import SINCE

_MOST_NAMED = 6


def find_mentor_circles(rows: Iterable[CellRow]) -> Iterator[Fault]:
    """One fault for each circle of two or more, at its first row."""
    officers: dict[str, CellRow] = {}
    for row in sorted(rows, key=lambda row: row.get(SINCE) or date.min):
        if row.holds("staff_no"):
            officers[row["staff_no"]] = row
    mentors = {staff_no: row.get("mentor") for staff_no, row in officers.items()}
    for circle in _find_circles(mentors):
        if len(circle) > 1:
            row = min((officers[staff_no] for staff_no in circle), key=lambda row: row.number)
            at = circle.index(row["staff_no"])
            turned = [*circle[at:], *circle[: at + 1]]
            sentence = f"ends in a circle of mentors ({_say_circle(turned)})"
            yield Fault(OFFICERS, sentence, row.number, "mentor", row["mentor"])


def _find_circles(mentors: Mapping[str, str | None]) -> Iterator[Sequence[str]]:
    """Every circle once, each officer followed by their mentor."""
    visited: set[str] = set()
    for staff_no in mentors:
        chain: dict[str, int] = {}
        while staff_no in mentors and staff_no not in visited:
            visited.add(staff_no)
            chain[staff_no] = len(chain)
            staff_no = mentors[staff_no] or ""
        if staff_no in chain:
            yield [*chain][chain[staff_no] :]


def _say_circle(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[: _MOST_NAMED - 2])}, …, {names[-1]}"
