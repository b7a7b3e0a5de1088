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


class ProposedMove(NamedTuple):
    """A change of a colleague's day that waits for the reader's yes, and why."""

    officer: str
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


def build_notice(
    name: str,
    unit: str,
    *,
    new_days: Sequence[NewDays] = (),
    moved_days: Sequence[MovedDay] = (),
    proposals: Sequence[ProposedMove] = (),
    note: str = "",
) -> Notice:
    """What one person is to know of what was published or planned, all in one message."""
    parts = [
        *([note] if note else []),
        *map(_say_new_days, new_days),
        *([_say_moved_days(moved_days)] if moved_days else []),
        *([_say_proposals(proposals, unit)] if proposals else []),
    ]
    return Notice(_say_subject(new_days, moved_days, proposals), build_body(name, unit, parts))


def build_body(name: str, unit: str, parts: Iterable[str]) -> str:
    """The body of a message to somebody, of so many paragraphs."""
    closing = (
        f"This message was written by Rota for {unit}. Nobody reads answers to it; "
        "please ask your team manager."
    )
    return "\n\n".join([f"Dear {name},", *parts, closing]) + "\n"


def _say_subject(
    new_days: Sequence[NewDays], moved_days: Sequence[MovedDay], proposals: Sequence[ProposedMove]
) -> str:
    parts = []
    if new_days:
        parts.append(f"Your rota {in_words(new_days[0].period)}")
    if moved_days:
        others = len(moved_days) - 1
        more = f" and {others} more day{'s' if others > 1 else ''}" if others else ""
        parts.append(f"Your rota has changed for {_say_day(min(moved_days).date)}{more}")
    if proposals:
        parts.append(f"{_say_waiting(proposals)} for your decision")
    return "; ".join(parts)


def _say_new_days(new_days: NewDays) -> str:
    lines = [f"Your rota {in_words(new_days.period)} is published:"]
    for week, seats in groupby(
        sorted(new_days.seats, key=_get_date), key=lambda seat: Week.of(seat.date)
    ):
        lines += ["", f"Week of {say_short_date(week.monday)}"]
        lines += [f"  {seat.date:%A}: {_say_place(seat.site)}" for seat in seats]
    return "\n".join(lines)


def _say_moved_days(moved_days: Iterable[MovedDay]) -> str:
    lines = ["Your rota has changed:"]
    for change in sorted(moved_days):
        lines += ["", f"{_say_day(change.date)}: {_say_own_day(change)}."]
        lines += [change.reason] if change.reason else []
    return "\n".join(lines)


def _say_proposals(proposals: Sequence[ProposedMove], unit: str) -> str:
    lines = [
        f"{_say_waiting(proposals)} for a manager's decision. "
        f"Until then all stays as it was published. To decide: rota proposals --unit '{unit}'"
    ]
    for change in sorted(proposals, key=lambda change: (change.date, change.officer)):
        lines += ["", f"{change.officer} {in_words(change.date)}: {_say_move(change)}."]
        lines += [change.reason] if change.reason else []
    return "\n".join(lines)


def _say_waiting(proposals: Sequence[ProposedMove]) -> str:
    count = len(proposals)
    return f"{count} changes to the rota wait" if count > 1 else "1 change to the rota waits"


def _say_own_day(change: MovedDay) -> str:
    """What becomes of a day of the reader's."""
    if change.after is None:
        return f"you are not planned any more; you were to be {say_site(change.before)}"
    return _say_move(change)


def _say_move(change: MovedDay | ProposedMove) -> str:
    if change.before is None:
        return f"{say_site(change.after)}; nothing was planned before"
    return f"{say_site(change.after)} instead of {say_site(change.before)}"


def say_site(site: str | None) -> str:
    if site is None:
        return "not planned"
    return "at home" if site == HOME.name else f"at {site}"


def _say_place(site: str) -> str:
    return "home" if site == HOME.name else site


def _say_day(day: date) -> str:
    return f"{day:%A} {say_short_date(day)}"


def say_short_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _get_date(seat: Seat) -> date:
    return seat.date
