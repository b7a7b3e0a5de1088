"""What may be done to an officer's day in a draft, and which seats the officer has then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rota.domain import (
    AM,
    PM,
    ChangedDays,
    OfficerDay,
    Problem,
    Seat,
    SeatsByDay,
    SeatsOfDay,
    find_longest_seat,
    fits_day,
    in_words,
    name_part,
)
from rota.errors import NotFound, RotaError


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
    """Put the officer at the site for all that they work of the day, or as long as a duty takes."""

    site: str


@dataclass(frozen=True, slots=True)
class Split:
    """Put the officer at one site in the morning and at another in the afternoon."""

    am: str
    pm: str


@dataclass(frozen=True, slots=True)
class MoveToKind:
    """Put the officer at a site of the kind, all day long; if they are at one, at the next."""

    kind: str


@dataclass(frozen=True, slots=True)
class SwapWith:
    """Let the officer and another one exchange their days: the sites of both halves."""

    staff_no: str


@dataclass(frozen=True, slots=True)
class Clear:
    """Take the officer's seat out of the draft, so that the published one stands, or none.

    It takes back that somebody was planned who was not. On an extra day none stands.
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


DayEdit = Move | Split | MoveToKind | SwapWith | Clear | Lock | Unlock
"""One thing that may be done to an officer's day."""

BOTH_HALVES = "Both halves are at one site unless a half-day duty or appointment takes one"
"""Why somebody may not be at two sites on a day."""

