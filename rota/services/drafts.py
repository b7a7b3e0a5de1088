"""Drafts: looked at and changed seat by seat, with what gets better and worse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from rota.checker import Judgement, judge
from rota.domain import Period, Problem, PublishedSeat, Rota, in_words
from rota.effects import Effect, Effects
from rota.errors import Conflict, NotFound, RotaError
from rota.explaining import Change, changes_between
from rota.moments import LONDON
from rota.services.acting import Act
from rota.services.problems import (
    draft_problem,
    filled,
    to_publish,
    unit_held,
    unit_named,
    with_locks,
)
from rota.services.publishing import planned_for
from rota.store import audit, drafts, versions
from rota.store.database import Database
from rota.store.drafts import Draft
from rota.store.units import Stored
from rota.store.versions import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A draft, the problem it is to solve, how it is judged, and what it changes of the published.

    `is_outdated` tells that another version was published since the draft was begun.
    """

    draft: Draft
    problem: Problem
    judgement: Judgement
    changes: tuple[Change, ...]
    is_outdated: bool

    @property
    def rota(self) -> Rota:
        return rota_of(self.draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change to a draft: how it stands now, its costs before, and the findings that differ."""

    look: Look
    costs_before: Mapping[str, int]
    effects: tuple[Effect, ...]


def look(database: Database, act: Act, *, unit: str, start: date | None = None) -> Look:
    """The draft of the period that starts on the date, or the only one there is."""
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        draft = _the_draft(connection, stored, start)
        if draft is None:
            raise NotFound(_no_draft(connection, stored, start))
        return _looked_at(connection, act, stored, draft)


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

    def moved(problem: Problem, seats: Mapping[tuple[str, date], PublishedSeat]) -> _Seats:
        seat = _movable(problem, seats, staff_no, day)
        _refuse_site(problem, staff_no, day, site)
        if seat.site == site:
            raise RotaError(f"{problem.officers[staff_no]} is at {site} {in_words(day)} already.")
        return [seat._replace(site=site)]

    return _edit(database, act, "moved a seat", unit, start, day, revision, moved)


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

    def swapped(problem: Problem, seats: Mapping[tuple[str, date], PublishedSeat]) -> _Seats:
        one = _movable(problem, seats, staff_no, day)
        other = _movable(problem, seats, with_staff_no, day)
        if one.site == other.site:
            raise RotaError(f"Both are at {one.site} {in_words(day)}; there is nothing to swap.")
        _refuse_site(problem, staff_no, day, other.site)
        _refuse_site(problem, with_staff_no, day, one.site)
        return [one._replace(site=other.site), other._replace(site=one.site)]

    return _edit(database, act, "swapped two seats", unit, start, day, revision, swapped)


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
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        draft = _the_draft(connection, stored, start)
        if draft is None:
            raise NotFound(_no_draft(connection, stored, start))
        _refuse_other_revision(draft, revision)
        drafts.remove(connection, draft)
        before = {"draft": str(draft.period), "seats": [seat._asdict() for seat in draft.seats]}
        audit.add(connection, stored.id, act.entry("discarded a draft", before=before))
    return draft


_Seats = Sequence[PublishedSeat]


def rota_of(draft: Draft) -> Rota:
    """The draft as a rota."""
    return Rota.of(seat.seat for seat in draft.seats)


def looked_at(connection: Connection, act: Act, unit: Stored, start: date | None) -> Look:
    """The draft as it stands, or Conflict, or NotFound, inside a transaction of the caller."""
    draft = _the_draft(connection, unit, start)
    if draft is None:
        raise NotFound(_no_draft(connection, unit, start))
    return _looked_at(connection, act, unit, draft)


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

    def locked(problem: Problem, seats: Mapping[tuple[str, date], PublishedSeat]) -> _Seats:
        _refuse_officer(problem, staff_no)
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
    return _edit(database, act, what, unit, start, first, revision, locked)


def _edit(
    database: Database,
    act: Act,
    what: str,
    unit: str,
    start: date | None,
    day: date,
    revision: int | None,
    changed: Callable[[Problem, Mapping[tuple[str, date], PublishedSeat]], _Seats],
) -> Edit:
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        draft = _opened(connection, act, stored, start, day)
        _refuse_other_revision(draft, revision)
        before = _looked_at(connection, act, stored, draft)
        seats = {(seat.staff_no, seat.date): seat for seat in draft.seats}
        new = {(seat.staff_no, seat.date): seat for seat in changed(before.problem, seats)}
        after = {**seats, **new}
        moved = [place for place, seat in new.items() if seat.site != seats[place].site]
        effects = Effects(before.problem, before.rota).of(
            taken=[new[place].seat for place in moved],
            given_up=[seats[place].seat for place in moved],
        )
        shall_be = replace(draft, seats=tuple(sorted(after.values())))
        look = _looked_at(connection, act, stored, shall_be)  # Locks change what is asked, too.
        if not drafts.change(
            connection,
            draft,
            at=act.at,
            by=act.who,
            costs=look.judgement.costs,
            seats=shall_be.seats,
        ):
            raise Conflict(_changed_by_another(draft))
        audit.add(connection, stored.id, _entry(act, what, draft, seats, new))
        look = replace(look, draft=looked_up(connection, stored, draft.period.first))
    return Edit(look=look, costs_before=before.judgement.costs, effects=effects)


def _entry(
    act: Act,
    what: str,
    draft: Draft,
    before: Mapping[tuple[str, date], PublishedSeat],
    after: Mapping[tuple[str, date], PublishedSeat],
) -> audit.Entry:
    about = {"draft": str(draft.period), "revision": draft.revision}
    return act.entry(
        what,
        before={**about, "seats": [before[place]._asdict() for place in after]},
        after={"seats": [seat._asdict() for seat in after.values()]},
    )


def _looked_at(connection: Connection, act: Act, unit: Stored, draft: Draft) -> Look:
    problem = draft_problem(connection, unit, draft.period, act.today, draft)
    published = problem.unit.published
    rota = rota_of(draft)
    told = Rota.of(seat.seat for seat in to_publish(problem, rota))
    return Look(
        draft=draft,
        problem=problem,
        judgement=judge(problem, rota),
        changes=changes_between(published, told) if published else (),
        is_outdated=draft.base != base_of(connection, unit, draft.period),
    )


def base_of(connection: Connection, unit: Stored, period: Period) -> int:
    """The number of the version that is in force for the period; 0 if none is."""
    in_force = {its.period: its.number for its in versions.in_force(connection, unit.id)}
    return in_force.get(period, 0)


def _the_draft(connection: Connection, unit: Stored, start: date | None) -> Draft | None:
    """The draft that is meant; None if there is none or it is not clear."""
    if start is None:
        periods = drafts.periods(connection, unit.id)
        start = periods[0].first if len(periods) == 1 else None
    return drafts.find(connection, unit.id, start) if start else None


def _no_draft(connection: Connection, unit: Stored, start: date | None) -> str:
    starts = [str(period.first) for period in drafts.periods(connection, unit.id)]
    which = "" if start is None else f" that starts on {start}"
    there = f"There are drafts from {', '.join(starts)}; name one with --start" if starts else ""
    ask = f"ask for one: rota request-run --unit '{unit.name}'"
    return f"{unit.name} has no draft{which}. {there or ask[0].upper() + ask[1:]}."


def _opened(connection: Connection, act: Act, unit: Stored, start: date | None, day: date) -> Draft:
    """The draft that holds the day; if there is none, what of the published rota still fits."""
    for period in drafts.periods(connection, unit.id):
        if day in period and start in (None, period.first):
            return looked_up(connection, unit, period.first)
    for version in versions.in_force(connection, unit.id):
        if day in version.period and start in (None, version.period.first):
            _begin(connection, act, unit, version)
            return looked_up(connection, unit, version.period.first)
    raise NotFound(f"{unit.name} has neither a draft nor a published rota {in_words(day)}.")


def _begin(connection: Connection, act: Act, unit: Stored, version: Version) -> None:
    problem = draft_problem(connection, unit, version.period, act.today, None)
    rota = filled(problem, [seat.seat for seat in problem.unit.published])
    drafts.add(
        connection,
        unit.id,
        period=version.period,
        base=version.number,
        planned_revision=planned_for(connection, unit, version),
        costs=judge(problem, rota).costs,
        at=act.at,
        by=act.who,
        seats=with_locks(problem, rota),
    )


def looked_up(connection: Connection, unit: Stored, start: date) -> Draft:
    """The draft of a period that is known to have one."""
    draft = drafts.find(connection, unit.id, start)
    assert draft is not None
    return draft


def _refuse_other_revision(draft: Draft, revision: int | None) -> None:
    if revision is not None and revision != draft.revision:
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
    _refuse_officer(problem, staff_no)
    seat = seats.get((staff_no, day))
    who = problem.officers[staff_no]
    if day <= _fixed_until(problem):
        raise RotaError(f"What was published up to {problem.today} stays; {day} is not later.")
    if seat is None or (staff_no, day) not in problem.allowed_sites:
        raise NotFound(f"{who} has no seat {in_words(day)} in this draft.")
    if seat.locked:
        raise RotaError(f"The seat of {who} {in_words(day)} is locked; unlock it first.")
    return seat


def _refuse_officer(problem: Problem, staff_no: str) -> None:
    if staff_no not in problem.officers:
        raise NotFound(f"{staff_no} is not a staff number here.")


def _refuse_site(problem: Problem, staff_no: str, day: date, site: str) -> None:
    allowed = problem.allowed_sites[staff_no, day]
    if site not in allowed:
        who = problem.officers[staff_no]
        raise RotaError(f"{who} may not use {site} {in_words(day)}; allowed: {', '.join(allowed)}.")


def _fixed_until(problem: Problem) -> date:
    """The last day that may not be changed."""
    return problem.today if problem.unit.published else date.min
