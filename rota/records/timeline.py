"""All terms of one officer, site or team in turn, and how some of them change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from rota.domain import EarlierTerms, Officer, Unit
from rota.records.naming import REFERRED_TO, name_of

LASTING = frozenset(name for table in REFERRED_TO.values() for name in table.lasting)
"""What is no term: it is the same at all times. Columns and attributes share these names."""


class Terms(NamedTuple):
    """A row, and the days on which it holds: from `since` on, and before `until`."""

    row: Any
    since: date
    until: date


Timeline = tuple[Terms, ...]
"""All terms of one officer, site or team, in turn."""


def read_timelines(unit: Unit, table: str) -> dict[str, Timeline]:
    """The terms of each officer, site or team, also of one that has been removed."""
    row_type = REFERRED_TO[table].row_type
    rows = {name_of(table, row): row for row in getattr(unit, table)}
    timelines: dict[str, list[Terms]] = {name: [] for name in rows}
    for each in sorted(unit.earlier, key=attrgetter("until")):
        if isinstance(each.row, row_type):
            of_one = timelines.setdefault(name_of(table, each.row), [])
            of_one.append(_hold_after(of_one, each.row, each.until))
    for name, row in rows.items():
        timelines[name].append(_hold_after(timelines[name], row, date.max))
    return {name: tuple(timeline) for name, timeline in timelines.items()}


def write_timelines(unit: Unit, timelines_by_table: Mapping[str, Iterable[Timeline]]) -> Unit:
    """The unit with these terms of all its officers, sites and teams."""
    tables, earlier = {}, []
    for table, timelines in timelines_by_table.items():
        every = [terms for timeline in timelines for terms in timeline]
        tables[table] = tuple(terms.row for terms in every if terms.until == date.max)
        earlier += [EarlierTerms(t.row, t.until) for t in every if t.until != date.max]
    return replace(unit, **tables, earlier=tuple(earlier))


def find_delta(before: Any, after: Any, day: date) -> Mapping[str, Any]:
    """What the row after has otherwise on that day than the one before."""
    before, after = begin_on(before, day), begin_on(after, day)
    return {
        field.name: getattr(after, field.name)
        for field in fields(after)
        if getattr(after, field.name) != getattr(before, field.name)
    }


def change_span(
    timeline: Timeline, delta: Mapping[str, Any], first: date, until: date = date.max
) -> Timeline:
    """The terms with these values from the first day on, and before `until`.

    What is no term changes at all times. The weeks of a pattern are counted from the first day.
    """
    lasting = {name: value for name, value in delta.items() if name in LASTING}
    of_span = {name: value for name, value in delta.items() if name not in LASTING}
    timeline = tuple(terms._replace(row=replace(terms.row, **lasting)) for terms in timeline)
    if not of_span:
        return timeline
    begins = date.min if is_before_start(timeline[0].row, first) else first
    return _join_alike(
        piece._replace(row=_replace_terms(piece.row, of_span, first))
        if begins <= piece.since < until
        else piece
        for terms in timeline
        for piece in _cut(terms, begins, until)
    )


def is_before_start(row: Any, day: date) -> bool:
    """Whether it is an officer who has not worked a day by then, so that there is no past yet."""
    return isinstance(row, Officer) and day <= row.start_date


def _replace_terms(row: Any, terms: Mapping[str, Any], first: date) -> Any:
    """The row with these terms; the weeks of a pattern among them are counted from the first."""
    if "working_days" in terms:
        pattern = terms["working_days"].count_from(row.since or row.start_date, first)
        terms = {**terms, "working_days": pattern}
    return replace(row, **terms)


def _cut(terms: Terms, *days: date) -> Iterator[Terms]:
    """The terms, in pieces that begin on these days."""
    within = sorted(day for day in days if terms.since < day < terms.until)
    starts = (terms.since, *within)
    for since, until in zip(starts, (*within, terms.until), strict=True):
        row = terms.row if since == terms.since else begin_on(terms.row, since)
        yield Terms(row, since, until)


def begin_on(row: Any, day: date | None) -> Any:
    """The terms from that day on; the weeks of a pattern take turns as before."""
    if isinstance(row, Officer):
        pattern = row.working_days.count_from(day or row.start_date, row.since or row.start_date)
        row = replace(row, working_days=pattern)
    return replace(row, since=day)


def _join_alike(timeline: Iterable[Terms]) -> Timeline:
    """The terms, those together that follow one another and are alike."""
    joined: list[Terms] = []
    for terms in timeline:
        before = joined[-1] if joined else None
        if before and before.until == terms.since and _are_alike(before.row, terms.row):
            joined[-1] = before._replace(until=terms.until)
        else:
            joined.append(terms)
    return tuple(joined)


def _are_alike(row: Any, later: Any) -> bool:
    return bool(begin_on(row, later.since) == later)


def _hold_after(timeline: Sequence[Terms], row: Any, until: date) -> Terms:
    """The terms of the row, which begin no earlier than those before them end."""
    ends = timeline[-1].until if timeline else date.min
    return Terms(row, max(find_start(row), ends) if timeline else date.min, until)


def find_start(row: Any) -> date:
    since: date | None = row.since
    return since or date.min