AUDIT_WORDS: Mapping[type[DayEdit], str] = {
    Move: "moved a seat",
    Split: "moved a seat",
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


def find_new_days(problem: Problem, days: SeatsByDay, day: DraftDay, edit: DayEdit) -> ChangedDays:
    """The days that the edit gives in a draft with these days, or raise why it may not.

    None leaves a day to what is published, if anything is.
    """
    officer_day = day.staff_no, day.day
    match edit:
        case Move(site):
            return _find_moved(problem, days, [find_longest_seat(problem, officer_day, site)])
        case Split(am, pm):
            halves = SeatsOfDay.of_plain((Seat(*officer_day, am, AM), Seat(*officer_day, pm, PM)))
            return _find_moved(problem, days, halves.plain)
        case MoveToKind(kind):
            return _find_moved_to_kind(problem, days, officer_day, kind)
        case SwapWith(staff_no):
            return _find_swapped(problem, days, officer_day, (staff_no, day.day))
        case Clear():
            return _find_cleared(problem, days, officer_day)
        case Lock(last):
            return _find_locked(problem, days, day, last, is_locked=True)
        case Unlock(last):
            return _find_locked(problem, days, day, last, is_locked=False)


def _find_moved(problem: Problem, days: SeatsByDay, seats: Sequence[Seat]) -> ChangedDays:
    new = SeatsOfDay.of_plain(seats)
    old = _find_movable(problem, days, new.officer_day)
    _refuse_misfit(problem, new)
    if old == new:
        officer = problem.officers[new.staff_no]
        raise RotaError(f"{officer} is at {new.sites} {in_words(new.date)} already.")
    return {new.officer_day: new}


def _find_moved_to_kind(
    problem: Problem, days: SeatsByDay, officer_day: OfficerDay, kind: str
) -> ChangedDays:
    old = _find_movable(problem, days, officer_day)
    options = [SeatsOfDay.of_plain(option.seats) for option in problem.day_options[officer_day]]
    at_one_site = [option for option in options if len(option.seats) == 1]
    of_kind = [day for day in at_one_site if problem.sites[day.sites_used[0]].kind == kind]
    others = [option for option in of_kind if option != old]
    if not others:
        reason = f"is at {old.sites} already" if old and of_kind else f"may use no {kind} site"
        when = f"{in_words(officer_day[1])}; allowed: {_list_allowed(problem, officer_day)}"
        raise RotaError(f"{problem.officers[officer_day[0]]} {reason} {when}.")
    later = of_kind[of_kind.index(old) + 1 :] if old in of_kind else of_kind
    return {officer_day: (later or others)[0]}


def _find_swapped(
    problem: Problem, days: SeatsByDay, officer_day: OfficerDay, with_officer_day: OfficerDay
) -> ChangedDays:
    own = _find_planned(problem, days, officer_day, "; there is nothing to swap")
    other = _find_planned(problem, days, with_officer_day, "; there is nothing to swap")
    if own.sites == other.sites:
        when = in_words(own.date)
        raise RotaError(f"Both are at {own.sites} {when}; there is nothing to swap.")
    swapped = [other.give_to(own.staff_no), own.give_to(other.staff_no)]
    for new in swapped:
        _refuse_misfit(problem, new)
    return {new.officer_day: new for new in swapped}


def _find_cleared(problem: Problem, days: SeatsByDay, officer_day: OfficerDay) -> ChangedDays:
    _find_planned(problem, days, officer_day)
    return {officer_day: None}


def _find_locked(
    problem: Problem, days: SeatsByDay, day: DraftDay, last: date | None, *, is_locked: bool
) -> ChangedDays:
    first, last = day.day, last or day.day
    of_officer = [
        of_day
        for of_day in days.values()
        if of_day.staff_no == day.staff_no
        and first <= of_day.date <= last
        and of_day.date > problem.fixed_until
    ]
    if not of_officer:
        raise NotFound(
            f"{problem.officers[day.staff_no]} has no seat from {first} to {last} that could be "
            f"{'' if is_locked else 'un'}locked."
        )
    return {of_day.officer_day: of_day.lock(is_locked=is_locked) for of_day in of_officer}


def _find_movable(problem: Problem, days: SeatsByDay, officer_day: OfficerDay) -> SeatsOfDay | None:
    """What the officer has on the day, which may be moved; None if they are not planned."""
    officer, day = problem.officer_on(*officer_day), officer_day[1]
    if day <= problem.fixed_until:
        raise RotaError(
            f"What was published up to {problem.fixed_until} stays; {day} is not later."
        )
    if officer_day not in problem.parts_planned:
        if day in problem.extra_days and not officer.takes_extra_days:
            raise RotaError(f"{officer} is not to be asked for extra days, as {in_words(day)}.")
        raise NotFound(f"{officer} has no seat {in_words(day)} in this draft.")
    of_day = days.get(officer_day)
    if of_day and of_day.is_locked:
        raise RotaError(f"The seat of {officer} {in_words(day)} is locked; unlock it first.")
    return of_day


def _find_planned(
    problem: Problem, days: SeatsByDay, officer_day: OfficerDay, consequence: str = ""
) -> SeatsOfDay:
    """The same, or raise that they are not planned, and what follows from that."""
    of_day = _find_movable(problem, days, officer_day)
    if of_day is None:
        officer = problem.officers[officer_day[0]]
        raise NotFound(f"{officer} is not planned {in_words(officer_day[1])}{consequence}.")
    return of_day


def _refuse_misfit(problem: Problem, new: SeatsOfDay) -> None:
    """Raise why the officer may not spend all that they work of the day so."""
    officer = problem.officers[new.staff_no]
    for site in new.sites_used:
        if site not in problem.allowed_sites[new.officer_day]:
            sites = _list_allowed(problem, new.officer_day)
            raise RotaError(f"{officer} may not use {site} {in_words(new.date)}; allowed: {sites}.")
    worked = problem.parts_worked.get(new.officer_day)
    if worked is not None and new.part != worked:
        when = in_words(name_part(new.date, worked))
        raise RotaError(f"{officer} works {when}, and would be at {new.sites}.")
    if not fits_day(problem.day_options[new.officer_day], new.plain):
        raise RotaError(f"{officer} may not be at {new.sites} {in_words(new.date)}. {BOTH_HALVES}.")


def _list_allowed(problem: Problem, officer_day: OfficerDay) -> str:
    return ", ".join(problem.allowed_sites[officer_day]) or "none"
