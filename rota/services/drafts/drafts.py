"""Drafts: looked at and changed seat by seat, with what gets better and worse."""

from __future__ import annotations

from datetime import date

from rota.domain import Problem, PublishedSeat, in_words
from rota.errors import NotFound, RotaError
from rota.services.access.act import Act
from rota.services.drafts.draft_view import DraftView, base_of, looked_at, meant
from rota.services.drafts.edits import NOWHERE, Edit, EditRequest, Put, edit, refuse_other_revision
from rota.services.drafts.merging import Places
from rota.services.units.lookup import unit_held, unit_named
from rota.store.databases.database import Database
from rota.store.rotas import drafts
from rota.store.rotas.drafts import Draft
from rota.store.upkeep import audit

__all__ = [
    "DraftView",
    "Edit",
    "base_of",
    "clear",
    "discard",
    "lock",
    "look",
    "looked_at",
    "move",
    "move_to_kind",
    "swap",
    "unlock",
]


def look(database: Database, act: Act, *, unit: str, start: date | None = None) -> DraftView:
    """The draft of the period that starts on the date, or the only one there is."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return looked_at(connection, act, unit_named(connection, unit), start)


def move(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    day: date,
    site: str,
    start: date | None = None,
    revision: int | None = None,
) -> Edit:
    """Put an officer at a site on a day."""

    def moved(problem: Problem, seats: Places) -> Put:
        seat = _movable(problem, seats, staff_no, day)
        _refuse_site(problem, staff_no, day, site)
        if seat.site == site:
            raise RotaError(f"{problem.officers[staff_no]} is at {site} {in_words(day)} already.")
        return _in_place(seat._replace(site=site))

    asked = EditRequest("moved a seat", unit, start, day, revision, (staff_no,))
    return edit(database, act, asked, moved)


def move_to_kind(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    day: date,
    kind: str,
    start: date | None = None,
    revision: int | None = None,
) -> Edit:
    """Put an officer at a site of the kind on a day; where they are at one already, at the next."""

    def moved(problem: Problem, seats: Places) -> Put:
        seat = _movable(problem, seats, staff_no, day)
        allowed = problem.allowed_sites[staff_no, day]
        those = [site for site in allowed if problem.sites[site].kind == kind]
        others = [site for site in those if site != seat.site]
        if not others:
            says = f"is at {seat.site} already" if those else f"may use no {kind} site"
            where = f"allowed: {', '.join(allowed)}"
            raise RotaError(f"{problem.officers[staff_no]} {says} {in_words(day)}; {where}.")
        later = those[those.index(seat.site) + 1 :] if seat.site in those else those
        return _in_place(seat._replace(site=(later or others)[0]))

    asked = EditRequest("moved a seat", unit, start, day, revision, (staff_no,))
    return edit(database, act, asked, moved)


def swap(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    with_staff_no: str,
    day: date,
    start: date | None = None,
    revision: int | None = None,
) -> Edit:
    """Let two officers change places on a day."""

    def swapped(problem: Problem, seats: Places) -> Put:
        one = _movable(problem, seats, staff_no, day)
        other = _movable(problem, seats, with_staff_no, day)
        for seat in (one, other):
            if not seat.site:
                who = problem.officers[seat.staff_no]
                raise NotFound(f"{who} is not planned {in_words(day)}; there is nothing to swap.")
        if one.site == other.site:
            raise RotaError(f"Both are at {one.site} {in_words(day)}; there is nothing to swap.")
        _refuse_site(problem, staff_no, day, other.site)
        _refuse_site(problem, with_staff_no, day, one.site)
        return _in_place(one._replace(site=other.site), other._replace(site=one.site))

    asked = EditRequest("swapped two seats", unit, start, day, revision, (staff_no, with_staff_no))
    return edit(database, act, asked, swapped)


def clear(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    day: date,
    start: date | None = None,
    revision: int | None = None,
) -> Edit:
    """Take an officer's seat out of the draft, so that the published one stands, or none.

    It takes back that somebody was planned who was not.
    """

    def cleared(problem: Problem, seats: Places) -> Put:
        seat = _movable(problem, seats, staff_no, day)
        if not seat.site:
            raise NotFound(f"{problem.officers[staff_no]} is not planned {in_words(day)}.")
        return {(staff_no, day): None}

    asked = EditRequest("took out a seat", unit, start, day, revision, (staff_no,))
    return edit(database, act, asked, cleared)


def lock(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    first: date,
    last: date | None = None,
    start: date | None = None,
    revision: int | None = None,
) -> Edit:
    """Hold an officer's seats fast, so that planning leaves them where they are."""
    return _set_locks(database, act, unit, staff_no, (first, last or first), start, revision, True)


