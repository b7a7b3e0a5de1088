"""What an import does to a unit's records, and to what people recorded since the last one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.domain import Policy, Problem, SeatsByDay, Unit, find_monday_from
from rota.errors import BadInput, Fault
from rota.reading.unit_checks import find_new_faults
from rota.records.differences import Difference, find_differences
from rota.records.look_alikes import Pair, find_likely_pairs
from rota.records.merging import Merged, MergedRow, merge, merge_attributes
from rota.records.naming import rename_in_unit
from rota.records.past_rows import keep_past_rows
from rota.records.terms import drop_start, drop_starts, take_terms_of_files
from rota.records.terms_in_turn import find_other_pasts
from rota.records.unit_change import UnitChange
from rota.services.access.act import Act
from rota.services.access.audit_details import ChangedSetting, find_changed_settings
from rota.services.importing.import_answers import (
    SAME,
    Answers,
    Decision,
    decide_pairs,
)
from rota.services.importing.import_reliance import Going, Shrinking, find_going, find_shrinking
from rota.services.units.renaming import rename_in
from rota.store.accounts import users
from rota.store.units import earlier_terms, imported_rows, reliance, row_changes, sources, units
from rota.store.units.sources import UNKNOWN_IMPORT, RowSource
from rota.store.units.units import StoredUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """A unit before an import, as the files have it, and all that follows from the two.

    `last_rota` has the days of the rota in the last files that had one. What changes and of which
    the files tell no day holds `since` that one. `pasts` are rows, with their tables, of which
    earlier terms alone change.
    """

    before: Unit
    after: Unit
    in_files: Unit
    since: date
    last_rota: SeatsByDay
    policy: Policy
    policy_in_file: Policy
    differences: tuple[Difference, ...]
    pasts: tuple[tuple[str, Any], ...]
    settings: tuple[ChangedSetting, ...]
    pairs: tuple[Pair, ...]
    decisions: tuple[Decision, ...]
    recorded_since: tuple[RecordedSince, ...]
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
    """What the import is to do. Renames that the answers ask for are written at once."""
    since = date.fromisoformat(answers.since) if answers.since else act.tomorrow
    before, in_files = units.load(connection, unit.id), problem.unit
    pairs = () if is_new else find_likely_pairs(before, in_files)
    decisions = decide_pairs(answers, pairs, before, in_files)
    before, in_files = _use_same_names(connection, act, unit, decisions, before, in_files)
    last, last_policy = imported_rows.load(connection, unit.id)
    in_files = keep_past_rows(last, in_files, act.today)
    merged = merge(drop_starts(last), drop_starts(before), drop_starts(in_files))
    policy, settings_since = merge_policy(
        connection, unit.id, last_policy, unit.policy, problem.policy
    )
    if answers.over_records:
        last, after, policy = before, drop_starts(in_files), problem.policy
    else:
        after = merged.unit
        _refuse_what_does_not_fit(in_files, merged)
    change = UnitChange.between(
        take_terms_of_files(last, before, in_files, since),
        after,
        since=since,
        forgotten=reliance.find_never_seated(connection, unit.id, before),
    )
    changes = tuple(find_differences(before, change.after))
    return ImportPlan(
        before=before,
        after=change.after,
        since=since,
        in_files=in_files,
        last_rota=imported_rows.load_rota(connection, unit.id),
        policy=policy,
        policy_in_file=problem.policy,
        differences=changes,
        pasts=find_other_pasts(before, change.after),
        settings=() if is_new else tuple(find_changed_settings(unit.policy, policy)),
        pairs=pairs,
        decisions=decisions,
        recorded_since=find_recorded_since(connection, unit.id, merged.rows_of_people),
        settings_since=settings_since,
        going=find_going(connection, unit.id, changes, before, act.today),
        shrinking=find_shrinking(changes, before, act.today),
    )


def write_import(connection: Connection, act: Act, unit: StoredUnit, plan: ImportPlan) -> None:
    """Write the plan, and what the files held."""
    whole, mixed = _split_by_source(plan.differences, plan.in_files)
    row_changes.apply(connection, unit.id, whole, act.import_source)
    row_changes.apply(connection, unit.id, mixed, None)
    earlier_terms.change(connection, unit.id, plan.before, plan.after)
    if plan.settings:
        is_told = plan.policy == plan.policy_in_file
        source = act.import_source if is_told else None
        monday = find_monday_from(plan.since)
        units.change_policy(connection, unit.id, plan.policy, source, since=monday)
    if plan.differences or plan.pasts or plan.settings:
        units.raise_revision(connection, unit.id)
    imported_rows.save(connection, unit.id, plan.in_files, plan.policy_in_file)


def _use_same_names(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    decisions: Iterable[Decision],
    before: Unit,
    in_files: Unit,
) -> tuple[Unit, Unit]:
    """What is stored and what the files say, once both call the same by one name."""
    for decision in decisions:
        if decision.answer == SAME:
            in_files = rename_in_unit(in_files, decision.table, decision.after, decision.before)
        else:
            names = {"table": decision.table, "before": decision.before, "after": decision.after}
            rename_in(connection, act, unit, **names)
            before = rename_in_unit(before, decision.table, decision.before, decision.after)
    return before, in_files


def _refuse_what_does_not_fit(in_files: Unit, merged: Merged) -> None:
    """Raise BadInput if what people recorded cannot stand beside what the files say."""
    units_compared = (replace(unit, history=()) for unit in (in_files, merged.unit))
    faults = find_new_faults(*units_compared) if merged.rows_of_people else []
    if faults:
        misfit = "this was recorded since the last import and does not go with the file"
        raise BadInput([*faults, Fault("records", misfit)])


def _split_by_source(
    changes: Iterable[Difference], in_files: Unit
) -> tuple[list[Difference], list[Difference]]:
    """The changes after which rows are as in the files, and those that mix both."""
    whole, mixed = [], []
    for change in changes:
        rows = {drop_start(change.table, row) for row in getattr(in_files, change.table)}
        as_in_file = tuple(
            pair for pair in change.changed_rows if drop_start(change.table, pair[1]) in rows
        )
        whole.append(replace(change, changed_rows=as_in_file))
        mixed.append(
            Difference(change.table, changed_rows=tuple(set(change.changed_rows) - set(as_in_file)))
        )
    return whole, mixed


@dataclass(frozen=True, slots=True)
class RecordedSince:
    """A row that is other than in the file because of somebody, and who that was."""

    merged: MergedRow
    source: RowSource

    @property
    def row(self) -> Any:
        """What they recorded or took out."""
        return self.merged.recorded or self.merged.last or self.merged.in_file


@dataclass(frozen=True, slots=True)
class SettingSince:
    """A setting of the policy that is other than in the file (`after`), and who set it so."""

    setting: ChangedSetting
    source: RowSource


def find_recorded_since(
    connection: Connection, unit_id: int, rows: Iterable[MergedRow]
) -> tuple[RecordedSince, ...]:
    """Who recorded what stays although the file says otherwise."""
    recorded = tuple(_read_sources(connection, unit_id, tuple(rows)))
    names = users.find_names(connection, {since.source.by for since in recorded if since.source.by})
    return tuple(replace(since, source=_name_source(since.source, names)) for since in recorded)


def merge_policy(
    connection: Connection,
    unit_id: int,
    last: Policy | None,
    stored_policy: Policy,
    in_files: Policy,
) -> tuple[Policy, tuple[SettingSince, ...]]:
    """The policy with what the file changes in it, and the settings that people set otherwise."""
    policy = merge_attributes(last or stored_policy, stored_policy, in_files)
    differing = find_changed_settings(policy, in_files)
    if not differing:
        return policy, ()
    source = units.load_policy_source(connection, unit_id)
    source = _name_source(source, users.find_names(connection, {source.by} if source.by else set()))
    return policy, tuple(SettingSince(setting, source) for setting in differing)


def _name_source(source: RowSource, names: Mapping[str, str]) -> RowSource:
    """The source with the name of the user in place of their address."""
    return replace(source, by=names.get(source.by or "", source.by))


def _read_sources(
    connection: Connection, unit_id: int, rows: tuple[MergedRow, ...]
) -> Iterator[RecordedSince]:
    sources_by_table: dict[str, Mapping[Any, RowSource]] = {}
    if any(row.recorded is None for row in rows):
        taken_out = {
            (table, drop_start(table, row)): source
            for (table, row), source in imported_rows.load_taken_out(connection, unit_id).items()
        }
    for row in rows:
        if row.recorded is None:
            yield RecordedSince(row, taken_out.get((row.table, row.last), UNKNOWN_IMPORT))
            continue
        if row.table not in sources_by_table:
            sources_by_table[row.table] = {
                drop_start(row.table, recorded): source
                for recorded, source in sources.load_by_row(connection, unit_id, row.table).items()
            }
        yield RecordedSince(row, sources_by_table[row.table].get(row.recorded, UNKNOWN_IMPORT))
