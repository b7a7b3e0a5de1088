"""An edit of a draft as one transaction: opened or begun, judged anew, kept, and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rota.domain import ChangedDays, OfficerDay, Problem, flatten_days, group_by_day, list_plain
from rota.effects import Effect, find_effects_between
from rota.errors import NotFound
from rota.services.access.act import Act
from rota.services.access.audit_details import describe_seats
from rota.services.drafts.day_edits import (
    AUDIT_WORDS,
    DayEdit,
    DraftDay,
    find_new_days,
    list_officers,
)
from rota.services.drafts.draft_view import DraftView, build_view_after, remember_view
from rota.services.drafts.drafts import build_conflict, open_or_begin, refuse_other_revision
from rota.services.units.lookup import hold_unit
from rota.store.databases.database import Database
from rota.store.rotas import drafts
from rota.store.rotas.draft_seats import Origins
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
    def costs_before(self) -> Mapping[str, float]:
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
        of_day = [(staff_no, day.day) for staff_no in list_officers(day, day_edit)]
        _refuse_officers(act, day.unit, of_day, before.problem)
        new_days = find_new_days(before.whole_problem, before.seats, day, day_edit)
        _refuse_officers(act, day.unit, new_days, before.problem)
        after = build_view_after(act, unit, before, new_days)
        draft = drafts.put_seats(
            connection,
            before.draft,
            new_days,
            at=act.at,
            by=act.actor,
            costs=after.judgement.costs,
            moved_from=find_moved_from(before, new_days),
        )
        if draft is None:
            raise build_conflict(connection, before.draft)
        after = replace(after, draft=draft)
        audit.add(
            connection, unit.id, _build_entry(act, AUDIT_WORDS[type(day_edit)], before, new_days)
        )
    remember_view(database.engine, before, after)
    effects = _find_effects(before, after, new_days)
    return EditedDraft(before=before, after=after, effects=effects, is_begun=not revision)


def find_moved_from(view: DraftView, new_days: ChangedDays) -> Origins:
    """Which days of the draft are moved by hand after an edit, and from which seats.

    A day that is set back to where planning, or what is published, has the officer is not; nor is
    one that is taken out of the draft.
    """
    published = group_by_day(view.tables.published)
    moved_from = view.draft.moved_from
    after = {day: seats for day, seats in moved_from.items() if day not in new_days}
    by_hand = {of_day.officer_day for of_day in view.by_hand}
    for officer_day, new in new_days.items():
        if new is None:
            continue
        old, in_force = view.seats.get(officer_day), published.get(officer_day)
        origin = moved_from[officer_day] if officer_day in by_hand else old.plain if old else ()
        if new.plain not in (origin, in_force.plain if in_force else ()):
            after[officer_day] = origin
    return after


def _find_effects(before: DraftView, after: DraftView, new_days: ChangedDays) -> tuple[Effect, ...]:
    """What the seats that are elsewhere now do to the findings."""
    old = [before.seats.get(officer_day) for officer_day in new_days]
    new = [after.seats.get(officer_day) for officer_day in new_days]
    if [of_day and of_day.part for of_day in old] != [of_day and of_day.part for of_day in new]:
        return find_effects_between(before.judgement, after.judgement)
    return before.effects.find(seats_taken=list_plain(new), seats_given_up=list_plain(old))


def _build_entry(act: Act, what: str, before: DraftView, new_days: ChangedDays) -> audit.AuditEntry:
    about = {"draft": str(before.draft.period), "revision": before.draft.revision}
    old_days = [before.seats[day] for day in new_days if day in before.seats]
    return act.entry(
        what,
        before={**about, "seats": describe_seats(flatten_days(old_days))},
        after={"seats": describe_seats(flatten_days(new_days.values()))},
    )


def _refuse_officers(
    act: Act, unit: str, officer_days: Iterable[OfficerDay], problem: Problem
) -> None:
    """Refuse officers who are not here, and those of teams that somebody else manages then."""
    for staff_no, day in officer_days:
        if staff_no not in problem.officers:
            raise NotFound(f"{staff_no} is not a staff number here.")
        act.rights.must_manage(unit, problem.officer_on(staff_no, day).team)
