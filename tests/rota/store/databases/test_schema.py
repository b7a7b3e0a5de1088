"""Migrations: from nothing to the tables as they are declared, whole or not at all, once or twice.

And what the database itself refuses, whoever asks: to change what was published or what was done.
"""

import json
import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from rota.domain import Appointment, Closure, Duty, Policy
from rota.records.differences import Difference
from rota.store.databases import schema
from rota.store.databases.database import Database, DatabaseError
from rota.store.units import imported_rows, sources, units
from rota.store.units.rows import policy_columns, policy_of
from rota.store.units.sources import UNKNOWN_IMPORT, RowSource

ROOT = Path(__file__).parents[4]

VERSION = {
    "unit_id": 1,
    "number": 1,
    "start": "2027-01-04",
    "weeks": 1,
    "cause": "published",
    "note": "",
    "costs": "{}",
    "seats": 1,
    "planned_revision": 1,
    "published_at": "2026-12-30 09:00:00+00:00",
    "published_by": "Mel",
}
SEAT = {"unit_id": 1, "staff_no": "ann", "date": "2027-01-04", "site": "Leeds", "locked": False}
CHANGE = {
    "version_id": 1,
    "staff_no": "ann",
    "date": "2027-01-04",
    "before": "Leeds",
    "after": "home",
    "reason": "",
    "reason_for_managers": "",
}
AUDIT = {"at": "2026-12-30 09:00:00+00:00", "who": "Mel", "place": "a test", "what": "published"}

UPGRADE = """
import sys
from rota.store.databases import schema
from rota.store.databases.database import Database
database = Database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
schema.upgrade(database)
database.close()
"""


@contextmanager
def opened(url):
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def add(database, table, row):
    with database.writing() as connection:
        marks = ", ".join(f":{name}" for name in row)
        names = ", ".join(f'"{name}"' for name in row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)


def do(database, statement):
    with database.writing() as connection:
        return connection.execute(text(statement)).rowcount


def rows(database, table):
    with database.reading() as connection:
        found = connection.execute(text(f"SELECT * FROM {table} ORDER BY 1"))
        return [dict(row) for row in found.mappings()]


@pytest.fixture
def history(database):
    """A unit with a version, of which a seat is in force and another was taken back by a second."""
    add(database, "unit", {"name": "Blue", "policy": "{}", "revision": 1})
    add(database, "version", VERSION)
    add(database, "published_seat", {**SEAT, "since": 1, "until": 2})
    add(database, "published_seat", {**SEAT, "site": "home", "since": 2, "until": None})
    add(database, "change", CHANGE)
    add(database, "audit", AUDIT)
    return database


def described(database):
    """Everything that the database tells of its tables, but for Alembic's own."""
    with database.reading() as connection:
        its = inspect(connection)
        return {
            table: {
                "columns": [{**c, "type": str(c["type"])} for c in its.get_columns(table)],
                "key": its.get_pk_constraint(table),
                "indexes": sorted(map(_index, its.get_indexes(table))),
                "unique": sorted(map(str, its.get_unique_constraints(table))),
                "foreign keys": sorted(map(str, its.get_foreign_keys(table))),
            }
            for table in its.get_table_names()
            if table != "alembic_version"
        }


def _index(told):
    where = {name: str(what) for name, what in told["dialect_options"].items()}
    return str({**told, "dialect_options": where})


def test_alembic_finds_no_difference_between_the_migrated_tables_and_the_declared_ones(database):
    with database.reading() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrations_make_what_the_declared_tables_would(database_url):
    with opened(database_url) as database:
        with database.writing() as connection:
            SQLModel.metadata.create_all(connection)
        declared = described(database)
        with database.writing() as connection:
            SQLModel.metadata.drop_all(connection)
        schema.upgrade(database)
        assert described(database) == declared


def test_an_empty_database_is_at_no_migration_and_a_migrated_one_at_the_newest(database_url):
    with opened(database_url) as database:
        with database.reading() as connection:
            assert schema.find_revision(connection) is None
            assert not schema.is_up_to_date(connection)
            with pytest.raises(schema.Outdated, match=r"Run: rota db upgrade$"):
                schema.refuse_if_outdated(connection)
        schema.upgrade(database)
        with database.reading() as connection:
            assert schema.find_revision(connection) == schema.find_newest_revision()
            assert schema.is_up_to_date(connection)
            schema.refuse_if_outdated(connection)


