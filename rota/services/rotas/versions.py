"""Versions: published, looked back at, and restored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.checker import Judgement
from rota.domain import Problem
from rota.errors import Conflict, NotFound
from rota.explaining import Change
from rota.services.access.act import Act
from rota.services.drafts.draft_view import DraftView, load_draft_view
from rota.services.publishing.notices import tell_officers
from rota.services.publishing.publication import PUBLISHED, RESTORED, Publication
from rota.services.publishing.publish import publish_rota
from rota.services.rotas.changed_seats import may_know_why
from rota.services.units.lookup import find_unit, hold_unit
from rota.services.units.planning_problem import (
    build_published_problem,
    compute_draft_changes,
    compute_restored_changes,
)
from rota.store.databases.database import Database
from rota.store.rotas import drafts, version_changes, versions
from rota.store.rotas.version_changes import VersionChange
from rota.store.rotas.versions import Version
from rota.store.units import units
from rota.store.units.units import StoredUnit


@dataclass(frozen=True, slots=True)
class Published:
    """A version, what it changed of the one before, and how it is judged."""

    version: Version
    publication: Publication

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.publication.changes

    @property
    def judgement(self) -> Judgement:
        return self.publication.judgement

    @property
    def problem(self) -> Problem:
        return self.publication.judged[0]


def list_versions(database: Database, act: Act, *, unit: str) -> tuple[Version, ...]:
    """Every version of the unit, the newest first."""
    act.rights.must_see(unit)
    with database.reading() as connection:
        return hide_costs(
            act, unit, versions.list_versions(connection, find_unit(connection, unit).id)
        )


def list_changes(
    database: Database, act: Act, *, unit: str, number: int
) -> tuple[VersionChange, ...]:
    """What a version changed, and why; as managers are told it only to those of the officer."""
    act.rights.must_see(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        find_version(connection, stored_unit, number)
        changes = version_changes.list_changes(connection, stored_unit.id, number)
        teams = {
            officer.staff_no: officer.team
            for officer in units.load_officers(connection, stored_unit.id, act.today)
        }
    return tuple(
        change
        if may_know_why(act, unit, teams.get(change.staff_no))
        else replace(change, reason_for_managers="")
        for change in changes
    )


def publish(
    database: Database,
    act: Act,
    *,
    unit: str,
    start: date | None = None,
    is_acknowledged: bool = False,
    acknowledgement: str = "",
    revision: int | None = None,
    newest: int | None = None,
    unit_revision: int | None = None,
    note: str = "",
) -> Published:
    """Publish the draft as the next version; the draft is gone then.

    What versions published since the draft was begun stays, where the draft did not change it.
    What breaks rules of the first levels is acknowledged with or without a reason, which goes into
    the audit; the note goes to everybody concerned.

    Raises Unacknowledged if nobody did, and Conflict if another revision of the draft is meant, if
    another version than `newest` is the newest, or if what was acknowledged may have been something
    else, since the unit is not at that revision any more.
    """
    act.rights.must_manage(unit)
    acknowledgement = acknowledgement.strip()
    is_acknowledged = is_acknowledged or bool(acknowledgement)
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        look = load_draft_view(connection, act, stored_unit, start)
        _refuse_other_revision(look, revision)
        _refuse_another_newest(connection, stored_unit, newest, "published")
        publication = build_publication_of_draft(
            look,
            note=note,
            is_acknowledged=is_acknowledged,
            acknowledgement=acknowledgement,
        )
        _refuse_unseen(stored_unit, unit_revision)
        version = publish_rota(connection, act, stored_unit, publication)
        drafts.remove(connection, look.draft)
        tell_officers(connection, act, stored_unit, version, [publication])
    return Published(version, publication)


def build_publication_of_draft(look: DraftView, **answers: Any) -> Publication:
    """What would be published to publish the draft as it was looked at."""
    return Publication(
        cause=PUBLISHED,
        problem=look.whole_problem,
        put=compute_draft_changes(look.whole_problem, look.drafted),
        planned_revision=look.draft.planned_revision,
        **answers,
    )


def restore(
    database: Database,
    act: Act,
    *,
    unit: str,
    number: int,
    is_acknowledged: bool = False,
    acknowledgement: str = "",
    newest: int | None = None,
    unit_revision: int | None = None,
) -> Published:
    """Publish an old version anew, as far as its seats can still be used; days up to today stay.

    Raises Unacknowledged as publishing does, and Conflict if another version than `newest` is the
    newest, or if the unit is not at that revision any more.
    """
    act.rights.must_manage(unit)
    acknowledgement = acknowledgement.strip()
    is_acknowledged = is_acknowledged or bool(acknowledgement)
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        _refuse_another_newest(connection, stored_unit, newest, "restored")
        publication = build_publication_of_old(
            connection,
            act,
            stored_unit,
            find_version(connection, stored_unit, number),
            is_acknowledged=is_acknowledged,
            acknowledgement=acknowledgement,
        )
        _refuse_unseen(stored_unit, unit_revision)
        version = publish_rota(connection, act, stored_unit, publication)
        tell_officers(connection, act, stored_unit, version, [publication])
    return Published(version, publication)


def build_publication_of_old(
    connection: Connection, act: Act, unit: StoredUnit, old: Version, **answers: Any
) -> Publication:
    """What would be published to have an old version again."""
    problem = build_published_problem(connection, unit, old.period, act.today)
    seats = versions.list_seats(connection, unit.id, old)
    return Publication(
        cause=RESTORED,
        problem=problem,
        put=compute_restored_changes(problem, seats),
        planned_revision=old.planned_revision,
        note=f"This is version {old.number} again, as far as it still fits.",
        **answers,
    )


def find_version(connection: Connection, unit: StoredUnit, number: int) -> Version:
    """The unit's version of that number. Raises NotFound if there is none."""
    version = versions.find(connection, unit.id, number)
    if version is None:
        raise NotFound(f"{unit.name} has no version {number}.")
    return version


def hide_costs(act: Act, unit: str, unit_versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """The unit's versions as the actor may know them: costs are figures, and not for everybody."""
    if act.rights.knows_figures(unit):
        return unit_versions
    return tuple(replace(version, costs={}) for version in unit_versions)


def _refuse_other_revision(look: DraftView, revision: int | None) -> None:
    current = look.draft.revision
    if revision not in (None, current):
        raise Conflict(f"The draft is at revision {current} now; look at it again.")


def _refuse_unseen(unit: StoredUnit, revision: int | None) -> None:
    """Refuse what was looked at at another revision of the unit: it may be something else now."""
    if revision not in (None, unit.revision):
        raise Conflict(
            f"Somebody changed something of {unit.name} since you looked, so that other seats may "
            "change, or other rules be broken. Nothing was published; look at it again."
        )


def _refuse_another_newest(
    connection: Connection, unit: StoredUnit, newest: int | None, what_failed: str
) -> None:
    current = versions.find_newest_number(connection, unit.id)
    if newest not in (None, current):
        raise Conflict(
            f"Version {current} was published since you looked. "
            f"Nothing was {what_failed}; look at it again."
        )
