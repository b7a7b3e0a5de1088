"""An edit of a draft as one transaction: opened or begun, judged anew, kept, and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rota.domain import OfficerDay, Problem
from rota.effects import Effect, find_effects_between
from rota.errors import NotFound
from rota.services.access.act import Act
from rota.services.drafts.day_edits import (
    AUDIT_WORDS,
    NOWHERE,
    DayEdit,
    DraftDay,
    NewSeats,
    find_new_seats,
    list_officers,
)
from rota.services.drafts.draft_view import DraftView, build_view_after, remember_view
from rota.services.drafts.drafts import build_conflict, open_or_begin, refuse_other_revision
from rota.services.units.lookup import hold_unit
from rota.store.databases.database import Database
from rota.store.rotas import drafts
from rota.store.upkeep import audit


@dataclass(frozen=True, kw_only=True)
class EditedDraft:
    """A draft before and after an edit, and the findings that differ.

    `is_begun` says that there was no draft before, so that one was made of what is published.
    """

    before: DraftView
    after: DraftView
    effects: tuple[Effect, ...]
    is_begun: bool

    @property
    def costs_before(self) -> Mapping[str, int]:
        return self.before.judgement.costs


def edit(database: Database, act: Act, day: DraftDay, day_edit: DayEdit) -> EditedDraft:
    """Edit the draft that holds the day; if there is none, one is begun.

    Raises why the edit may not be, and Conflict if the draft is not as it was looked at.
    """
    act.rights.must_manage(day.unit)
    with database.writing() as connection:
        unit = hold_unit(connection, day.unit)
        before, revision = open_or_begin(connection, act, unit, day.start, day.day)
        refuse_other_revision(connection, before.draft, revision, day.revision)
        _refuse_officers(act, day.unit, list_officers(day, day_edit), before.problem)
        new_seats = find_new_seats(before.whole_problem, before.seats, day, day_edit)
        after = build_view_after(act, unit, before, new_seats)
        draft = drafts.put_seats(
            connection,
            before.draft,
            new_seats,
            at=act.at,
            by=act.actor,
            costs=after.judgement.costs,
            moved_from=find_moved_from(before, new_seats),
        )
        if draft is None:
            raise build_conflict(connection, before.draft)
        after = replace(after, draft=draft)
        audit.add(
            connection, unit.id, _build_entry(act, AUDIT_WORDS[type(day_edit)], before, new_seats)
        )
    remember_view(database.engine, before, after)
    effects = _find_effects(before, after, new_seats)
    return EditedDraft(before=before, after=after, effects=effects, is_begun=not revision)


def find_moved_from(view: DraftView, new_seats: NewSeats) -> Mapping[OfficerDay, str]:
    """Which seats of the draft are moved by hand after an edit, and from which site.

    A seat that is set back to where planning, or what is published, has the officer is not; nor is
    one that is taken out of the draft.
    """
    published = {(seat.staff_no, seat.date): seat.site for seat in view.tables.published}
    moved_from = view.draft.moved_from
    after = {day: site for day, site in moved_from.items() if day not in new_seats}
    by_hand = {(seat.staff_no, seat.date) for seat in view.by_hand}
    for officer_day, seat in new_seats.items():
        old = view.seats.get(officer_day)
        site = moved_from[officer_day] if officer_day in by_hand else old.site if old else NOWHERE
        if seat is not None and seat.site not in (site, published.get(officer_day)):
            after[officer_day] = site
    return after


def _find_effects(before: DraftView, after: DraftView, new_seats: NewSeats) -> tuple[Effect, ...]:
    """What the seats that are elsewhere now do to the findings."""
    seats_given_up = [before.seats[day].seat for day in new_seats if day in before.seats]
    seats_taken = [after.seats[day].seat for day in new_seats if day in after.seats]
    if len(seats_given_up) < len(new_seats) or len(seats_taken) < len(new_seats):
        return find_effects_between(before.judgement, after.judgement)
    return before.effects.find(seats_taken=seats_taken, seats_given_up=seats_given_up)


def _build_entry(act: Act, what: str, before: DraftView, new_seats: NewSeats) -> audit.AuditEntry:
    about = {"draft": str(before.draft.period), "revision": before.draft.revision}
    old_seats = [before.seats[day] for day in new_seats if day in before.seats]
    return act.entry(
        what,
        before={**about, "seats": [seat._asdict() for seat in old_seats]},
        after={"seats": [seat._asdict() for seat in new_seats.values() if seat]},
    )


def _refuse_officers(act: Act, unit: str, officers: tuple[str, ...], problem: Problem) -> None:
    """Refuse officers who are not here, and those of teams that somebody else manages."""
    for staff_no in officers:
        if staff_no not in problem.officers:
            raise NotFound(f"{staff_no} is not a staff number here.")
        act.rights.must_manage(unit, problem.officers[staff_no].team)
