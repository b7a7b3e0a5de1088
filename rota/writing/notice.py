"""Messages to people about their rota, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rota.domain import HOME, Period, Seat, Week, in_words


class MovedDay(NamedTuple):
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


class NewDays(NamedTuple):
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
    told: Sequence[NewDays] = (),
    moved: Sequence[MovedDay] = (),
    proposed: Sequence[Proposed] = (),
    note: str = "",
) -> Notice:
    """What one person is to know of what was published or planned, all in one message."""
    parts = [
        *([note] if note else []),
        *(_period(its) for its in told),
        *([_changes(moved)] if moved else []),
        *([_proposals(proposed, unit)] if proposed else []),
    ]
    return Notice(_subject(told, moved, proposed), letter(name, unit, parts))


def letter(name: str, unit: str, parts: Iterable[str]) -> str:
    """The body of a message to somebody, of so many paragraphs."""
    closing = (
        f"This message was written by Rota for {unit}. Nobody reads answers to it; "
        "please ask your team manager."
    )
    return "\n\n".join([f"Dear {name},", *parts, closing]) + "\n"


def _subject(
    told: Sequence[NewDays], moved: Sequence[MovedDay], proposed: Sequence[Proposed]
) -> str:
    parts = []
    if told:
        parts.append(f"Your rota {in_words(told[0].period)}")
    if moved:
        others = len(moved) - 1
        more = f" and {others} more day{'s' if others > 1 else ''}" if others else ""
        parts.append(f"Your rota has changed for {_day(min(moved).date)}{more}")
    if proposed:
        parts.append(f"{_waiting(proposed)} for your decision")
    return "; ".join(parts)


def _period(new_days: NewDays) -> str:
    lines = [f"Your rota {in_words(new_days.period)} is published:"]
    for week, seats in groupby(
        sorted(new_days.seats, key=_date), key=lambda seat: Week.of(seat.date)
    ):
        lines += ["", f"Week of {short(week.monday)}"]
        lines += [f"  {seat.date:%A}: {_place(seat.site)}" for seat in seats]
    return "\n".join(lines)


def _changes(moved: Iterable[MovedDay]) -> str:
    lines = ["Your rota has changed:"]
    for change in sorted(moved):
        lines += ["", f"{_day(change.date)}: {_own(change)}."]
        lines += [change.reason] if change.reason else []
    return "\n".join(lines)


def _proposals(proposed: Sequence[Proposed], unit: str) -> str:
    lines = [
        f"{_waiting(proposed)} for a manager's decision. "
        f"Until then all stays as it was published. To decide: rota proposals --unit '{unit}'"
    ]
    for change in sorted(proposed, key=lambda its: (its.date, its.who)):
        lines += ["", f"{change.who} {in_words(change.date)}: {_move(change)}."]
        lines += [change.reason] if change.reason else []
    return "\n".join(lines)


def _waiting(proposed: Sequence[Proposed]) -> str:
    count = len(proposed)
    return f"{count} changes to the rota wait" if count > 1 else "1 change to the rota waits"


def _own(change: MovedDay) -> str:
    """What becomes of a day of the reader's."""
    if change.after is None:
        return f"you are not planned any more; you were to be {at(change.before)}"
    return _move(change)


def _move(change: MovedDay | Proposed) -> str:
    if change.before is None:
        return f"{at(change.after)}; nothing was planned before"
    return f"{at(change.after)} instead of {at(change.before)}"


def at(site: str | None) -> str:
    if site is None:
        return "not planned"
    return "at home" if site == HOME.name else f"at {site}"


def _place(site: str) -> str:
    return "home" if site == HOME.name else site


def _day(day: date) -> str:
    return f"{day:%A} {short(day)}"


def short(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _date(seat: Seat) -> date:
    return seat.date
