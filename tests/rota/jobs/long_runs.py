"""Runs that take all the time they are given, since nobody could prove their best rota in it."""

from __future__ import annotations

from collections import Counter

from rota.domain import Policy, Problem, Rota, Unit
from rota.reading import bank_holidays
from rota.services.runs import night, run_requests, run_status
from rota.services.units import record_changes
from rota.store.databases.database import Database
from rota.store.runs.runs import DONE
from tests import stored
from tests.estate import units
from tests.filling import filled
from tests.rota.jobs import tiny
from tests.rota.services.sight import sight

WEEKS = 12
OFFICERS = 90


def ask_for_long_drafts(database: Database, number: int, *, seconds: float) -> list[int]:
    """The runs of so many new units."""
    return [
        run_requests.request_run(database, tiny.act(), unit=name, seconds=seconds).run.id
        for name in _kept(database, number)
    ]


def ask_for_long_night(database: Database, *, seconds: float) -> int:
    """The night of a new unit, of which somebody fell ill since its rota was published."""
    (name,) = _kept(database, 1)
    unit = sight(database, name)
    rota = first_rota(_problem(unit.tables, unit.policy))
    stored.publish(database, tiny.act(), name=name, rota=rota)
    seat = sight(database, name).in_force[0]
    day = str(seat.date)
    row = {"staff_no": seat.staff_no, "first": day, "last": day, "kind": "sick"}
    record_changes.record(database, tiny.act(), unit=name, table="away", rows=[row])
    (run,) = night.request_nights(
        database, tiny.act(), unit=name, as_of=tiny.today(), seconds=seconds
    )
    return run


def first_rota(problem: Problem) -> Rota:
    """A whole rota, found at once and far from the best."""
    return filled(problem)


def every_draft_was_planned_once(database: Database, asked: list[int]) -> None:
    for number in asked:
        run = run_status.find(database, stored.ONLOOKER, number)
        assert (run.state, run.error) == (DONE, None)
        now = sight(database, run.unit)
        assert [draft.revision for draft in now.drafts] == [1]
        assert Counter(entry[3] for entry in now.audit)["planned a draft"] == 1


def _kept(database: Database, number: int) -> list[str]:
    """The names of so many new units."""
    first = tiny.mondays()[0]
    made = units(number, officers=OFFICERS * number, first=first, weeks=WEEKS, seed=3)
    return [_keep(database, *each) for each in made]


def _keep(database: Database, name: str, unit: Unit, policy: Policy) -> str:
    stored.keep(database, name, unit, policy)
    return name


def _problem(unit: Unit, policy: Policy) -> Problem:
    off = bank_holidays(policy.start, policy.period.last)
    return Problem(unit=unit, policy=policy, today=tiny.today(), bank_holidays=off)
