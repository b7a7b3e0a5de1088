"""What becomes of a unit's records when files are imported, and of what people recorded since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from rota.domain import OfficerDay, Policy, Problem, Unit
from rota.domain.differences import Difference, differences
from rota.domain.merging import Merged, MergedRow, blended, merge
from rota.domain.naming import renamed
from rota.errors import BadInput, Fault
from rota.reading.unit_checks import find_new_faults
from rota.services.access.act import Act
from rota.services.access.audit_details import ChangedSetting, changed_settings
from rota.services.importing.import_answers import (
    SAME,
    Answers,
    Decision,
    Pair,
    decided,
    likely_pairs,
)
from rota.services.importing.import_reliance import Going, Shrinking, going, shrinking
from rota.services.units.renaming import rename_in
from rota.store.accounts import users
from rota.store.units import imported_rows, sources, units
from rota.store.units.sources import UNKNOWN_IMPORT, RowSource
from rota.store.units.units import StoredUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """A unit before an import, as the files have it (`theirs`), and all that follows from that.

    `last_rota` has the sites of the rota that the last files told.
    """

    before: Unit
    theirs: Unit
    last_rota: Mapping[OfficerDay, str]
    policy: Policy
    policy_in_file: Policy
    differences: tuple[Difference, ...]
    settings: tuple[ChangedSetting, ...]
    pairs: tuple[Pair, ...]
    decisions: tuple[Decision, ...]
    since: tuple[RecordedSince, ...]
    settings_since: tuple[SettingSince, ...]
    going: tuple[Going, ...]
    shrinking: tuple[Shrinking, ...]


def plan_import(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    problem: Problem,
    answers: Answers,
    *,
    is_new: bool,
) -> ImportPlan:
    """What the import is to do. Names are given at once that the answers say are to be changed."""
    before, theirs = units.load(connection, unit.id), problem.unit
    pairs = () if is_new else likely_pairs(before, theirs)
    decisions = decided(answers, pairs, before, theirs)
    before, theirs = _with_same_names(connection, act, unit, decisions, before, theirs)
    last, last_policy = imported_rows.load(connection, unit.id)
    merged = merge(last, before, theirs)
    policy, settings_since = merged_policy(
        connection, unit.id, last_policy, unit.policy, problem.policy
    )
    if answers.over_records:
        after, policy = theirs, problem.policy
    else:
        after = merged.unit
        _refuse_what_does_not_fit(theirs, merged)
    changes = tuple(differences(before, after))
    return ImportPlan(
        before=before,
        theirs=theirs,
        last_rota=imported_rows.load_rota(connection, unit.id),
        policy=policy,
        policy_in_file=problem.policy,
        differences=changes,
        settings=() if is_new else tuple(changed_settings(unit.policy, policy)),
        pairs=pairs,
        decisions=decisions,
        since=recorded_since(connection, unit.id, merged.kept),
        settings_since=settings_since,
        going=going(connection, unit.id, changes, before, act.today),
        shrinking=shrinking(changes, before, act.today),
    )


def write_import(connection: Connection, act: Act, unit: StoredUnit, plan: ImportPlan) -> None:
    """Write the plan, and that the files told what they did."""
    whole, mixed = _by_source(plan.differences, plan.theirs)
    units.apply(connection, unit.id, whole, act.import_source)
    units.apply(connection, unit.id, mixed, None)
    if plan.settings:
        is_told = plan.policy == plan.policy_in_file
        source = act.import_source if is_told else None
        units.change_policy(connection, unit.id, plan.policy, source)
    if plan.differences or plan.settings:
        units.raise_revision(connection, unit.id)
    imported_rows.keep(connection, unit.id, plan.theirs, plan.policy_in_file)


def _with_same_names(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    decisions: Iterable[Decision],
    before: Unit,
    theirs: Unit,
) -> tuple[Unit, Unit]:
    """What is stored and what the files say, once both call the same by one name."""
    for decision in decisions:
        if decision.how == SAME:
            theirs = renamed(theirs, decision.table, decision.after, decision.before)
        else:
            names = {"table": decision.table, "before": decision.before, "after": decision.after}
            rename_in(connection, act, unit, **names)
            before = renamed(before, decision.table, decision.before, decision.after)
    return before, theirs


def _refuse_what_does_not_fit(theirs: Unit, merged: Merged) -> None:
    """Raise BadInput if what people recorded cannot stand beside what the files say."""
    faults = find_new_faults(theirs, merged.unit) if merged.kept else []
    if faults:
        misfit = "this was recorded since the last import and does not go with the file"
        raise BadInput([*faults, Fault("records", misfit)])


def _by_source(
    changes: Iterable[Difference], theirs: Unit
) -> tuple[list[Difference], list[Difference]]:
    """The changes after which rows are as files tell them, and those that mix both."""
    whole, mixed = [], []
    for change in changes:
        rows = set(getattr(theirs, change.table))
        as_in_file = tuple(pair for pair in change.changed if pair[1] in rows)
        whole.append(replace(change, changed=as_in_file))
        mixed.append(Difference(change.table, changed=tuple(set(change.changed) - set(as_in_file))))
    return whole, mixed


@dataclass(frozen=True, slots=True)
class RecordedSince:
    """A row that is other than in the file because of somebody, and who that was."""

    kept: MergedRow
    source: RowSource

    @property
    def row(self) -> Any:
        """What they recorded or took out."""
        return self.kept.mine or self.kept.last or self.kept.in_file


@dataclass(frozen=True, slots=True)
class SettingSince:
    """A setting of the policy that is other than in the file (`after`), and who set it so."""

    setting: ChangedSetting
    source: RowSource


def recorded_since(
    connection: Connection, unit_id: int, kept: Iterable[MergedRow]
) -> tuple[RecordedSince, ...]:
    """Who recorded what stays although the file says otherwise."""
    found = tuple(_recorded_since(connection, unit_id, tuple(kept)))
    names = users.names(connection, {since.source.by for since in found if since.source.by})
    return tuple(replace(since, source=_named(since.source, names)) for since in found)


def merged_policy(
    connection: Connection, unit_id: int, last: Policy | None, mine: Policy, theirs: Policy
) -> tuple[Policy, tuple[SettingSince, ...]]:
    """The policy with what the file changes in it, and the settings that people set otherwise."""
    policy = blended(last or mine, mine, theirs)
    differing = changed_settings(policy, theirs)
    if not differing:
        return policy, ()
    source = units.policy_source(connection, unit_id)
    source = _named(source, users.names(connection, {source.by} if source.by else set()))
    return policy, tuple(SettingSince(setting, source) for setting in differing)


def _named(source: RowSource, names: Mapping[str, str]) -> RowSource:
    """The source with the name of the user in place of their address."""
    return replace(source, by=names.get(source.by or "", source.by))


def _recorded_since(
    connection: Connection, unit_id: int, kept: tuple[MergedRow, ...]
) -> Iterator[RecordedSince]:
    known: dict[str, Mapping[Any, RowSource]] = {}
    if any(row.mine is None for row in kept):
        gone = imported_rows.taken_out(connection, unit_id)
    for row in kept:
        if row.mine is None:
            yield RecordedSince(row, gone.get((row.table, row.last), UNKNOWN_IMPORT))
            continue
        if row.table not in known:
            known[row.table] = sources.by_row(connection, unit_id, row.table)
        yield RecordedSince(row, known[row.table].get(row.mine, UNKNOWN_IMPORT))
