"""A change to a draft as one transaction: opened or begun, judged anew, kept, and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from rota.domain import OfficerDay, Problem, PublishedSeat, in_words
from rota.effects import Effect, find_effects_between
from rota.errors import Conflict, NotFound
from rota.moments import LONDON
from rota.services.access.act import Act, find_actor_name
from rota.services.drafts.draft_seats import seats_standing
from rota.services.drafts.draft_view import (
    DraftView,
    look_after,
    look_of,
    new_look,
    remember,
    with_draft,
)
from rota.services.drafts.merging import Places
from rota.services.publishing.door import planned_for
from rota.services.units.lookup import unit_held
from rota.services.units.planning_problem import build_draft_problem
from rota.store.databases.database import Database
from rota.store.rotas import drafts, versions
from rota.store.rotas.drafts import Draft
from rota.store.rotas.versions import Version
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change to a draft: how it stood before and stands now, and the findings that differ.

    `is_begun` tells that there was no draft before, so that one was made of what is published.
    """

    before: DraftView
    look: DraftView
    effects: tuple[Effect, ...]
    is_begun: bool

    @property
    def costs_before(self) -> Mapping[str, int]:
        return self.before.judgement.costs


NOWHERE = ""
"""The site of an officer who is not planned."""

Put = Mapping[OfficerDay, PublishedSeat | None]
"""The seats that an edit puts in places, or None to leave them to what is published, or to none."""


class EditRequest(NamedTuple):
    """An edit that is asked for, and the officers whom it concerns."""

    what: str
    unit: str
    start: date | None
    day: date
    revision: int | None
    officers: tuple[str, ...]


def edit(
    database: Database,
    act: Act,
    asked: EditRequest,
    changed: Callable[[Problem, Places], Put],
) -> Edit:
    """Give officers other seats in the draft that holds the day; if there is none, one is begun.

    `changed` tells the new seats, or raises why they may not be. Raises Conflict if the draft is
    not as it was looked at.
    """
    act.rights.must_manage(asked.unit)
    with database.writing() as connection:
        stored = unit_held(connection, asked.unit)
        newest = versions.newest_number(connection, stored.id)
        before, revision = _opened(connection, act, stored, asked.start, asked.day)
        refuse_other_revision(connection, before.draft, revision, asked.revision)
        _refuse_officers(act, asked, before.problem)
        new = changed(before.whole_problem, before.seats)
        after = look_after(act, stored, before, new)
        kept = drafts.put(
            connection,
            before.draft,
            new,
            at=act.at,
            by=act.actor,
            costs=after.judgement.costs,
            moved_from=moved_from_after(before, new),
        )
        if kept is None:
            raise Conflict(_changed_by_another(connection, before.draft))
        after = with_draft(after, kept)
        audit.add(connection, stored.id, _entry(act, asked.what, before, new))
    remember(database.engine, act, stored, newest, before.draft, after)
    effects = _effects(before, after, new)
    return Edit(before=before, look=after, effects=effects, is_begun=not revision)


def moved_from_after(look: DraftView, new: Put) -> Mapping[OfficerDay, str]:
    """Which seats of the draft are moved by hand once these are put in place, and from where.

    A seat that is set back to where planning, or what is published, has the officer is not; nor is
    one that is taken out of the draft.
    """
    published = {(seat.staff_no, seat.date): seat.site for seat in look.tables.published}
    moved_from = look.draft.moved_from
    after = {place: site for place, site in moved_from.items() if place not in new}
    by_hand = {(seat.staff_no, seat.date) for seat in look.by_hand}
    for place, seat in new.items():
        was = look.seats.get(place)
        planned = moved_from[place] if place in by_hand else was.site if was else NOWHERE
        if seat is not None and seat.site not in (planned, published.get(place)):
            after[place] = planned
    return after


def _effects(before: DraftView, after: DraftView, new: Put) -> tuple[Effect, ...]:
    """What the seats that are elsewhere now do to the findings."""
    were = [before.seats[place] for place in new if place in before.seats]
    are = [after.seats[place] for place in new if place in after.seats]
    if len(were) < len(new) or len(are) < len(new):
        return find_effects_between(before.judgement, after.judgement)
    return before.effects.find(
        taken=[seat.seat for seat in are], given_up=[seat.seat for seat in were]
    )


def _entry(act: Act, what: str, before: DraftView, new: Put) -> audit.AuditEntry:
    about = {"draft": str(before.draft.period), "revision": before.draft.revision}
    were = [before.seats[place] for place in new if place in before.seats]
    return act.entry(
        what,
        before={**about, "seats": [seat._asdict() for seat in were]},
        after={"seats": [seat._asdict() for seat in new.values() if seat]},
    )


def _opened(
    connection: Connection, act: Act, unit: StoredUnit, start: date | None, day: date
) -> tuple[DraftView, int]:
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


def _begun(connection: Connection, act: Act, unit: StoredUnit, version: Version) -> DraftView:
    problem = build_draft_problem(connection, unit, version.period, act.today)
    published = versions.seats_in_force(connection, unit.id, version.period)
    begun = Draft(
        id=0,
        period=version.period,
        revision=1,
        base=version.number,
        planned_revision=planned_for(connection, unit, version),
        costs={},
        changed_at=act.at,
        changed_by=act.actor,
        stamp=None,
        replaced=None,
        seats=tuple(seats_standing(problem, published, ()).values()),
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
        by=act.actor,
        seats=begun.seats,
    )
    return replace(look, draft=replace(begun, id=number, costs=look.judgement.costs))


def refuse_other_revision(
    connection: Connection, draft: Draft, revision: int, expected: int | None
) -> None:
    """Raise Conflict if a revision is expected, and it is another."""
    if expected and not revision:
        raise Conflict(
            "The draft that you looked at was published or thrown away since. "
            "Nothing of yours was kept: look again and try again."
        )
    if expected not in (None, revision):
        raise Conflict(_changed_by_another(connection, draft))


def _changed_by_another(connection: Connection, draft: Draft) -> str:
    changed = draft.changed_at.astimezone(LONDON)
    who = find_actor_name(connection, draft.changed_by)
    return (
        f"{who} changed the draft at {changed:%H:%M} on {changed:%d/%m/%Y}; "
        f"it is at revision {draft.revision} now. "
        "Nothing of yours was kept: look at it and try again."
    )


def _refuse_officers(act: Act, asked: EditRequest, problem: Problem) -> None:
    """Officers who are not here, and those of teams that somebody else manages."""
    for staff_no in asked.officers:
        if staff_no not in problem.officers:
            raise NotFound(f"{staff_no} is not a staff number here.")
        act.rights.must_manage(asked.unit, problem.officers[staff_no].team)
