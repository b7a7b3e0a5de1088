"""What is answered to what an import asks: which names mean the same, and what may be undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rota.domain import Unit
from rota.domain.naming import NAMES, name_of
from rota.errors import BadInput, Fault
from rota.services.import_pairs import Pair

RENAME, SAME = "rename", "same"
"""To call what is stored as the file does, or to read the file's name as the stored one."""

ALL = "all"
"""In place of a pair: every pair that is sure."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far.

    `rename` has pairs of a stored name and the file's, which it gets; `same` pairs of the file's
    name and the stored one, which stays. Either may be ALL. With `over_records` the file also holds
    where people recorded something else since the last import.
    """

    rename: tuple[tuple[str, str], ...] | str = ()
    same: tuple[tuple[str, str], ...] | str = ()
    over_records: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        """The answers as JSON can hold them."""
        return {
            name: its if isinstance(its, str | bool) else [list(pair) for pair in its]
            for name in self.__slots__
            for its in [getattr(self, name)]
        }

    @classmethod
    def of(cls, columns: Mapping[str, Any] | None) -> Answers:
        """The answers that JSON holds; none if it holds nothing."""
        return cls(
            **{
                name: its if isinstance(its, str | bool) else tuple(tuple(pair) for pair in its)
                for name, its in (columns or {}).items()
            }
        )


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True)
class Decision:
    """That a stored row and one in the file are the same, and by which of the names."""

    table: str
    before: str
    after: str
    how: str


def decided(
    answers: Answers, pairs: Sequence[Pair], before: Unit, theirs: Unit
) -> tuple[Decision, ...]:
    """What the answers decide. Raises BadInput if one speaks of names that there are not."""
    faults: list[Fault] = []
    made = [*_decided(answers, pairs, before, theirs, faults)]
    for side in ("before", "after"):
        names = [(its.table, getattr(its, side)) for its in made]
        faults += (
            Fault(f"--{RENAME}", "is in two answers", value=name)
            for table, name in dict.fromkeys(names)
            if names.count((table, name)) > 1
        )
    if faults:
        raise BadInput(faults)
    return tuple(made)


def _decided(
    answers: Answers, pairs: Sequence[Pair], before: Unit, theirs: Unit, faults: list[Fault]
) -> Iterator[Decision]:
    for how, given in ((RENAME, answers.rename), (SAME, answers.same)):
        if isinstance(given, str):
            yield from (Decision(p.table, p.before, p.after, how) for p in pairs if p.is_sure)
            continue
        for pair in given:
            old, new = pair if how == RENAME else pair[::-1]
            tables = [name for name in NAMES if _is_choice(name, old, new, before, theirs)]
            if tables:
                yield Decision(tables[0], old, new, how)
            else:
                faults.append(_no_choice(how, old, new, before, theirs))


def _is_choice(table: str, old: str, new: str, before: Unit, theirs: Unit) -> bool:
    """Whether one is stored and not in the file, and the other in the file and not stored."""
    stored, in_file = _names(table, before), _names(table, theirs)
    return old in stored and old not in in_file and new in in_file and new not in stored


def _no_choice(how: str, old: str, new: str, before: Unit, theirs: Unit) -> Fault:
    given = f"{old}={new}" if how == RENAME else f"{new}={old}"
    for unit, name, place in ((before, old, "stored"), (theirs, new, "in the file")):
        if not any(name in _names(table, unit) for table in NAMES):
            says = f"does not fit: nothing {place} is called {name}"
            return Fault(f"--{how}", says, value=given)
    says = f"does not fit: {old} is in the file too, or {new} is stored already"
    return Fault(f"--{how}", says, value=given)


def _names(table: str, unit: Unit) -> set[str]:
    return {name_of(table, row) for row in getattr(unit, table)}


def parse_pairs(option: str, given: Iterable[str]) -> tuple[tuple[str, str], ...] | str:
    """The pairs that somebody typed, such as 0101=101; ALL where one of them says so."""
    texts = tuple(given)
    if ALL in texts:
        return ALL
    pairs = tuple(tuple(part.strip() for part in text.partition("=")[::2]) for text in texts)
    faults = [
        Fault(f"--{option}", f"is neither a pair such as 0101=101 nor {ALL}", value=text)
        for text, pair in zip(texts, pairs, strict=True)
        if not all(pair)
    ]
    if faults:
        raise BadInput(faults)
    return tuple((first, second) for first, second in pairs)
