"""Versions: published, looked back at, and restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rota.checker import Finding, Judgement, judge
from rota.domain import Problem
from rota.errors import Conflict, NotFound, RotaError
from rota.explaining import Change
from rota.rules import STRICT_LEVELS
from rota.services import drafts as draft_services
from rota.services.acting import Act
from rota.services.problems import filled, published_problem, to_publish, unit_held, unit_named
from rota.services.publishing import (
    PUBLISHED,
    RESTORED,
    Publication,
    explained,
    publish_rota,
)
from rota.services.telling import tell_officers
from rota.store import drafts, versions
from rota.store.database import Database
from rota.store.versions import ToldChange, Version


class Unacknowledged(RotaError):  # noqa: N818, it is the user who reads it
    """A rota breaks rules that somebody has to answer for, and nobody has said so."""

    def __init__(self, breaches: tuple[Finding, ...]) -> None:
        self.breaches = breaches
        told = "\n".join(f"  {breach.says}" for breach in breaches)
        super().__init__(
            f"Nothing was published. Of {' and '.join(STRICT_LEVELS)} are broken:\n{told}\n"
            "To publish all the same: --acknowledge"
        )


@dataclass(frozen=True, slots=True)
class Published:
    """A version, what it changed of the one before, and how it is judged."""

    version: Version
    changes: tuple[Change, ...]
    judgement: Judgement
    problem: Problem


def all_of(database: Database, *, unit: str) -> tuple[Version, ...]:
    """Every version of the unit, the newest first."""
    with database.reading() as connection:
        return versions.all_of(connection, unit_named(connection, unit).id)


def changes_of(database: Database, *, unit: str, number: int) -> tuple[ToldChange, ...]:
    """What a version changed, and why."""
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        if versions.find(connection, stored.id, number) is None:
            raise NotFound(f"{unit} has no version {number}.")
        return versions.changes_of(connection, stored.id, number)


def publish(
    database: Database,
    act: Act,
    *,
    unit: str,
    start: date | None = None,
    is_acknowledged: bool = False,
    revision: int | None = None,
    note: str = "",
) -> Published:
    """Publish the draft as the next version; the draft is gone then.

    Raises Unacknowledged if it breaks rules of the first levels, and Conflict if another version
    was published since the draft was begun, or another revision is meant.
    """
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        look = draft_services.looked_at(connection, act, stored, start)
        _refuse_outdated(look, revision)
        _refuse_misfits(look.judgement)
        _refuse_unacknowledged(look.judgement, is_acknowledged)
        publication = Publication(
            cause=PUBLISHED,
            problem=look.problem,
            seats=to_publish(look.problem, look.rota),
            judgement=look.judgement,
            planned_revision=look.draft.planned_revision,
            note=note,
            reasons=explained(look.problem, look.rota),
        )
        version = publish_rota(connection, act, stored, publication)
        drafts.remove(connection, look.draft)
        tell_officers(connection, act, stored, version, [publication])
    return Published(version, publication.changes, look.judgement, look.problem)


def restore(
    database: Database, act: Act, *, unit: str, number: int, is_acknowledged: bool = False
) -> Published:
    """Publish an old version anew, as far as its seats can still be used; days up to today stay."""
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        old = versions.find(connection, stored.id, number)
        if old is None:
            raise NotFound(f"{unit} has no version {number}.")
        problem = published_problem(connection, stored, old.period, act.today)
        seats = [seat.seat for seat in versions.seats_of(connection, stored.id, old)]
        rota = filled(problem, seats, [seat.seat for seat in problem.unit.published])
        judgement = judge(problem, rota)
        _refuse_unacknowledged(judgement, is_acknowledged)
        publication = Publication(
            cause=RESTORED,
            problem=problem,
            seats=to_publish(problem, rota),
            judgement=judgement,
            planned_revision=old.planned_revision,
            note=f"This is version {number} again, as far as it still fits.",
            reasons=explained(problem, rota),
        )
        version = publish_rota(connection, act, stored, publication)
        tell_officers(connection, act, stored, version, [publication])
    return Published(version, publication.changes, judgement, problem)


def _refuse_outdated(look: draft_services.Look, revision: int | None) -> None:
    draft = look.draft
    if revision is not None and revision != draft.revision:
        raise Conflict(f"The draft is at revision {draft.revision} now; look at it again.")
    if look.is_outdated:
        raise Conflict(
            "Another version was published since this draft was begun. Ask for a run of the same "
            "period: it plans the draft anew from what is published, and keeps locked seats."
        )


def _refuse_misfits(judgement: Judgement) -> None:
    if judgement.misfits:
        told = "\n".join(f"  {misfit.says}" for misfit in judgement.misfits[:10])
        more = len(judgement.misfits) - 10
        rest = f"\n  and {more} more" if more > 0 else ""
        raise RotaError(
            "The unit has changed since the draft was planned, which does not fit any more:\n"
            f"{told}{rest}\nAsk for a run of the same period; it keeps locked seats."
        )


def _refuse_unacknowledged(judgement: Judgement, is_acknowledged: bool) -> None:
    strict = tuple(b for b in judgement.breaches if b.rule.level in STRICT_LEVELS)
    if strict and not is_acknowledged:
        raise Unacknowledged(strict)
