"""Names that look like the same site, team or officer, and what is answered about them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rota.domain import Unit
from rota.errors import BadInput, Fault
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
    recorded something else since the last import. Terms that change, and of which the file tells no
    day, hold `since` that one in ISO 8601; blank is tomorrow.
    """

    rename: tuple[tuple[str, str], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    all_alike: str = ""
    over_records: bool = False
    since: str = ""

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
    answer: str


def decide_pairs(
    answers: Answers, pairs: Sequence[Pair], before: Unit, in_files: Unit
) -> tuple[Decision, ...]:
    """What the answers decide. Raises BadInput if one speaks of names that there are not."""
    faults: list[Fault] = []
    decisions = [*_make_decisions(answers, pairs, before, in_files, faults)]
    for side in ("before", "after"):
        names = [(decision.table, getattr(decision, side)) for decision in decisions]
        faults += (
            Fault(f"--{RENAME}", "is in two answers", value=name)
            for table, name in dict.fromkeys(names)
            if names.count((table, name)) > 1
        )
    if faults:
        raise BadInput(faults)
    return tuple(decisions)


def _make_decisions(
    answers: Answers, pairs: Sequence[Pair], before: Unit, in_files: Unit, faults: list[Fault]
) -> Iterator[Decision]:
    answered_pairs = [*((RENAME, *pair) for pair in answers.rename)]
    answered_pairs += ((SAME, stored_name, file_name) for file_name, stored_name in answers.same)
    decided: set[tuple[str, str]] = set()
    for answer, old, new in answered_pairs:
        tables = [name for name in REFERRED_TO if _is_choice(name, old, new, before, in_files)]
        decided.update((table, old) for table in tables)
        yield from (Decision(table, old, new, answer) for table in tables)
        if not tables:
            faults.append(_describe_misfit(answer, old, new, before, in_files))
    if answers.all_alike:
        sure = (p for p in pairs if p.is_sure and (p.table, p.before) not in decided)
        yield from (Decision(p.table, p.before, p.after, answers.all_alike) for p in sure)


def _is_choice(table: str, old: str, new: str, before: Unit, in_files: Unit) -> bool:
    """Whether one is stored and not in the file, and the other in the file and not stored."""
    stored_names, file_names = _list_names(table, before), _list_names(table, in_files)
    is_old_stored_only = old in stored_names and old not in file_names
    return is_old_stored_only and new in file_names and new not in stored_names


def _describe_misfit(answer: str, old: str, new: str, before: Unit, in_files: Unit) -> Fault:
    value = f"{old}={new}" if answer == RENAME else f"{new}={old}"
    for unit, name, holder in ((before, old, "stored"), (in_files, new, "in the file")):
        if not any(name in _list_names(table, unit) for table in REFERRED_TO):
            misfit = f"does not fit: nothing {holder} is called {name}"
            return Fault(f"--{answer}", misfit, value=value)
    misfit = f"does not fit: {old} is in the file too, or {new} is stored already"
    return Fault(f"--{answer}", misfit, value=value)


def _list_names(table: str, unit: Unit) -> set[str]:
    return {name_of(table, row) for row in getattr(unit, table)}


def parse_answers(
    *,
    rename: Iterable[str],
    same: Iterable[str],
    over_records: bool,
    since: date | None = None,
) -> Answers:
    """The answers that somebody typed: pairs such as 0101=101, and ALL for all that are alike."""
    typed = {RENAME: tuple(rename), SAME: tuple(same)}
    for_all = [answer for answer, texts in typed.items() if ALL in texts]
    faults = [
        Fault(f"--{answer}", f"is neither a pair such as 0101=101 nor {ALL}", value=text)
        for answer, texts in typed.items()
        for text in texts
        if text != ALL and not all(_split_pair(text))
    ]
    if len(for_all) > 1:
        faults.append(Fault(f"--{RENAME}", f"is for {ALL}, and so is --{SAME}; choose one"))
    if faults:
        raise BadInput(faults)
    pairs = {
        answer: tuple(_split_pair(text) for text in texts if text != ALL)
        for answer, texts in typed.items()
    }
    return Answers(
        **pairs,
        all_alike="".join(for_all),
        over_records=over_records,
        since=since.isoformat() if since else "",
    )


def _split_pair(text: str) -> tuple[str, str]:
    first, _, second = text.partition("=")
    return first.strip(), second.strip()
