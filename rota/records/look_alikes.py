"""Names in two states of a unit that look like the same site, team or officer."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rota.domain import Unit
from rota.records.naming import REFERRED_TO, name_of


class Likeness(StrEnum):
    """In what two rows are alike, as a sentence goes on."""

    NAME = "of the same name"
    FORM = "which differs only in leading zeros, capitals or spaces"
    LETTER = "which differs in one letter"


@dataclass(frozen=True, slots=True)
class Pair:
    """A row that is stored but not in the file, and one in the file that is not stored."""

    table: str
    stored_row: Any
    file_row: Any
    likeness: Likeness

    @property
    def before(self) -> str:
        """What the stored row is called."""
        return name_of(self.table, self.stored_row)

    @property
    def after(self) -> str:
        """What the file calls its row."""
        return name_of(self.table, self.file_row)

    @property
    def is_sure(self) -> bool:
        """Whether it may be taken for the same along with others: officers by their own names."""
        if self.table == "officers":
            return self.likeness == Likeness.NAME
        return self.likeness == Likeness.FORM


def find_likely_pairs(before: Unit, in_files: Unit) -> tuple[Pair, ...]:
    """Every two rows that are perhaps the same; each row is in one pair at most."""
    return tuple(pair for table in REFERRED_TO for pair in _find_pairs(table, before, in_files))


def _find_pairs(table: str, before: Unit, in_files: Unit) -> Iterator[Pair]:
    stored_rows = {name_of(table, row): row for row in getattr(before, table)}
    file_rows = {name_of(table, row): row for row in getattr(in_files, table)}
    only_stored = [row for name, row in stored_rows.items() if name not in file_rows]
    only_in_file = [row for name, row in file_rows.items() if name not in stored_rows]
    for likeness, sign in _list_signs(table):
        for old, new in _match(only_stored, only_in_file, sign):
            only_stored.remove(old)
            only_in_file.remove(new)
            yield Pair(table, old, new, likeness)
    yield from _find_one_letter_apart(table, only_stored, only_in_file)


def _list_signs(table: str) -> Iterator[tuple[Likeness, Callable[[Any], object]]]:
    """What is compared, the surest first."""
    if table == "officers":
        yield Likeness.NAME, lambda row: (simplify_name(row.name), simplify_name(row.staff_no))
        yield Likeness.NAME, lambda row: simplify_name(row.name)
    yield Likeness.FORM, lambda row: simplify_name(name_of(table, row))


def _match(
    stored_rows: Sequence[Any], file_rows: Sequence[Any], sign: Callable[[Any], object]
) -> list[tuple[Any, Any]]:
    """Those with the same sign, if it is the sign of one row on each side."""
    olds, news = _group_by_sign(stored_rows, sign), _group_by_sign(file_rows, sign)
    once = [key for key, rows in olds.items() if len(rows) == len(news.get(key, ())) == 1]
    return [(olds[key][0], news[key][0]) for key in once]


def _group_by_sign(rows: Iterable[Any], sign: Callable[[Any], object]) -> dict[object, list[Any]]:
    signed: dict[object, list[Any]] = {}
    for row in rows:
        signed.setdefault(sign(row), []).append(row)
    return signed


def simplify_name(name: str) -> str:
    """The name without leading zeros, capitals and spaces."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", "".join(name.casefold().split()))


def _find_one_letter_apart(
    table: str, stored_rows: Sequence[Any], file_rows: Sequence[Any]
) -> Iterator[Pair]:
    """Rows whose names differ by a letter, where no other is as near."""

    def simplify(row: Any) -> str:
        return simplify_name(name_of(table, row))

    pairs = itertools.product(stored_rows, file_rows)
    near = [pair for pair in pairs if is_one_letter_apart(*map(simplify, pair))]
    for old, new in near:
        if sum(pair[0] is old for pair in near) == 1 and sum(pair[1] is new for pair in near) == 1:
            yield Pair(table, old, new, Likeness.LETTER)


def is_one_letter_apart(first: str, second: str) -> bool:
    """Whether a letter is changed, added, left out or exchanged with its neighbour."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    pairs = enumerate(zip(first, second, strict=False))
    position = next((n for n, (a, b) in pairs if a != b), None)
    if position is None:
        return True
    first_end, second_end = first[position:], second[position:]
    swapped = first_end[1:2] + first_end[:1] + first_end[2:]
    return second_end in (first_end[1:], swapped) or second_end[1:] in (first_end[1:], first_end)
