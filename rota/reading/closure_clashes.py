"""Closures that give one site different numbers of desks on the same half of a day."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator

from rota.domain import WHOLE_DAY, list_halves
from rota.errors import Fault
from rota.reading.duplicates import PART
from rota.reading.rows import CellRow
from rota.records import CLOSURES

_Place = tuple[int, CellRow]
"""A row and its place among the rows."""


def find_closure_clashes(rows: Iterable[CellRow]) -> Iterator[Fault]:
    """A fault for each row that clashes with an earlier one, which it names."""
    of_halves: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for place in enumerate(rows):
        row = place[1]
        if row.holds("site", "first", "last", "desks"):
            for half in list_halves(row.get(PART) or WHOLE_DAY):
                of_halves[row["site"], half].append(place)
    faults = [dict(_find_clashes(of_half)) for of_half in of_halves.values()]
    yield from (fault for _, fault in sorted(ChainMap(*faults).items()))


def _find_clashes(of_site: list[_Place]) -> Iterator[tuple[int, Fault]]:
    """The fault of the later of two rows that clash, with its place.

    Going through them by their first days, only two can clash with the next one: that which lasts
    longest, and that which lasts longest of those with another number of desks.
    """
    longest: list[_Place] = []
    for place in sorted(of_site, key=lambda place: (place[1]["first"], place[0])):
        row = place[1]
        for other in longest:
            if other[1]["desks"] != row["desks"] and row["first"] <= other[1]["last"]:
                earlier, later = sorted((other, place), key=lambda one: one[0])
                yield later[0], _build_fault(later[1], earlier[1], str(row["first"]))
        by_end = sorted([*longest, place], key=lambda one: one[1]["last"], reverse=True)
        others = (one for one in by_end if one[1]["desks"] != by_end[0][1]["desks"])
        longest = [by_end[0], *([rest] if (rest := next(others, None)) else [])]


def _build_fault(row: CellRow, earlier: CellRow, day: str) -> Fault:
    source = f"row {earlier.number}" if earlier.number else "what is recorded"
    sentence = f"contradicts {source}, which has {earlier['desks']} at {row['site']} on {day}"
    return Fault(CLOSURES, sentence, row.number, "desks", str(row["desks"]))
