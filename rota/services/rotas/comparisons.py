"""Drafts and versions against what there was before them, and what to publish them would break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from rota.checker import Finding, Judgement
from rota.domain import Rota, Seat, group_by_day, list_plain
from rota.errors import NotFound, RotaError
from rota.explaining import find_changes_between
from rota.rules import Rule
from rota.services.access.act import Act
from rota.services.access.finding_rights import find_readable, list_known_teams
from rota.services.drafts.draft_view import DraftView, load_view_of
from rota.services.publishing.publication import Publication, build_version_change
from rota.services.rotas import versions as version_services
from rota.services.rotas.changed_seats import Comparison, compare_changes
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.rotas import draft_heads, version_changes, versions
from rota.store.rotas.draft_heads import DraftHead
from rota.store.rotas.version_changes import VersionChange
from rota.store.rotas.versions import Version
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

    view: DraftView
    with_published: Comparison | None
    with_draft_before: Comparison | None
    breaches: Breaches


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChoice:
    """The drafts of a unit, by date, and the one that was asked for or is the only one."""

    heads: tuple[DraftHead, ...]
    selected: DraftCompared | None


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
        stored_unit = find_unit(connection, unit)
        heads = draft_heads.list_heads(connection, stored_unit.id)
        matching = [head for head in heads if start in (None, head.period.first)]
        if start is not None and not matching:
            raise NotFound(f"{unit} has no draft that starts on {start}.")
        view = (
            load_view_of(connection, act, stored_unit, matching[0]) if len(matching) == 1 else None
        )
    return DraftChoice(
        heads=heads, selected=_compare_draft(act, stored_unit, view) if view else None
    )


def compare_version(
    database: Database, act: Act, *, unit: str, number: int, other: int | None = None
) -> VersionCompared:
    """A version against another one of the same period, or what it changed."""
    act.rights.must_see(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        unit_versions = version_services.hide_costs(
            act, unit, versions.list_versions(connection, stored_unit.id)
        )
        version = _find_numbered(unit, unit_versions, number)
        other_version = None if other is None else _find_numbered(unit, unit_versions, other)
        officers = units.load_officers_ever(connection, stored_unit.id, act.today)
        changes = tuple(_find_changes(connection, stored_unit, version, other_version))
    same_period = [v for v in unit_versions if v.period == version.period]
    return VersionCompared(
        version=version,
        other=other_version,
        comparison=compare_changes(act, unit, officers, changes),
        others=tuple(v for v in same_period if v is not version),
        newest=unit_versions[0].number,
        is_in_force=same_period[0] is version,
    )


def compare_restored(database: Database, act: Act, *, unit: str, number: int) -> Restoring:
    """What would be published to have an old version again."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        newest = versions.find_newest_number(connection, stored_unit.id)
        old = version_services.find_version(connection, stored_unit, number)
        publication = version_services.build_publication_of_old(connection, act, stored_unit, old)
    changes = (build_version_change(change, publication.reasons) for change in publication.changes)
    return Restoring(
        version=old,
        comparison=compare_changes(act, unit, publication.problem.officers, changes),
        breaches=_find_breaches(act, stored_unit, publication),
        newest=newest,
    )


def _compare_draft(act: Act, unit: StoredUnit, view: DraftView) -> DraftCompared:
    officers = view.problem.officers
    publication = version_services.build_publication_of_draft(view)
    with_published = None
    if not publication.is_first:
        changes = (
            build_version_change(change, publication.reasons) for change in publication.changes
        )
        with_published = compare_changes(act, unit.name, officers, changes)
    with_draft_before = None
    if view.draft.replaced is not None:
        replaced = _find_replaced(view, view.draft.replaced)
        with_draft_before = compare_changes(act, unit.name, officers, replaced)
    return DraftCompared(
        view=view,
        with_published=with_published,
        with_draft_before=with_draft_before,
        breaches=_find_breaches(act, unit, publication),
    )


def _find_replaced(view: DraftView, replaced: Sequence[Seat]) -> Iterator[VersionChange]:
    """What the last run changed in the draft, of what nobody has changed back since."""
    days = group_by_day(view.drafted)
    for seat in replaced:
        of_day = days.get(seat.officer_day)
        now = of_day and of_day.keep_part(seat.part)
        before = [seat] if seat.site else []
        for change in find_changes_between(before, Rota.of(list_plain([now]))):
            yield build_version_change(change, {})


def _find_breaches(act: Act, unit: StoredUnit, publication: Publication) -> Breaches:
    problem = publication.problem
    readable = find_readable(
        problem, list_known_teams(act.rights, unit.name, problem), publication.added_breaches
    )
    to_answer_for = {id(breach) for breach in publication.added_breaches}
    other_breaches = tuple(b for b in publication.judgement.breaches if id(b) not in to_answer_for)
    return Breaches(
        strict=readable.findings,
        left_out=readable.left_out,
        others=tuple(
            (rule, len(breaches))
            for rule, breaches in group_breaches_by_rule(Judgement((), other_breaches))
        ),
        revision=unit.revision,
    )


def _find_numbered(unit: str, unit_versions: Sequence[Version], number: int) -> Version:
    for version in unit_versions:
        if version.number == number:
            return version
    raise NotFound(f"{unit} has no version {number}.")


def _find_changes(
    connection: Connection, unit: StoredUnit, version: Version, other: Version | None
) -> Iterator[VersionChange]:
    """What differs in the version, with the reasons for which it was changed by the version."""
    changes = version_changes.list_changes(connection, unit.id, version.number)
    if other is None:
        yield from changes
        return
    if other.period != version.period:
        raise RotaError(f"Version {other.number} is about other weeks than {version.number}.")
    by_seats = {_without_reasons(change): change for change in changes}
    before = versions.list_seats(connection, unit.id, other)
    after = Rota.of(seat.seat for seat in versions.list_seats(connection, unit.id, version))
    for change in find_changes_between(before, after):
        bare = build_version_change(change, {})
        yield by_seats.get(bare, bare)


def _without_reasons(change: VersionChange) -> VersionChange:
    return replace(change, reason="", reason_for_managers="")
