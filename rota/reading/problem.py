"""From a path to a problem, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rota.domain import Policy, Problem, Unit
from rota.errors import BadInput, Fault
from rota.reading.bank_holidays import list_bank_holidays
from rota.reading.cells import DATE, Unfit
from rota.reading.file_bytes import exists
from rota.reading.folder import read_folder
from rota.reading.history_dates import find_late_history
from rota.reading.name_guesses import guess_name
from rota.reading.policy import override_settings, read_policy
from rota.reading.rows import read_rows
from rota.reading.separate_process import read_apart
from rota.reading.spreadsheets import SUFFIXES as WORKBOOKS
from rota.reading.table_faults import find_faults, sort_faults, sum_up_faults
from rota.reading.unit import build_unit
from rota.reading.unit_files import UnitFiles
from rota.reading.workbook import read_workbook
from rota.reading.zip_file import SUFFIX as ZIP
from rota.reading.zip_file import read_zipped
from rota.records import TABLES

_PACKED = (*WORKBOOKS, ZIP)
"""How the names of files end that may hold far more than their size tells."""

_NOTICE_SPAN = timedelta(days=120)
"""Days after today that surely hold the planning days of the longest notice."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A problem, and harmless remarks on the input for people to see.

    `start_is_given` tells whether the period is the input's own, and not that of the next week.
    """

    problem: Problem
    notes: tuple[str, ...]
    start_is_given: bool


@dataclass(frozen=True, slots=True)
class GivenUnit:
    """What the files of a reading say; the rest of it follows from the calendar."""

    unit: Unit
    policy: Policy
    notes: tuple[str, ...]
    start_is_given: bool


def read_problem(
    path: Path, *, today: date, start: date | None = None, weeks: int | None = None
) -> Reading:
    """The problem in a folder or workbook; `start` and `weeks` replace the policy's.

    Raises BadInput with every fault of every table, and those of the policy last, and Conflict
    where too many workbooks and archives are being read.
    """
    if path.suffix.lower() not in _PACKED or not exists(path):
        return read_here(path, today=today, start=start, weeks=weeks)
    _refuse_today(today)
    return _build_reading(
        read_apart(_read_unit, path, today=today, start=start, weeks=weeks), today
    )


def read_here(
    path: Path, *, today: date, start: date | None = None, weeks: int | None = None
) -> Reading:
    """The problem as `read_problem` reads it, but in this very process, whatever it takes."""
    _refuse_today(today)
    return _build_reading(_read_unit(path, today=today, start=start, weeks=weeks), today)


def _read_unit(path: Path, *, today: date, start: date | None, weeks: int | None) -> GivenUnit:
    source = read_source(path)
    tables = {
        t.name: read_rows(source.sheets[t.name], t) for t in TABLES if t.name in source.sheets
    }
    given_settings = override_settings(source.policy, {"start": start, "weeks": weeks})
    policy, policy_faults = read_policy(given_settings, today=today)
    table_faults = [*source.faults, *find_faults(tables)]
    if not policy_faults:
        table_faults += find_late_history(tables, policy.period)
    faults = [*sum_up_faults(sort_faults(table_faults)), *policy_faults]
    if faults:
        raise BadInput(faults)
    notes = (*source.notes, *(note for rows in tables.values() for note in rows.notes))
    start_is_given = any(setting.name == "start" for setting in given_settings)
    return GivenUnit(build_unit(tables), policy, notes, start_is_given)


def _build_reading(given_unit: GivenUnit, today: date) -> Reading:
    problem = Problem(
        unit=given_unit.unit,
        policy=given_unit.policy,
        today=today,
        bank_holidays=list_bank_holidays_around(given_unit.policy, today),
        published_days_were_worked=True,
    )
    return Reading(problem, given_unit.notes, given_unit.start_is_given)


def read_source(path: Path) -> UnitFiles:
    """What the folder or workbook holds. Raises BadInput if it is neither."""
    if not exists(path):
        sentence = "there is no such folder or workbook"
        raise BadInput([Fault(str(path), sentence, maybe=_find_policy_beside(path))])
    if path.is_dir():
        return read_folder(path)
    if path.suffix.lower() in WORKBOOKS:
        return read_workbook(path)
    if path.suffix.lower() == ZIP:
        return read_zipped(path)
    sentence = f"this is neither a folder of CSV files nor a workbook ({' or '.join(WORKBOOKS)})"
    raise BadInput([Fault(str(path), sentence)])


def _find_policy_beside(path: Path) -> str | None:
    try:
        return guess_name(path.name, sorted(file.name for file in path.parent.iterdir()))
    except (OSError, ValueError):
        return None


def _refuse_today(today: date) -> None:
    try:
        DATE.read(today.isoformat())
    except Unfit as unfit:
        trouble = unfit.troubles[0]
        raise BadInput([Fault("--today", trouble.says or "", value=trouble.value)]) from None


def list_bank_holidays_around(policy: Policy, today: date) -> frozenset[date]:
    """The bank holidays that a plan of the policy's period, seen from today, depends on."""
    first = min(today, policy.span.first)
    last = max(today + _NOTICE_SPAN, policy.period.last)
    return list_bank_holidays(first, last)
