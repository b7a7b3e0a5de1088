"""Names that an import would take away and bring that look like the same site, team or officer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rota.domain import Unit
from rota.domain.naming import NAMES, name_of


class Likeness(StrEnum):
    """In what two rows are alike, as a sentence goes on."""

    NAME = "of the same name"
    FORM = "which differs only in leading zeros, capitals or spaces"
    LETTER = "which differs in one letter"


@dataclass(frozen=True, slots=True)
class Pair:
    """A row that is stored but not in the file, and one in the file that is not stored."""

    table: str
    stored: Any
    in_file: Any
    likeness: Likeness

    @property
    def before(self) -> str:
        """What the stored row is called."""
        return name_of(self.table, self.stored)

    @property
    def after(self) -> str:
        """What the file calls its row."""
        return name_of(self.table, self.in_file)

    @property
    def is_sure(self) -> bool:
        """Whether it may be taken for the same along with others: officers by their own names."""
        if self.table == "officers":
            return self.likeness == Likeness.NAME
        return self.likeness == Likeness.FORM


def likely_pairs(before: Unit, theirs: Unit) -> tuple[Pair, ...]:
    """Every two rows that are perhaps the same; each row is in one pair at most."""
    return tuple(pair for table in NAMES for pair in _pairs(table, before, theirs))


def _pairs(table: str, before: Unit, theirs: Unit) -> Iterator[Pair]:
    stored = {name_of(table, row): row for row in getattr(before, table)}
    in_file = {name_of(table, row): row for row in getattr(theirs, table)}
    gone = [row for name, row in stored.items() if name not in in_file]
    come = [row for name, row in in_file.items() if name not in stored]
    for likeness, sign in _signs(table):
        for old, new in _alike(gone, come, sign):
            gone.remove(old)
            come.remove(new)
            yield Pair(table, old, new, likeness)
    yield from _one_letter_apart(table, gone, come)


def _signs(table: str) -> Iterator[tuple[Likeness, Callable[[Any], object]]]:
    """What is compared, the surest first."""
    if table == "officers":
        yield Likeness.NAME, lambda row: (plain(row.name), plain(row.staff_no))
        yield Likeness.NAME, lambda row: plain(row.name)
    yield Likeness.FORM, lambda row: plain(name_of(table, row))


def _alike(
    gone: Sequence[Any], come: Sequence[Any], sign: Callable[[Any], object]
) -> list[tuple[Any, Any]]:
    """Those with the same sign, if it is the sign of one row on each side."""
    olds, news = _by_sign(gone, sign), _by_sign(come, sign)
    return [
        (olds[each][0], news[each][0])
        for each in olds
        if len(olds[each]) == 1 and len(news.get(each, ())) == 1
    ]


def _by_sign(rows: Iterable[Any], sign: Callable[[Any], object]) -> dict[object, list[Any]]:
    signed: dict[object, list[Any]] = {}
    for row in rows:
        signed.setdefault(sign(row), []).append(row)
    return signed


def plain(name: str) -> str:
    """The name without leading zeros, capitals and spaces."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", "".join(name.casefold().split()))


def _one_letter_apart(table: str, gone: Sequence[Any], come: Sequence[Any]) -> Iterator[Pair]:
    """Rows whose names differ by a letter, where no other is as near."""
    near = [
        (old, new)
        for old in gone
        for new in come
        if is_one_letter_apart(plain(name_of(table, old)), plain(name_of(table, new)))
    ]
    for old, new in near:
        if sum(pair[0] is old for pair in near) == 1 and sum(pair[1] is new for pair in near) == 1:
            yield Pair(table, old, new, Likeness.LETTER)


def is_one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter is changed, added, left out or exchanged with its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if same is None:
        return True
    rest, other_rest = one[same:], other[same:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return (
        rest[1:] in (other_rest[1:], other_rest) or rest == other_rest[1:] or swapped == other_rest
    )
