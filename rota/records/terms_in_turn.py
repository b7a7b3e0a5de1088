"""What the terms of one officer, site or team tell of each other: in what they differ, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from rota.domain import Unit
from rota.records.naming import REFERRED_TO
from rota.records.timeline import LASTING, Timeline, find_delta, is_before_start, read_timelines

_DAY = timedelta(days=1)


class TermsInTurn(NamedTuple):
    """Days on which terms hold, and the columns in which they differ from those before and after.

    Without a first day they held ever since, without a last day they have no end yet.
    """

    row: Any
    first: date | None
    last: date | None
    columns: tuple[str, ...]


def list_terms_in_turn(table: str, timeline: Timeline) -> tuple[TermsInTurn, ...]:
    """The terms in turn; none if there are no others than those that hold ever since."""
    deltas = [
        find_delta(before.row, after.row, after.since).keys() - LASTING
        for before, after in pairwise(timeline)
    ]
    return tuple(_build_terms(table, timeline, deltas)) if deltas else ()


def _build_terms(table: str, timeline: Timeline, deltas: list[set[str]]) -> Iterator[TermsInTurn]:
    around = zip([set(), *deltas], [*deltas, set()], strict=True)
    for terms, (from_before, from_after) in zip(timeline, around, strict=True):
        names = from_before | from_after
        yield TermsInTurn(
            row=terms.row,
            first=None if terms.since == date.min else terms.since,
            last=None if terms.until == date.max else terms.until - _DAY,
            columns=tuple(c.name for c in REFERRED_TO[table].columns if c.attribute in names),
        )


def find_other_pasts(before: Unit, after: Unit) -> tuple[tuple[str, Any], ...]:
    """The rows, with their tables, that are as before but had other terms earlier."""
    return tuple((table, row) for table in REFERRED_TO for row in _find_rows(table, before, after))


def _find_rows(table: str, before: Unit, after: Unit) -> Iterator[Any]:
    timelines = read_timelines(before, table)
    for name, in_turn in read_timelines(after, table).items():
        old, last = timelines.get(name), in_turn[-1]
        if old and old != in_turn and old[-1].row == last.row and last.until == date.max:
            yield last.row


def find_change_day(before: Any, after: Any, first: date) -> date | None:
    """From when what has changed holds, if it changes from that first day on.

    None if nothing has, or at all times: what is no term, and all before an officer's start.
    """
    is_of_terms = bool(find_delta(before, after, first).keys() - LASTING)
    return first if is_of_terms and not is_before_start(after, first) else None


def find_usual_first_day(row: Any, tomorrow: date) -> date:
    """From when a change of the row holds if nobody tells: tomorrow, or an officer's start."""
    return row.start_date if is_before_start(row, tomorrow) else tomorrow
