"""Drafts and versions against what there was before them, and what to publish them would break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from rota.checker import Finding, Judgement
from rota.domain import Rota, Seat
from rota.errors import NotFound, RotaError
from rota.explaining import find_changes_between
from rota.rules import Rule
from rota.services.access.act import Act
from rota.services.access.finding_rights import known, teams_of
from rota.services.drafts.draft_view import DraftView, look_of
from rota.services.publishing.publication import Publication, told_change
from rota.services.rotas import versions as version_services
from rota.services.rotas.changed_seats import Comparison, comparison
from rota.services.units.lookup import unit_named
from rota.store.databases.database import Database
from rota.store.rotas import drafts, versions
from rota.store.rotas.drafts import Head
from rota.store.rotas.versions import ToldChange, Version
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.writing.level_standings import group_breaches_by_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaches:
    """What a rota breaks: what somebody has to answer for who publishes it, and the rest by rule.

    To be answered for are the breaches of the first levels that it adds to what is published.
    `left_out` are to be answered for too, but concern people of teams that the reader does not
    manage. `revision` is the unit's, for which they were found.
    """

    strict: tuple[Finding, ...]
    left_out: int
    others: tuple[tuple[Rule, int], ...]
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCompared:
    """A draft against the published rota, and against the draft that the last run planned anew.

    None stands for a comparison with what is not there.
    """

    look: DraftView
    with_published: Comparison | None
    with_draft_before: Comparison | None
    breaches: Breaches


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChoice:
    """The drafts of a unit, by date, and the one that was asked for or is the only one."""

    heads: tuple[Head, ...]
    chosen: DraftCompared | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionCompared:
    """A version against another one of its period; without another, what it changed itself.

    `others` are those of the same period, `newest` is the number of the unit's newest.
    """

    version: Version
    other: Version | None
    comparison: Comparison
    others: tuple[Version, ...]
    newest: int
    is_in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoring:
    """What to have an old version again would change, and break."""

    version: Version
    comparison: Comparison
    breaches: Breaches
    newest: int


def compare_draft(
    database: Database, act: Act, *, unit: str, start: date | None = None
) -> DraftChoice:
    """The drafts of the unit, and the one that starts on the date against what there was before."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        heads = drafts.heads(connection, stored.id)
        those = [head for head in heads if start in (None, head.period.first)]
        if start is not None and not those:
            raise NotFound(f"{unit} has no draft that starts on {start}.")
        look = look_of(connection, act, stored, those[0]) if len(those) == 1 else None
    return DraftChoice(heads=heads, chosen=_draft_compared(act, stored, look) if look else None)


def compare_version(
    database: Database, act: Act, *, unit: str, number: int, other: int | None = None
) -> VersionCompared:
    """A version against another one of the same period, or what it changed."""
    act.rights.must_see(unit)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        there = version_services.known(act, unit, versions.all_of(connection, stored.id))
        version = _numbered(unit, there, number)
        its_other = None if other is None else _numbered(unit, there, other)
        officers = units.load_officers(connection, stored.id)
        told = tuple(_between(connection, stored, version, its_other))
    same = [its for its in there if its.period == version.period]
    return VersionCompared(
        version=version,
        other=its_other,
        comparison=comparison(act, unit, officers, told),
        others=tuple(its for its in same if its is not version),
        newest=there[0].number,
        is_in_force=same[0] is version,
    )


def compare_restored(database: Database, act: Act, *, unit: str, number: int) -> Restoring:
    """What would be published to have an old version again."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        newest = versions.newest_number(connection, stored.id)
        old = version_services.found(connection, stored, number)
        publication = version_services.restored(connection, act, stored, old)
    told = (told_change(change, publication.reasons) for change in publication.changes)
    return Restoring(
        version=old,
        comparison=comparison(act, unit, publication.problem.unit.officers, told),
        breaches=_breaches(act, stored, publication),
        newest=newest,
    )


def _draft_compared(act: Act, unit: StoredUnit, look: DraftView) -> DraftCompared:
    officers = look.problem.unit.officers
    publication = version_services.drafted(look)
    with_published = None
    if not publication.is_first:
        changes = (told_change(its, publication.reasons) for its in publication.changes)
        with_published = comparison(act, unit.name, officers, changes)
    with_draft_before = None
    if look.draft.replaced is not None:
        replaced = _replaced(look, look.draft.replaced)
        with_draft_before = comparison(act, unit.name, officers, replaced)
    return DraftCompared(
        look=look,
        with_published=with_published,
        with_draft_before=with_draft_before,
        breaches=_breaches(act, unit, publication),
    )


def _replaced(look: DraftView, replaced: Sequence[Seat]) -> Iterator[ToldChange]:
    """What the last run changed in the draft, of what nobody has changed back since."""
    now = {(seat.staff_no, seat.date): seat.site for seat in look.drafted}
    for seat in replaced:
        before, after = seat.site or None, now.get((seat.staff_no, seat.date))
        if before != after:
            yield ToldChange(seat.staff_no, seat.date, before, after, "", "")


def _breaches(act: Act, unit: StoredUnit, publication: Publication) -> Breaches:
    problem = publication.problem
    added = known(problem, teams_of(act.rights, unit.name, problem), publication.added_breaches)
    to_answer_for = {id(breach) for breach in publication.added_breaches}
    others = tuple(b for b in publication.judgement.breaches if id(b) not in to_answer_for)
    return Breaches(
        strict=added.findings,
        left_out=added.left_out,
        others=tuple(
            (rule, len(its)) for rule, its in group_breaches_by_rule(Judgement((), others))
        ),
        revision=unit.revision,
    )


def _numbered(unit: str, there: Sequence[Version], number: int) -> Version:
    for version in there:
        if version.number == number:
            return version
    raise NotFound(f"{unit} has no version {number}.")


def _between(
    connection: Connection, unit: StoredUnit, version: Version, other: Version | None
) -> Iterator[ToldChange]:
    """What differs in the version, with the reasons for which it was changed by the version."""
    changes = versions.changes_of(connection, unit.id, version.number)
    if other is None:
        yield from changes
        return
    if other.period != version.period:
        raise RotaError(f"Version {other.number} is about other weeks than {version.number}.")
    why = {_bare(its): its for its in changes}
    before = versions.seats_of(connection, unit.id, other)
    after = Rota.of(seat.seat for seat in versions.seats_of(connection, unit.id, version))
    for change in find_changes_between(before, after):
        told = told_change(change, {})
        yield why.get(told, told)


def _bare(change: ToldChange) -> ToldChange:
    return replace(change, reason="", reason_for_managers="")