def test_to_migrate_once_more_changes_nothing(history):
    before = {table: rows(history, table) for table in described(history)}
    schema.upgrade(history)
    assert {table: rows(history, table) for table in described(history)} == before


def test_two_processes_that_migrate_at_once_both_end_well(database_url):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    assert [process.stdout.readline() for process in processes] == ["ready\n", "ready\n"]
    for process in processes:
        print(file=process.stdin, flush=True)
    assert [process.communicate()[1] for process in processes] == ["", ""]
    assert [process.returncode for process in processes] == [0, 0]
    with opened(database_url) as database, database.reading() as connection:
        schema.refuse_if_outdated(connection)


def test_a_sqlite_file_is_migrated_when_somebody_else_has_done_with_it(tmp_path):
    path = tmp_path / "rota.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as another:
        another.execute("BEGIN IMMEDIATE")
        done = threading.Timer(0.2, another.execute, ["ROLLBACK"])
        done.start()
        with opened(f"sqlite:///{path}") as database:
            schema.upgrade(database)
            with database.reading() as connection:
                schema.refuse_if_outdated(connection)
        done.join()


def test_a_migration_that_fails_half_way_leaves_nothing(database_url):
    with opened(database_url) as database:
        do(database, "CREATE TABLE version (remark TEXT)")  # Most tables are made before it.
        with pytest.raises(DatabaseError, match="holds tables of something else; name another"):
            schema.upgrade(database)
        with database.reading() as connection:
            assert inspect(connection).get_table_names() == ["version"]
        do(database, "DROP TABLE version")
        schema.upgrade(database)
        with database.reading() as connection:
            schema.refuse_if_outdated(connection)


def test_a_database_of_a_newer_rota_is_left_as_it_is(database):
    do(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"was made by a newer Rota; .*9999"):
        schema.upgrade(database)
    with database.reading() as connection:
        assert schema.find_revision(connection) == "9999"
        with pytest.raises(DatabaseError):
            schema.refuse_if_outdated(connection)


def test_a_sqlite_file_remembers_its_write_ahead_log(tmp_path):
    with opened(f"sqlite:///{tmp_path / 'rota.db'}") as database:
        schema.upgrade(database)
    with opened(f"sqlite:///{tmp_path / 'rota.db'}") as database, database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


HISTORY = ("version", "change", "audit", "published_seat")


def refused(database, *orders):
    """The tables of history that say no to these orders, each in turn; none of them changes."""
    before = {table: rows(database, table) for table in HISTORY}
    told = []
    for order in orders:
        with pytest.raises(DatabaseError) as error:
            do(database, order)
        told += re.findall(r"(\w+) is history and stays as it is", str(error.value))
    assert {table: rows(database, table) for table in HISTORY} == before
    return tuple(told)


def test_no_row_of_history_can_be_removed(history):
    assert refused(history, *(f"DELETE FROM {table}" for table in HISTORY)) == HISTORY
    assert refused(history, *(f"DELETE FROM {its} WHERE id = 1" for its in HISTORY)) == HISTORY


def test_no_table_of_history_can_be_emptied(history):
    if history.is_sqlite:
        with pytest.raises(DatabaseError, match="syntax error"):  # SQLite knows no such order.
            do(history, "TRUNCATE audit")
    else:
        assert refused(history, *(f"TRUNCATE {table} CASCADE" for table in HISTORY)) == HISTORY
        assert len(refused(history, "TRUNCATE unit CASCADE")) == 1


def test_no_row_of_history_can_be_changed(history):
    assert refused(
        history,
        "UPDATE version SET note = 'better'",
        "UPDATE version SET costs = '{}' WHERE number = 1",
        "UPDATE change SET reason = 'another'",
        "UPDATE change SET part = 'am'",
        "UPDATE audit SET who = 'somebody else'",
        "UPDATE audit SET who = who",
    ) == ("version", "version", "change", "change", "audit", "audit")


IN_FORCE = "WHERE until IS NULL"
ENDED = "WHERE until IS NOT NULL"


def test_a_published_seat_can_be_ended(history):
    assert do(history, f"UPDATE published_seat SET until = 3 {IN_FORCE}") == 1
    assert [row["until"] for row in rows(history, "published_seat")] == [2, 3]


def test_a_published_seat_is_ended_once_and_for_all(history):
    orders = [f"UPDATE published_seat SET until = {its} {ENDED}" for its in ("3", "2", "NULL")]
    nothing = f"UPDATE published_seat SET until = NULL {IN_FORCE}"
    assert refused(history, *orders, nothing) == ("published_seat",) * 4


