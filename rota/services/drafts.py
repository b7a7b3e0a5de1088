"""Drafts: looked at and changed seat by seat, with what gets better and worse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from rota.domain import Problem, PublishedSeat, in_words
from rota.effects import Effect
from rota.errors import Conflict, NotFound, RotaError
from rota.moments import LONDON
from rota.services.acting import Act
from rota.services.draft_looks import (
    Look,
    Places,
    base_of,
    look_after,
    look_of,
    looked_at,
    meant,
    new_look,
    remember,
    rota_of,
    with_draft,
)
from rota.services.problems import draft_problem, filled, unit_held, unit_named, with_locks
from rota.services.publishing import planned_for
from rota.store import audit, drafts, versions
from rota.store.database import Database
from rota.store.drafts import Draft
from rota.store.units import Stored
from rota.store.versions import Version

__all__ = [
    "Edit",
    "Look",
    "base_of",
    "discard",
    "lock",
    "look",
    "looked_at",
    "move",
    "move_to_kind",
    "rota_of",
    "swap",
    "unlock",
]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change to a draft: how it stood before and stands now, and the findings that differ.

    `is_begun` tells that there was no draft before, so that one was made of what is published.
    """

    before: Look
    look: Look
    effects: tuple[Effect, ...]
    is_begun: bool

    @property
    def costs_before(self) -> Mapping[str, int]:
        return self.before.judgement.costs


def look(database: Database, act: Act, *, unit: str, start: date | None = None) -> Look:
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

    def moved(problem: Problem, seats: Places) -> _Seats:
        seat = _movable(problem, seats, staff_no, day)
        _refuse_site(problem, staff_no, day, site)
        if seat.site == site:
            raise RotaError(f"{problem.officers[staff_no]} is at {site} {in_words(day)} already.")
        return [seat._replace(site=site)]

    asked = _Asked("moved a seat", unit, start, day, revision, (staff_no,))
    return _edit(database, act, asked, moved)


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

    def moved(problem: Problem, seats: Places) -> _Seats:
        seat = _movable(problem, seats, staff_no, day)
        allowed = problem.allowed_sites[staff_no, day]
        those = [site for site in allowed if problem.sites[site].kind == kind]
        others = [site for site in those if site != seat.site]
        if not others:
            says = f"is at {seat.site} already" if those else f"may use no {kind} site"
            where = f"allowed: {', '.join(allowed)}"
            raise RotaError(f"{problem.officers[staff_no]} {says} {in_words(day)}; {where}.")
        later = those[those.index(seat.site) + 1 :] if seat.site in those else those
        return [seat._replace(site=(later or others)[0])]

    asked = _Asked("moved a seat", unit, start, day, revision, (staff_no,))
    return _edit(database, act, asked, moved)


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

    def swapped(problem: Problem, seats: Places) -> _Seats:
        one = _movable(problem, seats, staff_no, day)
        other = _movable(problem, seats, with_staff_no, day)
        if one.site == other.site:
            raise RotaError(f"Both are at {one.site} {in_words(day)}; there is nothing to swap.")
        _refuse_site(problem, staff_no, day, other.site)
        _refuse_site(problem, with_staff_no, day, one.site)
        return [one._replace(site=other.site), other._replace(site=one.site)]

    asked = _Asked("swapped two seats", unit, start, day, revision, (staff_no, with_staff_no))
    return _edit(database, act, asked, swapped)


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
        _refuse_other_revision(draft, draft.revision, revision)
        drafts.remove(connection, draft)
        before = {"draft": str(draft.period), "seats": [seat._asdict() for seat in draft.seats]}
        audit.add(connection, stored.id, act.entry("discarded a draft", before=before))
    return draft


_Seats = Sequence[PublishedSeat]


class _Asked(NamedTuple):
    """An edit that is asked for, and the officers whom it concerns."""

    what: str
    unit: str
    start: date | None
    day: date
    revision: int | None
    officers: tuple[str, ...]


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

    def locked(problem: Problem, seats: Places) -> _Seats:
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
        return [seat._replace(locked=is_locked) for seat in those]

    what = "locked seats" if is_locked else "unlocked seats"
    asked = _Asked(what, unit, start, first, revision, (staff_no,))
    return _edit(database, act, asked, locked)


def _edit(
    database: Database,
    act: Act,
    asked: _Asked,
    changed: Callable[[Problem, Places], _Seats],
) -> Edit:
    act.rights.must_manage(asked.unit)
    with database.writing() as connection:
        stored = unit_held(connection, asked.unit)
        newest = versions.newest_number(connection, stored.id)
        before, revision = _opened(connection, act, stored, asked.start, asked.day)
        _refuse_other_revision(before.draft, revision, asked.revision)
        _refuse_officers(act, asked, before.problem)
        seats = changed(before.problem, before.seats)
        new = {(seat.staff_no, seat.date): seat for seat in seats}
        after = look_after(act, stored, before, new)
        kept = drafts.put(
            connection, before.draft, new, at=act.at, by=act.who, costs=after.judgement.costs
        )
        if kept is None:
            raise Conflict(_changed_by_another(before.draft))
        after = with_draft(after, kept, {**before.seats, **new})
        audit.add(connection, stored.id, _entry(act, asked.what, before, new))
    remember(database.engine, act, stored, newest, before.draft, after)
    effects = _effects(before, new)
    return Edit(before=before, look=after, effects=effects, is_begun=not revision)


