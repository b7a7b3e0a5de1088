"""Small units in a database, judged by few rules, so that their costs can be worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from rota.domain import Away, Problem, Rota
from rota.records.naming import REFERRED_TO, name_of
from rota.rules import LEVELS
from rota.services.access.act import Act
from rota.services.runs import claimed_run, claims, night, run_result
from rota.services.runs.run_result import SolvedProblem
from rota.services.units import policy_settings, record_changes, record_edits, record_list
from rota.store.databases.database import Database
from rota.store.units import units
from rota.writing import row_texts
from tests import rota_text
from tests.filling import filled
from tests.rota_text import MON
from tests.stored import LEASE, act, keep_problem, solved_by

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tests of what the kind of database has no part in."""

EARLIER = act(MON - timedelta(weeks=2))
"""Mel, a manager, two weeks before the period of most charts."""


def problem(chart: str, *, on: Iterable[str] = (), **details: Any) -> Problem:
    """The unit of the chart under these rules alone; what is published is to be kept too."""
    rules = {*on, "keep-notice", "keep-published"}
    return rota_text.problem(chart, **{"rules": rules, **details})


def keep(database: Database, chart: str, *, name: str = "Blue", **details: Any) -> Problem:
    """Store the unit of the chart, of which nothing is published."""
    kept = problem(chart, **details)
    keep_problem(database, kept, name)
    return kept


def costs(**levels: int) -> dict[str, int]:
    """The costs of these levels; all others cost nothing."""
    return dict.fromkeys(LEVELS, 0) | levels


def record(database: Database, doer: Act, table: str, *, unit: str = "Blue", **row: str) -> None:
    """Add a row to a table of the unit, its texts by column."""
    record_changes.record(database, doer, unit=unit, table=table, rows=[row])


def change(
    database: Database, doer: Act, table: str, name: str, *, unit: str = "Blue", **cells: str
) -> None:
    """Change an officer, a site or a team by texts of columns, from tomorrow on or `since`."""
    since = cells.pop("since", "")
    with database.reading() as connection:
        stored = units.find(connection, unit)
        assert stored is not None
        rows = getattr(units.load(connection, stored.id), table)
    texts = next(row_texts(table, row) for row in rows if name_of(table, row) == name)
    record(database, doer, table, unit=unit, **{**texts, **cells, "from": since})


def remove(database: Database, doer: Act, table: str, name: str, *, unit: str = "Blue") -> None:
    """Remove an officer, a site or a team from the records."""
    page = record_list.list_records(database, doer, unit=unit, table=table)
    column = REFERRED_TO[table].name_column.name
    found = next(each for each in page.records if each.texts[column] == name)
    which = {"number": found.number, "seal": found.seal}
    record_edits.remove(database, doer, unit=unit, table=table, **which)


def set_policy(
    database: Database, doer: Act, monday: date | None = None, *, unit: str = "Blue", **texts: str
) -> None:
    """Change settings of the policy, from the Monday on or the next one."""
    seal = policy_settings.load_policy_page(database, doer, unit=unit).seal
    policy_settings.change_policy(database, doer, unit=unit, texts=texts, seal=seal, since=monday)


def sick(database: Database, doer: Act, away: Away, *, unit: str = "Blue") -> None:
    """Record that an officer is ill."""
    days = {"first": f"{away.first}", "last": f"{away.last}", "part": away.part}
    record(database, doer, "away", unit=unit, staff_no=away.staff_no, **days, kind="sick")


def work_off_as(database: Database, doer: Act, wished: Rota) -> None:
    """End the run that waits longest at once, with these seats and else those that are published.

    Where neither may be used, it is the first site that may. Nothing is searched for.
    """
    claim = claims.claim_next(database, worker="a test", now=doer.at, lease=LEASE, attempts=5)
    assert claim is not None
    claimed = claimed_run.load_claimed_run(database, claim=claim, now=doer.at)
    solved = [as_wished(problem, wished) for problem in claimed.problems]
    if claimed.run.kind == "night":
        night.save_night(database, doer, claimed, solved)
    else:
        run_result.save_draft(database, doer, claimed, solved[0])


def as_wished(problem: Problem, wished: Rota) -> SolvedProblem:
    """The problem with these seats, and else those that are published, as far as they fit."""
    published = [seat.seat for seat in problem.unit.published]
    return solved_by(problem, filled(problem, wished, published))


def revision(database: Database, name: str = "Blue") -> int:
    """How often the unit was changed, counted from 1."""
    with database.reading() as connection:
        unit = units.find(connection, name)
    assert unit is not None
    return unit.revision