def test_nothing_else_of_a_published_seat_can_be_changed_even_as_it_ends(history):
    add(history, "unit", {"name": "Red", "policy": "{}", "revision": 1})
    changes = (
        "id = 7",
        "unit_id = 2",
        "staff_no = 'bob'",
        "date = '2027-01-05'",
        "site = 'York'",
        "locked = true",
        "since = 1",
        "part = 'am'",
    )
    alone = [f"UPDATE published_seat SET {change} {IN_FORCE}" for change in changes]
    ending = [f"UPDATE published_seat SET until = 3, {change} {IN_FORCE}" for change in changes]
    assert refused(history, *alone, *ending) == ("published_seat",) * 16


def test_an_officer_has_one_seat_in_force_on_a_day(history):
    second = {**SEAT, "site": "York", "since": 3}
    with pytest.raises(DatabaseError, match="holds such a row already"):
        add(history, "published_seat", {**second, "until": None})
    add(history, "published_seat", {**second, "until": 4})
    add(history, "published_seat", {**second, "staff_no": "bob", "until": None})
    add(history, "published_seat", {**second, "date": "2027-01-05", "until": None})
    assert [row["until"] for row in rows(history, "published_seat")] == [2, None, 4, None, None]


def test_an_officer_has_one_seat_in_force_in_each_half_of_a_day(database):
    add(database, "unit", {"name": "Blue", "policy": "{}", "revision": 1})
    of_half = {**SEAT, "since": 1, "until": None}
    add(database, "published_seat", {**of_half, "part": "am"})
    add(database, "published_seat", {**of_half, "part": "pm"})
    with pytest.raises(DatabaseError, match="holds such a row already"):
        add(database, "published_seat", {**of_half, "part": "am", "since": 2})


def test_the_seat_after_one_that_was_ended_may_be_in_force(history):
    do(history, f"UPDATE published_seat SET until = 3 {IN_FORCE}")
    add(history, "published_seat", {**SEAT, "site": "York", "since": 3, "until": None})
    assert [row["until"] for row in rows(history, "published_seat")] == [2, 3, None]


def test_no_row_can_belong_to_a_unit_that_is_not_there(history):
    with pytest.raises(DatabaseError, match=r"(?i)foreign key constraint"):
        add(history, "version", {**VERSION, "unit_id": 9})
    with pytest.raises(DatabaseError, match=r"(?i)foreign key constraint"):
        do(history, "DELETE FROM unit")


DRAFT = {
    "unit_id": 1,
    "start": "2027-01-04",
    "weeks": 1,
    "revision": 1,
    "base": 0,
    "planned_revision": 1,
    "costs": "{}",
    "changed_at": "2026-12-30 09:00:00+00:00",
    "changed_by": "Mel",
}
SEAT_OF_DRAFT = {
    "draft_id": 1,
    **{name: value for name, value in SEAT.items() if name != "unit_id"},
}
AWAY = {
    "unit_id": 1,
    "staff_no": "ann",
    "first": "2027-01-06",
    "last": "2027-01-07",
    "kind": "leave",
}
CLOSURE = {
    "unit_id": 1,
    "site": "Leeds",
    "first": "2027-01-06",
    "last": "2027-01-06",
    "desks": 0,
}
PROPOSAL = {
    "unit_id": 1,
    "start": "2027-01-04",
    **{name: value for name, value in CHANGE.items() if name != "version_id"},
    "state": "waiting",
    "made_at": "2026-12-30 09:00:00+00:00",
}


def test_the_seats_of_a_draft_go_with_it(database):
    add(database, "unit", {"name": "Blue", "policy": "{}", "revision": 1})
    add(database, "draft", DRAFT)
    add(database, "draft_seat", SEAT_OF_DRAFT)
    do(database, "DELETE FROM draft")
    assert rows(database, "draft_seat") == []


