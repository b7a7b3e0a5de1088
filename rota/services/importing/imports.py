"""Bring units in from files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from rota.domain import Problem
from rota.errors import Conflict
from rota.reading import Reading, read_problem
from rota.records.naming import REFERRED_TO, name_of
from rota.remarks import find_remarks_on_problem
from rota.services.access.act import Act
from rota.services.access.audit_details import build_import_details
from rota.services.importing.import_answers import NO_ANSWERS, Answers
from rota.services.importing.import_outcome import Import, NotAgreed, find_terms_day
from rota.services.importing.import_plan import ImportPlan, plan_import, write_import
from rota.services.importing.imported_rota import keep_history, publish_files
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit
from rota.writing.row_sentences import name_row


class _TrialOver(Exception):  # noqa: N818
    """Carries the outcome of a trial out of its transaction, which is undone."""

    def __init__(self, outcome: Import) -> None:
        self.outcome = outcome


def import_unit(
    database: Database,
    act: Act,
    *,
    name: str,
    path: Path,
    is_trial: bool = False,
    seal: str | None = None,
    answers: Answers = NO_ANSWERS,
    is_agreed: bool = False,
    is_acknowledged: bool = False,
) -> Import:
    """Make the unit what the folder or workbook says, whole or not at all; a trial changes nothing.

    What people recorded since the last import stays, unless the answers say otherwise. A missing
    table has no rows, but a missing rota or history leaves what is published, or known of earlier
    rotas, as it is. Raises BadInput with all faults of the files, Conflict if it would not do what
    the seal of a trial tells, and NotAgreed if it needs a yes and none is given. A unit that is not
    there yet is made by an administrator. Raises Unacknowledged, but for a trial, if the rota of
    the files adds breaches of the first levels, and nobody has said so.
    """
    if not act.rights.manages_whole(name):
        act.rights.must_administer()
    reading = read_problem(path, today=act.today)
    try:
        with database.writing() as connection:
            outcome = _import(
                connection, act, name, reading, answers, is_acknowledged=is_acknowledged or is_trial
            )
            if seal not in (None, outcome.seal):
                raise Conflict(
                    "The unit has changed since you looked at what the file changes. "
                    "Choose the file again, and look at the differences anew."
                )
            if is_trial:
                raise _TrialOver(outcome)
            if outcome.needs_yes and not is_agreed:
                raise NotAgreed(outcome)
    except _TrialOver as trial:
        return trial.outcome
    return outcome


def _import(
    connection: Connection,
    act: Act,
    name: str,
    reading: Reading,
    answers: Answers,
    *,
    is_acknowledged: bool,
) -> Import:
    stored_unit = units.find_and_hold(connection, name)
    if stored_unit is not None:
        act.rights.must_manage_whole(name)
    problem = _use_stored_start(reading, stored_unit)
    unit = stored_unit or units.create(connection, name, problem.policy, act.import_source)
    is_new = stored_unit is None
    plan = plan_import(connection, act, unit, problem, answers, is_new=is_new)
    write_import(connection, act, unit, plan)
    history = keep_history(connection, unit, plan.in_files.history)
    unit = find_unit(connection, name)
    rota = publish_files(
        connection,
        act,
        unit,
        plan.in_files,
        last=plan.last_rota,
        over_records=answers.over_records,
        is_acknowledged=is_acknowledged,
    )
    outcome = Import(
        is_new=is_new,
        differences=plan.differences,
        settings=plan.settings,
        published=(rota.published_anew, rota.taken_back),
        history=history,
        seats_since=rota.since,
        added_breaches=rota.breaches,
        notes=(
            *reading.notes,
            *map(str, find_remarks_on_problem(_take_stored_terms(problem, plan))),
        ),
        pairs=plan.pairs,
        decisions=plan.decisions,
        since=plan.recorded_since,
        settings_since=plan.settings_since,
        going=plan.going,
        shrinking=(*plan.shrinking, *rota.shrinking),
        answers=answers,
        pasts=plan.pasts,
        terms_from=None if is_new else find_terms_day(plan),
        names={o.staff_no: str(o) for o in (*plan.in_files.officers, *plan.before.officers)},
    )
    if not outcome.is_empty:
        details = build_import_details(plan.differences, plan.settings)
        if outcome.terms_from:
            details["after"]["since"] = outcome.terms_from
        if outcome.pasts:
            details["after"]["earlier"] = [name_row(*past) for past in outcome.pasts]
        audit.add(connection, unit.id, act.entry("imported files", **details))
    return outcome


def _take_stored_terms(problem: Problem, plan: ImportPlan) -> Problem:
    """The problem of the files on the terms of each day, as they come to be stored."""
    terms = {
        table: tuple(
            {
                name_of(table, row): row
                for unit in (plan.in_files, plan.after)
                for row in getattr(unit, table)
            }.values()
        )
        for table in REFERRED_TO
    }
    unit = replace(plan.in_files, **terms, earlier=plan.after.earlier)
    return replace(problem, unit=unit)


def _use_stored_start(reading: Reading, unit: StoredUnit | None) -> Problem:
    """The problem; where its files name no start, with the one that is stored."""
    if unit is None or reading.start_is_given:
        return reading.problem
    policy = replace(reading.problem.policy, start=unit.policy.start)
    return replace(reading.problem, policy=policy)
