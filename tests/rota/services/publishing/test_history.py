"""The days up to today stay as they were told, whatever is recorded and published afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from rota.domain import Away, Duty, PublishedSeat, Unit, WorkingPattern
from rota.services.answers import proposals
from rota.services.importing import imports
from rota.services.rotas import versions
from rota.services.runs import claimed_run, claims, night, run_requests, run_status
from rota.store.databases.database import Database
from rota.store.units import units as stored_units
from rota.writing import write_unit
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, problem, record, sick, work_off_as
from tests.rota_text import FRI, MON, THU, TUE, WED, rota
from tests.stored import LEASE, ONLOOKER, act, in_force, keep_problem, publish, work_off

# Only Cat, who is based in York and helps out at the court, may use York.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   C   H   O   O
Bob     H   O   O   C   H
Cat     N   N   N   N   N
"""
OTHER = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     H   H   O   C   H
Bob     O   H   H   H   H
Cat     H   H   H   H   H
"""
CALLED = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   C   H   O   J
Bob     H   O   O   C   J
Cat     N   N   N   N   J
"""
WEDNESDAY = act(WED)
NIGHT = act(WED, "the night")


UNIT = problem(
    CHART,
    on=["cover"],
    officers={"Cat": {"base": "York"}},
    duties=[Duty(day, "Crown Court", 1) for day in (TUE, THU)],
    nightly_publishes="never",
    plan_ahead_weeks=0,
)
POLICY = UNIT.policy


@pytest.fixture
@filled_once
def database(database: Database) -> Database:
    """A database with the unit, of which the chart is published."""
    keep_problem(database, UNIT)
    publish(database, EARLIER, rota=rota(CHART))
    return database


def rows(database: Database) -> list[tuple[object, ...]]:
    """Every row of a published seat up to Wednesday, those taken back included."""
    with database.reading() as connection:
        asked = text("SELECT * FROM published_seat WHERE date <= :day ORDER BY id")
        return [tuple(row) for row in connection.execute(asked, {"day": WED.isoformat()})]


def history(database: Database) -> tuple[PublishedSeat, ...]:
    return tuple(seat for seat in in_force(database) if seat.date <= WED)


def nothing(_: Database, __: Path) -> None:
    """Leave the unit as it is."""


def ann_was_ill(database: Database, _: Path) -> None:
    """Record it the day after, so that she was not at the court on Tuesday."""
    sick(database, WEDNESDAY, Away("ann", MON, TUE))


def dan_is_new(database: Database, _: Path) -> None:
    """An officer who works on days for which nothing was published for him."""
    dan = {"staff_no": "dan", "name": "Dan", "team": "Blue", "grade": "PO"}
    days = {"start_date": "2020-01-06", "working_days": "Mon Tue Wed Thu Fri"}
    record(database, WEDNESDAY, "officers", base_site="Leeds", **dan, **days)


def cat_has_left(database: Database, folder: Path) -> None:
    bring_in(database, folder, officers=[o for o in tables(database).officers if o.name != "Cat"])


def ann_works_on_other_days(database: Database, folder: Path) -> None:
    ann, *others = tables(database).officers
    ann = replace(ann, working_days=WorkingPattern.of_days([THU.weekday(), FRI.weekday()]))
    bring_in(database, folder, officers=[ann, *others])


def york_is_no_site_any_more(database: Database, folder: Path) -> None:
    unit = tables(database)
    *others, cat = unit.officers
    bring_in(
        database,
        folder,
        sites=[site for site in unit.sites if site.name != "York"],
        officers=[*others, replace(cat, base="Leeds")],
    )


def bring_in(database: Database, folder: Path, **changed: list[Any]) -> None:
    """Import the unit with these tables in place of its own, and without a rota."""
    unit = replace(tables(database), **{name: tuple(rows) for name, rows in changed.items()})
    write_unit(folder, unit, POLICY)
    imports.import_unit(database, WEDNESDAY, name="Blue", path=folder, is_agreed=True)


def tables(database: Database) -> Unit:
    with database.reading() as connection:
        return stored_units.load(connection, 1)


def publish_another(database: Database) -> None:
    """Plan the rest of the week anew and publish it."""
    run_requests.request_run(database, WEDNESDAY, unit="Blue", seconds=30, start=MON)
    work_off_as(database, WEDNESDAY, rota(OTHER))
    versions.publish(database, WEDNESDAY, unit="Blue", is_acknowledged=True)


def publish_by_hand(database: Database) -> None:
    """Move Bob on Friday and publish that."""
    draft_edits.move(database, WEDNESDAY, unit="Blue", staff_no="bob", day=FRI, site="Leeds")
    versions.publish(database, WEDNESDAY, unit="Blue", is_acknowledged=True)


def restore(database: Database) -> None:
    """Go back to version 1."""
    versions.restore(database, WEDNESDAY, unit="Blue", number=1, is_acknowledged=True)


def plan_in_the_night(database: Database) -> None:
    """Let the night plan for one thing more, and accept all that it proposes."""
    record(database, WEDNESDAY, "duties", date=f"{FRI}", site="HMP Leeds", needed="3")
    night.begin_night(database, NIGHT, seconds=30)
    work_off_as(database, NIGHT, rota(CALLED))
    proposals.accept(database, WEDNESDAY, unit="Blue")


@pytest.mark.parametrize(
    "happens",
    [
        nothing,
        ann_was_ill,
        dan_is_new,
        cat_has_left,
        ann_works_on_other_days,
        york_is_no_site_any_more,
    ],
)
def test_the_days_up_to_today_stay(
    database: Database, tmp_path: Path, happens: Callable[[Database, Path], None]
) -> None:
    told, kept = history(database), rows(database)
    assert told == tuple(PublishedSeat(*seat[:3]) for seat in rota(CHART) if seat.date <= WED)
    happens(database, tmp_path / "files")
    for number, then in enumerate((plan_in_the_night, publish_another, publish_by_hand, restore)):
        then(database)
        assert (history(database), rows(database)) == (told, kept)
        assert versions.list_versions(database, ONLOOKER, unit="Blue")[0].number >= number + 2


def test_a_night_that_was_left_lying_changes_no_day_that_has_come(
    database: Database,
) -> None:
    # It was asked for on Sunday to Monday, and no worker came until Wednesday.
    record(database, EARLIER, "duties", date=f"{WED}", site="HMP Leeds", needed="1")
    record(database, EARLIER, "duties", date=f"{FRI}", site="HMP Leeds", needed="1")
    night.begin_night(database, act(MON, "the night"), seconds=30)
    told, kept = history(database), rows(database)
    work_off(database, WEDNESDAY)
    assert (history(database), rows(database)) == (told, kept)
    assert [its.date for its in proposals.list_waiting(database, ONLOOKER, unit="Blue")] == [FRI]


def test_a_night_whose_day_has_passed_while_it_was_planned_is_planned_again(
    database: Database,
) -> None:
    record(database, EARLIER, "duties", date=f"{THU}", site="HMP Leeds", needed="1")
    night.begin_night(database, act(TUE, "the night"), seconds=30)
    claim = claims.claim_next(database, worker="east", now=act(TUE).at, lease=LEASE, attempts=5)
    assert claim
    claimed = claimed_run.load_claimed_run(database, claim=claim, now=act(TUE).at)
    assert night.save_night(database, WEDNESDAY, claimed, []) is False
    (run,) = run_status.list_in_states(database, "waiting")
    assert (run.id, run.attempts) == (claimed.run.id, 0)