def _effects(before: Look, new: Places) -> tuple[Effect, ...]:
    """What the seats that are elsewhere now do to the findings."""
    moved = [place for place, seat in new.items() if seat.site != before.seats[place].site]
    return before.effects.of(
        taken=[new[place].seat for place in moved],
        given_up=[before.seats[place].seat for place in moved],
    )


def _entry(act: Act, what: str, before: Look, after: Places) -> audit.Entry:
    about = {"draft": str(before.draft.period), "revision": before.draft.revision}
    return act.entry(
        what,
        before={**about, "seats": [before.seats[place]._asdict() for place in after]},
        after={"seats": [seat._asdict() for seat in after.values()]},
    )


def _opened(
    connection: Connection, act: Act, unit: Stored, start: date | None, day: date
) -> tuple[Look, int]:
    """The draft that holds the day with its revision; if there is none, one that is begun now.

    It has what of the published rota still fits, and 0 for its revision until then.
    """
    for head in drafts.heads(connection, unit.id):
        if day in head.period and start in (None, head.period.first):
            return look_of(connection, act, unit, head), head.revision
    for version in versions.in_force(connection, unit.id):
        if day in version.period and start in (None, version.period.first):
            return _begun(connection, act, unit, version), 0
    raise NotFound(f"{unit.name} has neither a draft nor a published rota {in_words(day)}.")


def _begun(connection: Connection, act: Act, unit: Stored, version: Version) -> Look:
    problem = draft_problem(connection, unit, version.period, act.today, None)
    rota = filled(problem, [seat.seat for seat in problem.unit.published])
    begun = Draft(
        id=0,
        period=version.period,
        revision=1,
        base=version.number,
        planned_revision=planned_for(connection, unit, version),
        costs={},
        changed_at=act.at,
        changed_by=act.who,
        stamp=None,
        replaced=None,
        seats=tuple(with_locks(problem, rota)),
    )
    look = new_look(connection, act, unit, begun)
    number = drafts.add(
        connection,
        unit.id,
        period=begun.period,
        base=begun.base,
        planned_revision=begun.planned_revision,
        costs=look.judgement.costs,
        at=act.at,
        by=act.who,
        seats=begun.seats,
    )
    return replace(look, draft=replace(begun, id=number, costs=look.judgement.costs))


def _refuse_other_revision(draft: Draft, revision: int, expected: int | None) -> None:
    if expected and not revision:
        raise Conflict(
            "The draft that you looked at was published or thrown away since. "
            "Nothing of yours was kept: look again and try again."
        )
    if expected not in (None, revision):
        raise Conflict(_changed_by_another(draft))


def _changed_by_another(draft: Draft) -> str:
    changed = draft.changed_at.astimezone(LONDON)
    return (
        f"{draft.changed_by} changed the draft at {changed:%H:%M} on {changed:%d/%m/%Y}; "
        f"it is at revision {draft.revision} now. "
        "Nothing of yours was kept: look at it and try again."
    )


def _movable(
    problem: Problem,
    seats: Mapping[tuple[str, date], PublishedSeat],
    staff_no: str,
    day: date,
) -> PublishedSeat:
    """The officer's seat on the day, which may be moved."""
    seat = seats.get((staff_no, day))
    who = problem.officers[staff_no]
    if day <= _fixed_until(problem):
        raise RotaError(f"What was published up to {problem.today} stays; {day} is not later.")
    if seat is None or (staff_no, day) not in problem.allowed_sites:
        raise NotFound(f"{who} has no seat {in_words(day)} in this draft.")
    if seat.locked:
        raise RotaError(f"The seat of {who} {in_words(day)} is locked; unlock it first.")
    return seat


def _refuse_officers(act: Act, asked: _Asked, problem: Problem) -> None:
    """Officers who are not here, and those of teams that somebody else manages."""
    for staff_no in asked.officers:
        if staff_no not in problem.officers:
            raise NotFound(f"{staff_no} is not a staff number here.")
        act.rights.must_manage(asked.unit, problem.officers[staff_no].team)


def _refuse_site(problem: Problem, staff_no: str, day: date, site: str) -> None:
    allowed = problem.allowed_sites[staff_no, day]
    if site not in allowed:
        who = problem.officers[staff_no]
        raise RotaError(f"{who} may not use {site} {in_words(day)}; allowed: {', '.join(allowed)}.")


def _fixed_until(problem: Problem) -> date:
    """The last day that may not be changed."""
    return problem.today if problem.unit.published else date.min
