"""Names that look like the same site, team or officer, and what is answered about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rota.domain import Unit
from rota.domain.naming import NAMES, name_of
from rota.errors import BadInput, Fault


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


def find_likely_pairs(before: Unit, theirs: Unit) -> tuple[Pair, ...]:
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
        yield Likeness.NAME, lambda row: (simplify_name(row.name), simplify_name(row.staff_no))
        yield Likeness.NAME, lambda row: simplify_name(row.name)
    yield Likeness.FORM, lambda row: simplify_name(name_of(table, row))


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


def simplify_name(name: str) -> str:
    """The name without leading zeros, capitals and spaces."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", "".join(name.casefold().split()))


def _one_letter_apart(table: str, gone: Sequence[Any], come: Sequence[Any]) -> Iterator[Pair]:
    """Rows whose names differ by a letter, where no other is as near."""
    near = [
        (old, new)
        for old in gone
        for new in come
        if is_one_letter_apart(
            simplify_name(name_of(table, old)), simplify_name(name_of(table, new))
        )
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


RENAME, SAME = "rename", "same"
"""To call what is stored as the file does, or to read the file's name as the stored one."""

ALL = "all"
"""What is typed in place of a pair: every pair that is sure."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far.

    `rename` has pairs of a stored name and the file's, which it gets; `same` pairs of the file's
    name and the stored one, which stays. `all_alike` is RENAME or SAME if that is the answer to all
    other pairs that are sure, else blank. With `over_records` the file also holds where people
    recorded something else since the last import.
    """

    rename: tuple[tuple[str, str], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    all_alike: str = ""
    over_records: bool = False

    @classmethod
    def of(cls, columns: Mapping[str, Any] | None) -> Answers:
        """The answers that JSON holds; none if it holds nothing."""
        columns = dict(columns or {})
        for name in (RENAME, SAME):
            columns[name] = tuple((first, second) for first, second in columns.get(name, ()))
        return cls(**columns)


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True)
class Decision:
    """That a stored row and one in the file are the same, and by which of the names."""

    table: str
    before: str
    after: str
    how: str


def decide_pairs(
    answers: Answers, pairs: Sequence[Pair], before: Unit, theirs: Unit
) -> tuple[Decision, ...]:
    """What the answers decide. Raises BadInput if one speaks of names that there are not."""
    faults: list[Fault] = []
    made = [*_decided(answers, pairs, before, theirs, faults)]
    for side in ("before", "after"):
        names = [(decision.table, getattr(decision, side)) for decision in made]
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
    given = [*((RENAME, *pair) for pair in answers.rename)]
    given += ((SAME, stored, in_file) for in_file, stored in answers.same)
    made: set[tuple[str, str]] = set()
    for how, old, new in given:
        tables = [name for name in NAMES if _is_choice(name, old, new, before, theirs)]
        made.update((table, old) for table in tables)
        yield from (Decision(table, old, new, how) for table in tables)
        if not tables:
            faults.append(_no_choice(how, old, new, before, theirs))
    if answers.all_alike:
        others = (pair for pair in pairs if pair.is_sure and (pair.table, pair.before) not in made)
        yield from (Decision(p.table, p.before, p.after, answers.all_alike) for p in others)


def _is_choice(table: str, old: str, new: str, before: Unit, theirs: Unit) -> bool:
    """Whether one is stored and not in the file, and the other in the file and not stored."""
    stored, in_file = _names(table, before), _names(table, theirs)
    return old in stored and old not in in_file and new in in_file and new not in stored


def _no_choice(how: str, old: str, new: str, before: Unit, theirs: Unit) -> Fault:
    given = f"{old}={new}" if how == RENAME else f"{new}={old}"
    for unit, name, place in ((before, old, "stored"), (theirs, new, "in the file")):
        if not any(name in _names(table, unit) for table in NAMES):
            misfit = f"does not fit: nothing {place} is called {name}"
            return Fault(f"--{how}", misfit, value=given)
    misfit = f"does not fit: {old} is in the file too, or {new} is stored already"
    return Fault(f"--{how}", misfit, value=given)


def _names(table: str, unit: Unit) -> set[str]:
    return {name_of(table, row) for row in getattr(unit, table)}


def parse_answers(*, rename: Iterable[str], same: Iterable[str], over_records: bool) -> Answers:
    """The answers that somebody typed: pairs such as 0101=101, and ALL for all that are alike."""
    typed = {RENAME: tuple(rename), SAME: tuple(same)}
    for_all = [how for how, texts in typed.items() if ALL in texts]
    faults = [
        Fault(f"--{how}", f"is neither a pair such as 0101=101 nor {ALL}", value=text)
        for how, texts in typed.items()
        for text in texts
        if text != ALL and not all(_pair(text))
    ]
    if len(for_all) > 1:
        faults.append(Fault(f"--{RENAME}", f"is for {ALL}, and so is --{SAME}; choose one"))
    if faults:
        raise BadInput(faults)
    pairs = {
        how: tuple(_pair(text) for text in texts if text != ALL) for how, texts in typed.items()
    }
    return Answers(**pairs, all_alike="".join(for_all), over_records=over_records)


def _pair(text: str) -> tuple[str, str]:
    first, _, second = text.partition("=")
    return first.strip(), second.strip()
