"""Instants come out of every database as they went in, in UTC; those without a zone are refused."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select

from rota.moments import LONDON, find_date_in_london
from rota.store.databases.database import DatabaseError
from rota.store.units.rows import table_of
from rota.tables import NightTable, RunTable

NIGHT = table_of(NightTable)
EARLY = datetime(2027, 1, 4, 2, 30, tzinfo=UTC)


def keep(database, *instants):
    with database.writing() as connection:
        rows = [
            {"date": date(2027, 1, n), "begun_at": instant, "begun_by": "a test", "runs": 0}
            for n, instant in enumerate(instants, start=1)
        ]
        connection.execute(insert(NIGHT), rows)


def kept(database, *where):
    asked = select(NIGHT.c.begun_at).where(*where).order_by(NIGHT.c.date)
    with database.reading() as connection:
        return connection.scalars(asked).all()


def test_an_instant_of_any_zone_comes_back_in_utc(database):
    india = timezone(timedelta(hours=5, minutes=30))
    instants = [
        EARLY,
        datetime(2027, 7, 1, 0, 15, 59, 123456, tzinfo=LONDON),
        datetime(2027, 7, 1, 0, 15, tzinfo=india),
        datetime(2027, 10, 31, 1, 30, tzinfo=LONDON),
        datetime(2027, 10, 31, 1, 30, tzinfo=LONDON, fold=1),
    ]
    if not database.is_sqlite:
        with database.writing() as connection:
            connection.exec_driver_sql("ALTER DATABASE rota SET timezone = 'Asia/Tokyo'")
        database.close()
    keep(database, *instants)
    told = kept(database)
    assert [instant.tzinfo for instant in told] == [UTC] * 5
    assert [instant.isoformat() for instant in told] == [
        "2027-01-04T02:30:00+00:00",
        "2027-06-30T23:15:59.123456+00:00",
        "2027-06-30T18:45:00+00:00",
        "2027-10-31T00:30:00+00:00",
        "2027-10-31T01:30:00+00:00",
    ]


def test_instants_are_compared_as_instants_whatever_their_zone(database):
    before = datetime(2027, 7, 1, 0, 15, tzinfo=LONDON)
    after = datetime(2027, 7, 1, 0, 0, tzinfo=UTC)
    keep(database, before, after)
    noon = datetime(2027, 7, 1, 0, 30, tzinfo=LONDON)
    assert kept(database, NIGHT.c.begun_at < noon) == [before]
    assert kept(database, NIGHT.c.begun_at >= before) == [before, after]


def test_an_instant_without_a_zone_is_refused(database):
    with pytest.raises(DatabaseError, match="2027-01-04 02:30:00 has no time zone"):
        keep(database, EARLY, EARLY.replace(tzinfo=None))
    assert kept(database) == []


def test_no_instant_is_kept_as_none():
    instant = table_of(RunTable).c.ended_at.type
    assert instant.process_bind_param(None, None) is None
    assert instant.process_result_value(None, None) is None


def test_people_live_by_the_clock_of_london():
    assert find_date_in_london(datetime(2027, 6, 30, 23, 15, tzinfo=UTC)) == date(2027, 7, 1)
    assert find_date_in_london(datetime(2027, 12, 31, 23, 59, tzinfo=UTC)) == date(2027, 12, 31)
