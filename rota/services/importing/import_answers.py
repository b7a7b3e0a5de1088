"""Names that look like the same site, team or officer, and what is answered about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rota.domain import Unit
from rota.errors import BadInput, Fault
from rota.records.look_alikes import Pair
from rota.records.naming import REFERRED_TO, name_of

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
