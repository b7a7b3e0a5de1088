"""What may be done to an officer's day in a draft, and which seats the officer has then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rota.domain import OfficerDay, Problem, PublishedSeat, in_words
from rota.errors import NotFound, RotaError
from rota.services.drafts.merging import SeatsByDay


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDay:
    """An officer's day in a draft of a unit, as somebody looked at it.

    `start` is the first day of the draft's period, None for whichever period holds the day.
    `revision` is the draft's that was looked at; None edits the draft as it is.
    """

    unit: str
    staff_no: str
    day: date
    start: date | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Put the officer at the site."""

    site: str


@dataclass(frozen=True, slots=True)
class MoveToKind:
    """Put the officer at a site of the kind; if they are at one already, at the next."""

    kind: str


@dataclass(frozen=True, slots=True)
class SwapWith:
    """Let the officer and another one change sites."""

    staff_no: str


@dataclass(frozen=True, slots=True)
class Clear:
    """Take the officer's seat out of the draft, so that the published one stands, or none.

    It takes back that somebody was planned who was not.
    """


@dataclass(frozen=True, slots=True)
class Lock:
    """Hold the officer's seats from the day to the last one, so that planning leaves them.

    Without a last day it is the day alone.
    """

    last: date | None = None


@dataclass(frozen=True, slots=True)
class Unlock:
    """Let planning move the officer's seats again, from the day to the last one."""

    last: date | None = None


DayEdit = Move | MoveToKind | SwapWith | Clear | Lock | Unlock
"""One thing that may be done to an officer's day."""

NewSeats = Mapping[OfficerDay, PublishedSeat | None]
"""The seats that an edit gives officers, or None to leave the day to what is published, if any."""

NOWHERE = ""
"""The site of an officer who is not planned."""

AUDIT_WORDS: Mapping[type[DayEdit], str] = {
    Move: "moved a seat",
    MoveToKind: "moved a seat",
    SwapWith: "swapped two seats",
    Clear: "took out a seat",
    Lock: "locked seats",
    Unlock: "unlocked seats",
}
"""What the audit says that somebody did."""


def list_officers(day: DraftDay, edit: DayEdit) -> tuple[str, ...]:
    """The staff numbers of those whose seats the edit changes."""
    return (day.staff_no, edit.staff_no) if isinstance(edit, SwapWith) else (day.staff_no,)


def find_new_seats(problem: Problem, seats: SeatsByDay, day: DraftDay, edit: DayEdit) -> NewSeats:
    """The seats that the edit gives in a draft with these seats, or raise why it may not."""
    match edit:
        case Move(site):
            return _find_moved(problem, seats, day, site)
        case MoveToKind(kind):
            return _find_moved_to_kind(problem, seats, day, kind)
        case SwapWith(staff_no):
            return _find_swapped(problem, seats, day, staff_no)
        case Clear():
            return _find_cleared(problem, seats, day)
        case Lock(last):
            return _find_locked(problem, seats, day, last, is_locked=True)
        case Unlock(last):
            return _find_locked(problem, seats, day, last, is_locked=False)


def _find_moved(problem: Problem, seats: SeatsByDay, day: DraftDay, site: str) -> NewSeats:
    seat = _find_movable(problem, seats, day.staff_no, day.day)
    _refuse_site(problem, day.staff_no, day.day, site)
    if seat.site == site:
        officer = problem.officers[day.staff_no]
        raise RotaError(f"{officer} is at {site} {in_words(day.day)} already.")
    return _index_seats(seat._replace(site=site))


def _find_moved_to_kind(problem: Problem, seats: SeatsByDay, day: DraftDay, kind: str) -> NewSeats:
    seat = _find_movable(problem, seats, day.staff_no, day.day)
    allowed = problem.allowed_sites[day.staff_no, day.day]
    of_kind = [site for site in allowed if problem.sites[site].kind == kind]
    others = [site for site in of_kind if site != seat.site]
    if not others:
        reason = f"is at {seat.site} already" if of_kind else f"may use no {kind} site"
        when = f"{in_words(day.day)}; allowed: {', '.join(allowed)}"
        raise RotaError(f"{problem.officers[day.staff_no]} {reason} {when}.")
    later = of_kind[of_kind.index(seat.site) + 1 :] if seat.site in of_kind else of_kind
    return _index_seats(seat._replace(site=(later or others)[0]))


def _find_swapped(
    problem: Problem, seats: SeatsByDay, day: DraftDay, with_staff_no: str
) -> NewSeats:
    one = _find_movable(problem, seats, day.staff_no, day.day)
    other = _find_movable(problem, seats, with_staff_no, day.day)
    when = in_words(day.day)
    for seat in (one, other):
        if not seat.site:
            officer = problem.officers[seat.staff_no]
            raise NotFound(f"{officer} is not planned {when}; there is nothing to swap.")
    if one.site == other.site:
        raise RotaError(f"Both are at {one.site} {when}; there is nothing to swap.")
    _refuse_site(problem, day.staff_no, day.day, other.site)
    _refuse_site(problem, with_staff_no, day.day, one.site)
    return _index_seats(one._replace(site=other.site), other._replace(site=one.site))


def _find_cleared(problem: Problem, seats: SeatsByDay, day: DraftDay) -> NewSeats:
    seat = _find_movable(problem, seats, day.staff_no, day.day)
    if not seat.site:
        raise NotFound(f"{problem.officers[day.staff_no]} is not planned {in_words(day.day)}.")
    return {(day.staff_no, day.day): None}


def _find_locked(
    problem: Problem, seats: SeatsByDay, day: DraftDay, last: date | None, *, is_locked: bool
) -> NewSeats:
    first, last = day.day, last or day.day
    of_officer = [
        seat
        for seat in seats.values()
        if seat.staff_no == day.staff_no
        and first <= seat.date <= last
        and seat.date > problem.fixed_until
    ]
    if not of_officer:
        raise NotFound(
            f"{problem.officers[day.staff_no]} has no seat from {first} to {last} that could be "
            f"{'' if is_locked else 'un'}locked."
        )
    return _index_seats(*(seat._replace(locked=is_locked) for seat in of_officer))


def _index_seats(*seats: PublishedSeat) -> NewSeats:
    return {(seat.staff_no, seat.date): seat for seat in seats}


def _find_movable(problem: Problem, seats: SeatsByDay, staff_no: str, day: date) -> PublishedSeat:
    """The officer's seat on the day, which may be moved; without a site if they are not planned."""
    officer = problem.officers[staff_no]
    if day <= problem.fixed_until:
        raise RotaError(
            f"What was published up to {problem.fixed_until} stays; {day} is not later."
        )
    if (staff_no, day) not in problem.allowed_sites:
        raise NotFound(f"{officer} has no seat {in_words(day)} in this draft.")
    seat = seats.get((staff_no, day), PublishedSeat(staff_no, day, NOWHERE))
    if seat.locked:
        raise RotaError(f"The seat of {officer} {in_words(day)} is locked; unlock it first.")
    return seat


def _refuse_site(problem: Problem, staff_no: str, day: date, site: str) -> None:
    allowed = problem.allowed_sites[staff_no, day]
    if site not in allowed:
        officer = problem.officers[staff_no]
        sites = ", ".join(allowed)
        raise RotaError(f"{officer} may not use {site} {in_words(day)}; allowed: {sites}.")
