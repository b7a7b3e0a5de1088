"""The days that somebody works: weekdays or halves of them, perhaps by weeks in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rota.domain import WEEKDAYS, WHOLE_DAY, WorkingPattern, join_halves
from rota.reading.cells import NO_VALUE, WEEKDAY, Cell, read_each, refuse
from rota.reading.part_cells import read_half
from rota.reading.weekdays import find_words, guess_all_weekdays

MOST_WEEKS = 12
"""Weeks that may take turns; more are hardly meant."""

_IN_TURN = re.compile(r"(?:^|\s)/(?=\s|$)")
_FREE = NO_VALUE | {"off", "free"}
"""What stands for a week in which no day is worked."""


def _read_pattern(text: str) -> WorkingPattern:
    weeks = [week.strip() for week in _IN_TURN.split(text)]
    if len(weeks) > MOST_WEEKS:
        refuse(text, reason=f"has {len(weeks)} weeks in turn; at most {MOST_WEEKS} are read")
    if len(weeks) > 1 and "" in weeks:
        refuse(text, reason="has a week without days; write - for a week that is free")
    pattern = WorkingPattern(tuple(_read_week(week) for week in weeks))
    return pattern if pattern.weekdays else refuse(text)


def _read_week(text: str) -> tuple[tuple[int, str], ...]:
    if text.casefold() in _FREE:
        return ()
    if maybe := guess_all_weekdays(text):
        refuse(text, maybe=maybe)
    words = _find_days(text)
    days = read_each(WEEKDAY, [day for day, _ in words])
    parts: dict[str, set[str]] = {}
    for day, (_, part) in zip(days, words, strict=True):
        parts.setdefault(day, set()).add(part)
    return tuple((WEEKDAYS.index(day), _join(day, parts[day])) for day in WEEKDAYS if day in parts)


def _find_days(text: str) -> Sequence[tuple[str, str]]:
    """The names of days, each with the half that stands after it, if one does."""
    days: list[tuple[str, str]] = []
    may_be_half = False
    for word, names in find_words(text):
        half = read_half(word)
        if half is None:
            days.extend((name, WHOLE_DAY) for name in names)
        elif may_be_half:
            days[-1] = days[-1][0], half
        else:
            refuse(word, reason="does not follow a single day; write it after each it is for")
        may_be_half = half is None and len(names) == 1
    return days


def _join(day: str, parts: set[str]) -> str:
    """The part of the day that is worked, where its halves may be named apart."""
    if WHOLE_DAY in parts and len(parts) > 1:
        halves = " and ".join(sorted(parts - {WHOLE_DAY}))
        refuse(day, reason=f"stands here for all day and for {halves}")
    return WHOLE_DAY if WHOLE_DAY in parts else join_halves(parts) or WHOLE_DAY


WORKING_DAYS = Cell(WEEKDAY.allows, _read_pattern)
