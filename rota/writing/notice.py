"""Messages to people about their rota, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rota.domain import HALF_NAMES, HOME, WHOLE_DAY, Period, Seat, Week, in_words, name_part


class MovedDay(NamedTuple):
    """A day of the reader's that changed, or half of one, and why."""

    date: date
    before: str | None
    after: str | None
    reason: str
    part: str = WHOLE_DAY


class ProposedMove(NamedTuple):
    """A change of a colleague's day that waits for the reader's yes, and why."""

    officer: str
    date: date
    before: str | None
    after: str | None
    reason: str
    part: str = WHOLE_DAY


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
        dates = sorted({change.date for change in moved_days})
        others = len(dates) - 1
        more = f" and {others} more day{'s' if others > 1 else ''}" if others else ""
        parts.append(f"Your rota has changed for {_say_day(dates[0])}{more}")
    if proposals:
        parts.append(f"{_say_waiting(proposals)} for your decision")
    return "; ".join(parts)


def _say_new_days(new_days: NewDays) -> str:
    lines = [f"Your rota {in_words(new_days.period)} is published:"]
    for week, seats in groupby(
        sorted(new_days.seats, key=_get_time), key=lambda seat: Week.of(seat.date)
    ):
        lines += ["", f"Week of {say_short_date(week.monday)}"]
        lines += [f"  {_say_weekday(seat)}: {_say_place(seat.site)}" for seat in seats]
    return "\n".join(lines)


def _say_moved_days(moved_days: Iterable[MovedDay]) -> str:
    lines = ["Your rota has changed:"]
    for change in sorted(moved_days, key=_get_time):
        lines += ["", f"{_say_part(change.date, change.part)}: {_say_own_day(change)}."]
        lines += [change.reason] if change.reason else []
    return "\n".join(lines)


def _say_proposals(proposals: Sequence[ProposedMove], unit: str) -> str:
    lines = [
        f"{_say_waiting(proposals)} for a manager's decision. "
        f"Until then all stays as it was published. To decide: rota proposals --unit '{unit}'"
    ]
    for change in sorted(proposals, key=lambda c: (c.date, c.officer, c.part)):
        when = in_words(name_part(change.date, change.part))
        lines += ["", f"{change.officer} {when}: {_say_move(change)}."]
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


def _say_part(day: date, part: str) -> str:
    return f"{_say_day(day)}, {HALF_NAMES[part]}" if part else _say_day(day)


def _say_weekday(seat: Seat) -> str:
    return f"{seat.date:%A} {HALF_NAMES.get(seat.part, '')}".strip()


def _get_time(item: Seat | MovedDay) -> tuple[date, str]:
    return item.date, item.part
