"""How terms of officers, sites and teams change from a day on, so that the past stays what it was.

The tables of a unit have the terms that last; those that held before are among its earlier ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from rota.domain import EarlierTerms, Officer, Unit
from rota.records.naming import REFERRED_TO, name_of
from rota.records.table import InputTable

_LASTING = frozenset(name for table in REFERRED_TO.values() for name in table.lasting)
"""What is no term: it is the same at all times. Columns and attributes share these names."""


class Terms(NamedTuple):
    """A row, and the days on which it holds: from `since` on, and before `until`."""

    row: Any
    since: date
    until: date


Timeline = tuple[Terms, ...]
"""All terms of one officer, site or team, in turn."""


def arrange_terms(unit: Unit, rows_by_table: Mapping[str, Sequence[Any]]) -> Unit:
    """The unit with these rows, of which several may be the terms of one in turn."""
    tables: dict[str, tuple[Any, ...]] = {}
    earlier: list[EarlierTerms[Any]] = []
    for table, rows in rows_by_table.items():
        by_name: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            by_name[name_of(table, row)].append(row)
        in_turn = [sorted(of_one, key=_find_start) for of_one in by_name.values()]
        tables[table] = tuple(of_one[-1] for of_one in in_turn)
        for of_one in in_turn:
            earlier += [EarlierTerms(row, _find_start(after)) for row, after in pairwise(of_one)]
    return replace(unit, **tables, earlier=tuple(earlier))


def list_rows_with_terms(unit: Unit, table: InputTable) -> tuple[Any, ...]:
    """The rows of the table, each after those that held before it."""
    if table.name not in REFERRED_TO:
        return table.rows_of(unit)
    timelines = read_timelines(unit, table.name).values()
    lasting = (timeline for timeline in timelines if timeline[-1].until == date.max)
    return tuple(terms.row for timeline in lasting for terms in timeline)


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


def hold_from(before: Unit, after: Unit, day: date, *, forgotten: Collection[str] = ()) -> Unit:
    """The unit after a change of its tables, whose terms hold from the day that each row tells.

    A row that tells none holds from `day` on. What is no term holds at all times. Who is removed
    was there until that day, unless they are to be forgotten.
    """
    return write_timelines(
        after,
        {table: list(_change_table(table, before, after, day, forgotten)) for table in REFERRED_TO},
    )


def _change_table(
    table: str, before: Unit, after: Unit, day: date, forgotten: Collection[str]
) -> Iterator[Timeline]:
    rows = {name_of(table, row): row for row in getattr(after, table)}
    timelines = read_timelines(before, table)
    for name, row in rows.items():
        timeline = timelines.pop(name, ())
        if timeline and timeline[-1].until == date.max:
            first = row.since or day
            yield change_span(timeline, find_delta(timeline[-1].row, row, first), first)
        elif timeline:
            yield *timeline, Terms(begin_on(row, day), day, date.max)
        else:
            yield (Terms(row, date.min, date.max),)
    for name, timeline in timelines.items():
        if name not in forgotten:
            yield tuple(
                terms._replace(until=min(terms.until, day))
                for terms in timeline
                if terms.since < day
            )


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
    lasting = {name: value for name, value in delta.items() if name in _LASTING}
    of_span = {name: value for name, value in delta.items() if name not in _LASTING}
    timeline = tuple(terms._replace(row=replace(terms.row, **lasting)) for terms in timeline)
    if not of_span:
        return timeline
    row = timeline[0].row
    begins = date.min if isinstance(row, Officer) and first <= row.start_date else first
    return _join_alike(
        piece._replace(row=_replace_terms(piece.row, of_span, first))
        if begins <= piece.since < until
        else piece
        for terms in timeline
        for piece in _cut(terms, begins, until)
    )


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
    return Terms(row, max(_find_start(row), ends) if timeline else date.min, until)


def _find_start(row: Any) -> date:
    since: date | None = row.since
    return since or date.min


def drop_start(table: str, row: Any) -> Any:
    """The row of a table as it is compared with what files say, which may tell no first day."""
    return begin_on(row, None) if table in REFERRED_TO else row


def drop_starts(unit: Unit) -> Unit:
    """The unit with its lasting terms alone, none of which tells from when it holds."""
    tables = {
        table: tuple(begin_on(row, None) for row in getattr(unit, table)) for table in REFERRED_TO
    }
    return replace(unit, **tables, earlier=())


def take_terms_of_files(last: Unit, recorded: Unit, in_files: Unit, day: date) -> Unit:
    """The unit as people have it (`recorded`), with the terms that files changed since the last.

    What the files tell of no day holds from `day` on. A term that people changed stays as they
    have it.
    """
    timelines_by_table: dict[str, Iterable[Timeline]] = {}
    for table in REFERRED_TO:
        before, now = read_timelines(last, table), read_timelines(in_files, table)
        timelines = read_timelines(recorded, table)
        for name, timeline in now.items():
            if name in before and name in timelines:
                timelines[name] = _change_as_files(before[name], timelines[name], timeline, day)
            elif name not in before and name not in timelines:
                timelines[name] = timeline
        timelines_by_table[table] = timelines.values()
    return write_timelines(recorded, timelines_by_table)


def _change_as_files(last: Timeline, recorded: Timeline, in_files: Timeline, day: date) -> Timeline:
    starts = sorted({day, *(terms.since for terms in (*last, *in_files))})
    for first, until in pairwise((*starts, date.max)):
        before, after = _find_on(last, first), _find_on(in_files, first)
        if after.since is None and first < day:
            continue
        of_people = find_delta(before, _find_on(recorded, first), first)
        delta = find_delta(before, after, first)
        of_files = {name: value for name, value in delta.items() if name not in of_people}
        recorded = change_span(recorded, of_files, first, until)
    return recorded


def _find_on(timeline: Timeline, day: date) -> Any:
    """The row that holds on the day, or the last before it."""
    return next((t.row for t in reversed(timeline) if t.since <= day), timeline[0].row)
