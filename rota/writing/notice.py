"""Messages to people about their rota, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rota.domain import HOME, Period, Seat, Week, in_words


class Moved(NamedTuple):
    """A day of the reader's that changed, and why."""

    date: date
    before: str | None
    after: str | None
    reason: str


class Proposed(NamedTuple):
    """A change of a colleague's day that waits for the reader's yes, and why."""

    who: str
    date: date
    before: str | None
    after: str | None
    reason: str


class Told(NamedTuple):
    """The reader's days in a period that is published for the first time."""

    period: Period
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A subject and a body."""

    subject: str
    body: str


def notice(
    name: str,
    unit: str,
    *,
    told: Sequence[Told] = (),
    moved: Sequence[Moved] = (),
    proposed: Sequence[Proposed] = (),
    note: str = "",
) -> Notice:
    """What one person is to know of what was published or planned, all in one message."""
    parts = [
        f"Dear {name},",
        *([f"{note}"] if note else []),
        *(_period(its) for its in told),
        *([_changes(moved)] if moved else []),
        *([_proposals(proposed, unit)] if proposed else []),
        f"This message was written by Rota for {unit}. Please do not answer it; "
        "ask your team manager.",
    ]
    return Notice(_subject(told, moved, proposed), "\n\n".join(parts) + "\n")


def _subject(told: Sequence[Told], moved: Sequence[Moved], proposed: Sequence[Proposed]) -> str:
    if moved:
        others = len(moved) - 1
        more = f" and {others} more day{'s' if others > 1 else ''}" if others else ""
        return f"Your rota has changed {in_words(min(moved).date)}{more}"
    if told:
        return f"Your rota {in_words(told[0].period)}"
    waiting = len(proposed)
    return f"{waiting} change{'s' if waiting > 1 else ''} to the rota wait for your decision"


def _period(told: Told) -> str:
    lines = [f"Your rota {in_words(told.period)} is published:"]
    for week, seats in groupby(sorted(told.seats, key=_date), key=lambda seat: Week.of(seat.date)):
        lines += ["", f"Week of {_short(week.monday)}"]
        lines += [f"  {seat.date:%A}: {_place(seat.site)}" for seat in seats]
    return "\n".join(lines)


def _changes(moved: Iterable[Moved]) -> str:
    lines = ["Your rota has changed:"]
    for change in sorted(moved):
        lines += ["", f"{_capital(in_words(change.date))}: {_move(change)}."]
        lines += [change.reason] if change.reason else []
    return "\n".join(lines)


def _proposals(proposed: Iterable[Proposed], unit: str) -> str:
    lines = [
        "These changes are so near that they wait for a manager's decision "
        f"(rota proposals --unit '{unit}'):"
    ]
    for change in sorted(proposed, key=lambda its: (its.date, its.who)):
        lines += ["", f"{change.who} {in_words(change.date)}: {_move(change)}."]
        lines += [change.reason] if change.reason else []
    return "\n".join(lines)


def _move(change: Moved | Proposed) -> str:
    if change.after is None:
        return (
            f"not planned any more; you were to be {_at(change.before)}"
            if isinstance(change, Moved)
            else f"not planned any more, instead of {_at(change.before)}"
        )
    if change.before is None:
        return _at(change.after)
    return f"{_at(change.after)} instead of {_at(change.before)}"


def _at(site: str | None) -> str:
    return "at home" if site == HOME.name else f"at {site}"


def _place(site: str) -> str:
    return "home" if site == HOME.name else site


def _short(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _date(seat: Seat) -> date:
    return seat.date
