"""Drafts: listed, looked at, begun from what is published, and thrown away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from rota.domain import flatten_days, in_words
from rota.errors import Conflict, NotFound
from rota.moments import LONDON
from rota.services.access.act import Act, find_actor_name
from rota.services.access.audit_details import describe_seats
from rota.services.drafts.draft_seats import find_standing_seats
from rota.services.drafts.draft_view import (
    DraftView,
    build_draft_view,
    find_draft,
    load_draft_view,
    load_view_of,
)
from rota.services.publishing.publish import find_planned_revision
from rota.services.units.lookup import find_unit, hold_unit
from rota.services.units.planning_problem import build_draft_problem
from rota.store.databases.database import Database
from rota.store.rotas import draft_heads, drafts, versions
from rota.store.rotas.draft_heads import DraftHead
from rota.store.rotas.drafts import Draft
from rota.store.rotas.versions import Version
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


def load_view(database: Database, act: Act, *, unit: str, start: date | None = None) -> DraftView:
    """The draft of the period that starts on the date, or the only one there is."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return load_draft_view(connection, act, find_unit(connection, unit), start)


def list_heads(database: Database, act: Act, *, unit: str) -> tuple[DraftHead, ...]:
    """The unit's drafts without their seats, by date."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return draft_heads.list_heads(connection, find_unit(connection, unit).id)


def find_unit_revision(database: Database, act: Act, *, unit: str) -> int:
    """How often the unit was changed, counted from 1; a draft is published at the one looked at."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return find_unit(connection, unit).revision


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
        stored_unit = hold_unit(connection, unit)
        draft = drafts.load_draft(connection, find_draft(connection, stored_unit, start))
        refuse_other_revision(connection, draft, draft.revision, revision)
        drafts.remove(connection, draft)
        before = {"draft": str(draft.period), "seats": describe_seats(draft.seats)}
        audit.add(connection, stored_unit.id, act.entry("discarded a draft", before=before))
    return draft


def open_or_begin(
    connection: Connection, act: Act, unit: StoredUnit, start: date | None, day: date
) -> tuple[DraftView, int]:
    """The draft that holds the day with its revision; if there is none, one that is begun now.

    It has what of the published rota still fits, and 0 for its revision until then.
    """
    for head in draft_heads.list_heads(connection, unit.id):
        if day in head.period and start in (None, head.period.first):
            return load_view_of(connection, act, unit, head), head.revision
    for version in versions.list_in_force(connection, unit.id):
        if day in version.period and start in (None, version.period.first):
            return _begin(connection, act, unit, version), 0
    raise NotFound(f"{unit.name} has neither a draft nor a published rota {in_words(day)}.")


def _begin(connection: Connection, act: Act, unit: StoredUnit, version: Version) -> DraftView:
    problem = build_draft_problem(connection, unit, version.period, act.today)
    published = versions.list_seats_in_force(connection, unit.id, version.period)
    draft = Draft(
        id=0,
        period=version.period,
        revision=1,
        base=version.number,
        planned_revision=find_planned_revision(connection, unit, version),
        costs={},
        changed_at=act.at,
        changed_by=act.actor,
        stamp=None,
        replaced=None,
        seats=flatten_days(find_standing_seats(problem, published, published).values()),
    )
    view = build_draft_view(connection, act, unit, draft)
    draft_id = drafts.add(
        connection,
        unit.id,
        period=draft.period,
        base=draft.base,
        planned_revision=draft.planned_revision,
        costs=view.judgement.costs,
        at=act.at,
        by=act.actor,
        seats=draft.seats,
    )
    return replace(view, draft=replace(draft, id=draft_id, costs=view.judgement.costs))


def refuse_other_revision(
    connection: Connection, draft: Draft, revision: int, expected: int | None
) -> None:
    """Raise Conflict if a revision is expected, and the draft is at another."""
    if expected and not revision:
        raise Conflict(
            "The draft that you looked at was published or thrown away since. "
            "Nothing of yours was kept: look again and try again."
        )
    if expected not in (None, revision):
        raise build_conflict(connection, draft)


def build_conflict(connection: Connection, draft: Draft) -> Conflict:
    """The error that says who changed the draft meanwhile, to be raised."""
    changed_at = draft.changed_at.astimezone(LONDON)
    name = find_actor_name(connection, draft.changed_by)
    return Conflict(
        f"{name} changed the draft at {changed_at:%H:%M} on {changed_at:%d/%m/%Y}; "
        f"it is at revision {draft.revision} now. "
        "Nothing of yours was kept: look at it and try again."
    )