def test_what_was_stored_before_halves_of_days_is_of_whole_days(database_url):
    with opened(database_url) as database:
        with database.writing() as connection:
            command.upgrade(schema._build_config(connection), "0009")
        add(database, "unit", {"name": "Blue", "policy": "{}", "revision": 1})
        stored = {
            "version": VERSION,
            "published_seat": {**SEAT, "since": 1, "until": None},
            "change": CHANGE,
            "draft": DRAFT,
            "draft_seat": {**SEAT_OF_DRAFT, "moved_from": "York"},
            "closure": CLOSURE,
            "away": AWAY,
            "proposal": PROPOSAL,
            "request": RECORDS_OF_0002["request"],
            "duty": RECORDS_OF_0002["duty"],
            "appointment": RECORDS_OF_0002["appointment"],
        }
        for table, row in stored.items():
            add(database, table, row)
        before = {table: rows(database, table) for table in stored}
        schema.upgrade(database)
        halves = stored.keys() - {"version", "draft"}
        assert {table: rows(database, table) for table in stored} == {
            table: [{**row, "part": ""} if table in halves else row for row in before[table]]
            for table in stored
        }
        assert refused(
            database,
            "DELETE FROM published_seat",
            "UPDATE published_seat SET part = 'am'",
            "DELETE FROM change",
            "UPDATE change SET part = 'am'",
        ) == ("published_seat", "published_seat", "change", "change")
        assert do(database, f"UPDATE published_seat SET until = 3 {IN_FORCE}") == 1


RECORDS_OF_0002 = {
    "site": {"unit_id": 1, "name": "Leeds", "kind": "office", "desks": 8},
    "team": {"unit_id": 1, "name": "Red", "office": "Leeds"},
    "officer": {
        "unit_id": 1,
        "staff_no": "0101",
        "name": "Ann Lee",
        "team": "Red",
        "grade": "PO",
        "start_date": "2015-03-02",
        "base": "Leeds",
        "working_days": "[0, 1, 2]",
        "other_sites": '["Leeds"]',
        "mentor": None,
        "skills": "[]",
        "has_home_office": True,
        "office_percent": None,
        "leave_date": "2028-03-02",
        "email": "",
    },
    "request": {
        "unit_id": 1,
        "staff_no": "0101",
        "when": "2027-01-08",
        "wants": "home",
        "strength": 2,
    },
    "closure": {"unit_id": 1, "site": "Leeds", "date": "2027-01-06", "desks": 0},
    "duty": {"unit_id": 1, "date": "2027-01-07", "site": "Leeds", "needed": 2, "skill": None},
    "appointment": {"unit_id": 1, "staff_no": "0101", "date": "2027-01-06", "site": "Leeds"},
}
"""Rows as they were before sources were kept."""


def test_what_was_stored_before_sources_counts_as_imported_by_nobody_known(database_url):
    with opened(database_url) as database:
        with database.writing() as connection:
            command.upgrade(schema._build_config(connection), "0002")
        policy = policy_columns(Policy(start=date(2027, 1, 4), weeks=2))
        add(database, "unit", {"name": "Blue", "policy": json.dumps(policy), "revision": 1})
        add(database, "version", VERSION)
        add(database, "published_seat", {**SEAT, "since": 1, "until": None})
        for table, row in RECORDS_OF_0002.items():
            add(database, table, row)
        schema.upgrade(database)
        with database.reading() as connection:
            kept = units.load(connection, 1)
            assert imported_rows.load(connection, 1) == (
                kept,
                Policy(start=date(2027, 1, 4), weeks=2),
            )
            assert imported_rows.load_taken_out(connection, 1) == {}
            assert [*sources.load_by_row(connection, 1, "officers").values()] == [UNKNOWN_IMPORT]
            assert units.load_policy_source(connection, 1) == UNKNOWN_IMPORT
        assert [officer.staff_no for officer in kept.officers] == ["0101"]
        assert kept.duties == (Duty(date(2027, 1, 7), "Leeds", 2),)
        assert kept.appointments == (Appointment("0101", date(2027, 1, 6), "Leeds"),)
        assert [officer.home_days_per_week for officer in kept.officers] == [None]
        wednesday = date(2027, 1, 6)
        assert kept.closures == (Closure("Leeds", wednesday, wednesday, 0),)
        assert refused(database, "UPDATE published_seat SET site = 'York'") == ("published_seat",)
        by_ann = RowSource("person", "ann@example.org", datetime(2027, 1, 2, 9, tzinfo=UTC))
        with database.writing() as connection:
            taken_out = Difference("duties", removed_rows=kept.duties)
            imported_rows.mark_taken_out(connection, 1, taken_out, by_ann)
            imported_rows.save(connection, 1, kept, policy_of(policy))
            (duty,) = imported_rows.load_taken_out(connection, 1)
        assert duty == ("duties", kept.duties[0]), "The next import knows who took it out."