def unlock(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    first: date,
    last: date | None = None,
    start: date | None = None,
    revision: int | None = None,
) -> Edit:
    """Let planning move an officer's seats again."""
    return _set_locks(database, act, unit, staff_no, (first, last or first), start, revision, False)


def discard(
    database: Database,
    act: Act,
    *,
    unit: str,
    start: date | None = None,
    revision: int | None = None,
) -> Draft:
    """Throw the draft away; what is published stays."""
    act.rights.must_manage(unit)
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        draft = drafts.with_seats(connection, meant(connection, stored, start))
        refuse_other_revision(connection, draft, draft.revision, revision)
        drafts.remove(connection, draft)
        before = {"draft": str(draft.period), "seats": [seat._asdict() for seat in draft.seats]}
        audit.add(connection, stored.id, act.entry("discarded a draft", before=before))
    return draft


def _set_locks(
    database: Database,
    act: Act,
    unit: str,
    staff_no: str,
    days: tuple[date, date],
    start: date | None,
    revision: int | None,
    is_locked: bool,
) -> Edit:
    first, last = days

    def locked(problem: Problem, seats: Places) -> Put:
        those = [
            seat
            for (who, day), seat in seats.items()
            if who == staff_no and first <= day <= last and day > _fixed_until(problem)
        ]
        if not those:
            raise NotFound(
                f"{problem.officers[staff_no]} has no seat from {first} to {last} that could be "
                f"{'' if is_locked else 'un'}locked."
            )
        return _in_place(*(seat._replace(locked=is_locked) for seat in those))

    what = "locked seats" if is_locked else "unlocked seats"
    asked = EditRequest(what, unit, start, first, revision, (staff_no,))
    return edit(database, act, asked, locked)


def _in_place(*seats: PublishedSeat) -> Put:
    return {(seat.staff_no, seat.date): seat for seat in seats}


def _movable(
    problem: Problem,
    seats: Places,
    staff_no: str,
    day: date,
) -> PublishedSeat:
    """The officer's seat on the day, which may be moved; without a site if they are not planned."""
    who = problem.officers[staff_no]
    if day <= _fixed_until(problem):
        raise RotaError(f"What was published up to {problem.today} stays; {day} is not later.")
    if (staff_no, day) not in problem.allowed_sites:
        raise NotFound(f"{who} has no seat {in_words(day)} in this draft.")
    seat = seats.get((staff_no, day), PublishedSeat(staff_no, day, NOWHERE))
    if seat.locked:
        raise RotaError(f"The seat of {who} {in_words(day)} is locked; unlock it first.")
    return seat


def _refuse_site(problem: Problem, staff_no: str, day: date, site: str) -> None:
    allowed = problem.allowed_sites[staff_no, day]
    if site not in allowed:
        who = problem.officers[staff_no]
        raise RotaError(f"{who} may not use {site} {in_words(day)}; allowed: {', '.join(allowed)}.")


def _fixed_until(problem: Problem) -> date:
    """The last day that may not be changed."""
    return problem.today if problem.unit.published else date.min
