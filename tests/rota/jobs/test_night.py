"""The night begins once on each date, at its time on London's clock, also when that is odd."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier

import pytest

from rota.domain import Away
from rota.jobs.night import begin_night_if_due, is_due
from rota.moments import LONDON
from rota.services.runs import run_status
from rota.store.databases.database import Database
from rota.store.runs import nights
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, sick
from tests.rota_text import FRI, MON, TUE, rota
from tests.stored import ONLOOKER, act, publish

USUAL, EARLY = time(2, 30), time(1, 30)
HALF_AN_HOUR = timedelta(minutes=30)
SECOND = timedelta(seconds=1)

CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   O   O
"""


def utc(month: int, day: int, hour: int, minute: int, *, year: int = 2027) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begins", "night_at"),
    [
        # Winter, when London has the world's time, and summer, when it is an hour ahead.
        (utc(1, 4, 2, 30), USUAL),
        (utc(7, 5, 1, 30), USUAL),
        (utc(7, 5, 0, 30), EARLY),
        (utc(7, 4, 23, 0), time(0)),
        # 28 March: after 00:59:59 comes 02:00:00. 02:30 comes half an hour later; 01:30 never
        # comes, and the night begins when it would have, at 02:30 by the new time.
        (utc(3, 28, 1, 30), USUAL),
        (utc(3, 28, 1, 30), EARLY),
        # 31 October: after 01:59:59 comes 01:00:00 again. 01:30 comes twice, of which the first
        # counts; 02:30 comes once.
        (utc(10, 31, 2, 30), USUAL),
        (utc(10, 31, 0, 30), EARLY),
        # 29 February, and a year's first night.
        (utc(2, 29, 2, 30, year=2028), USUAL),
        (utc(1, 1, 2, 30, year=2028), USUAL),
    ],
)
def test_the_night_is_due_from_its_time_to_the_end_of_the_date(
    begins: datetime, night_at: time
) -> None:
    midnight = datetime.combine(begins.astimezone(LONDON).date(), time(), tzinfo=LONDON)
    next_midnight = datetime.combine(midnight.date() + timedelta(days=1), time(), tzinfo=LONDON)
    first, last = midnight.astimezone(UTC), next_midnight.astimezone(UTC) - SECOND
    instants = [first + n * HALF_AN_HOUR for n in range(52) if first + n * HALF_AN_HOUR < last]
    for now in (*instants, last, begins - SECOND):
        if now >= first:
            assert is_due(now, night_at) is (now >= begins)
            assert is_due(now.astimezone(LONDON), night_at) is (now >= begins)


@pytest.fixture
def unit(database: Database) -> Database:
    """A database with a unit of which something has changed since its plan."""
    keep(database, CHART, on=["cover"], plan_ahead_weeks=0)
    publish(database, EARLIER, rota=rota(CHART))
    sick(database, EARLIER, Away("ann", FRI, FRI))
    return database


def begun(
    database: Database, now: datetime, night_at: time = USUAL, place: str = "east"
) -> tuple[int, ...] | None:
    return begin_night_if_due(database, place=place, now=now, night_at=night_at, seconds=20)


def last(database: Database) -> nights.Night | None:
    with database.reading() as connection:
        return nights.find_last(connection)


def test_a_night_begins_when_it_is_due_and_once(unit: Database) -> None:
    due = act(MON, at=USUAL).at
    assert begun(unit, due - SECOND) is None
    assert last(unit) is None
    assert begun(unit, due) == (2,)
    for later in (SECOND, timedelta(hours=3), timedelta(hours=21, minutes=29, seconds=59)):
        assert begun(unit, due + later) is None
    assert last(unit) == nights.Night(MON, due, "the night", 1)
    run = run_status.find(unit, ONLOOKER, 2)
    assert (run.kind, run.today, run.asked_by, run.seconds) == ("night", MON, "the night", 20)
    assert begun(unit, due + timedelta(days=1)) is not None
    assert last(unit) == nights.Night(TUE, due + timedelta(days=1), "the night", 1)


@ON_SQLITE
def test_a_night_that_was_slept_through_is_made_up_once(unit: Database) -> None:
    # The machine slept from two to five.
    assert begun(unit, act(MON, at=time(2)).at) is None
    five = act(MON, at=time(5)).at
    assert begun(unit, five) == (2,)
    assert begun(unit, five + SECOND) is None


@ON_SQLITE
def test_of_several_nights_that_were_missed_the_last_is_made_up(unit: Database) -> None:
    assert begun(unit, act(FRI, at=time(12)).at) == (2,)
    assert run_status.find(unit, ONLOOKER, 2).today == FRI
    assert last(unit) == nights.Night(FRI, act(FRI, at=time(12)).at, "the night", 1)


@ON_SQLITE
@pytest.mark.parametrize("night_at", [USUAL, EARLY])
@pytest.mark.parametrize("odd", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)])
def test_each_date_has_one_night_whatever_the_clocks_do(
    database: Database, odd: date, night_at: time
) -> None:
    # Asked every half hour from the day before to the day after.
    start = datetime.combine(odd - timedelta(days=1), time(), tzinfo=LONDON).astimezone(UTC)
    asked = (start + n * HALF_AN_HOUR for n in range(3 * 48))
    dates = []
    for now in asked:
        if begun(database, now, night_at) is not None:
            dates.append(now.astimezone(LONDON).date())
    assert dates == [odd + timedelta(days=n) for n in (-1, 0, 1)]


def test_of_four_workers_one_begins_the_night(unit: Database) -> None:
    due = act(MON, at=USUAL).at
    start = Barrier(4)

    def work(worker: int) -> list[tuple[int, ...] | None]:
        own = Database(unit.url)
        start.wait()
        told = [begun(own, due + n * SECOND, place=f"worker {worker}") for n in range(3)]
        own.close()
        return told

    with ThreadPoolExecutor(4) as pool:
        told = [its for share in pool.map(work, range(4)) for its in share]
    assert [its for its in told if its is not None] == [(2,)]
    assert len(told) == 12
    assert [run.id for run in run_status.list_in_states(unit, "waiting")] == [2]
