"""How terms of officers, sites and teams change from a day on, so that the past stays what it was.

The tables of a unit have the terms that last; those that held before are among its earlier ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from rota.domain import EarlierTerms, Unit
from rota.records.naming import REFERRED_TO, name_of
from rota.records.table import InputTable
from rota.records.timeline import (
    Terms,
    Timeline,
    begin_on,
    change_span,
    find_delta,
    find_start,
    read_timelines,
    write_timelines,
)


def arrange_terms(unit: Unit, rows_by_table: Mapping[str, Sequence[Any]]) -> Unit:
    """The unit with these rows, of which several may be the terms of one in turn."""
    tables: dict[str, tuple[Any, ...]] = {}
    earlier: list[EarlierTerms[Any]] = []
    for table, rows in rows_by_table.items():
        by_name: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            by_name[name_of(table, row)].append(row)
        in_turn = [sorted(of_one, key=find_start) for of_one in by_name.values()]
        tables[table] = tuple(of_one[-1] for of_one in in_turn)
        for of_one in in_turn:
            earlier += [EarlierTerms(row, find_start(after)) for row, after in pairwise(of_one)]
    return replace(unit, **tables, earlier=tuple(earlier))


def list_rows_with_terms(unit: Unit, table: InputTable) -> tuple[Any, ...]:
    """The rows of the table, each after those that held before it."""
    if table.name not in REFERRED_TO:
        return table.rows_of(unit)
    timelines = read_timelines(unit, table.name).values()
    lasting = (timeline for timeline in timelines if timeline[-1].until == date.max)
    return tuple(terms.row for timeline in lasting for terms in timeline)


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
