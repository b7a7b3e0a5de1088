"""The database: whole transactions, one state for a reader, and troubles in words."""

import sqlite3
import sys
import threading
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import event, insert, select, text

from rota.store.databases import database as module
from rota.store.databases import schema
from rota.store.databases.database import Database, DatabaseError, Unreachable
from rota.store.units.rows import table_of
from rota.tables import UnitTable

ADDRESS = "ROTA_DATABASE_URL must be like sqlite:///rota.db or postgresql+psycopg://user@host/name"

CUT_OFF = (
    "what follows its ? looks cut off; "
    "a shell, and a file that it reads, needs the address in quotes"
)
NO_DATABASE = "it names no database, which comes after the host and a slash"
NO_FILE = "it names no file, which comes after three slashes"


def trouble(database, statement="SELECT count(*) FROM unit"):
    """The error that the statement ends in, which must be one of Rota's."""
    with pytest.raises(DatabaseError) as error, closing(database), database.writing() as connection:
        connection.exec_driver_sql(statement)
    return error.value


def told(database, statement="SELECT count(*) FROM unit"):
    """What is said of the trouble but for the database's own words, and whether it may pass."""
    error = trouble(database, statement)
    says = str(error).removeprefix(f"The database {database} ").partition(" (")[0]
    return says, isinstance(error, Unreachable)


def add_unit(connection, name):
    connection.execute(
        text("INSERT INTO unit (name, policy, revision) VALUES (:name, '{}', 1)"), {"name": name}
    )


def write(database, *names, error=None):
    """Add units and end in the error, if there is one."""
    with database.writing() as connection:
        for name in names:
            add_unit(connection, name)
        if error:
            raise error


def names(connection):
    return connection.scalars(text("SELECT name FROM unit ORDER BY name")).all()


@pytest.fixture
def another(database):
    """The same database as somebody else meets it."""
    with closing(Database(database.url)) as another:
        yield another


def test_what_is_written_is_kept(database, another):
    write(database, "Blue", "Red")
    with another.reading() as connection:
        assert names(connection) == ["Blue", "Red"]


def test_nothing_is_kept_of_what_ends_in_an_error(database, another):
    with pytest.raises(LookupError):
        write(database, "Blue", error=LookupError)
    with pytest.raises(KeyboardInterrupt):
        write(database, "Blue", error=KeyboardInterrupt)
    with pytest.raises(DatabaseError):
        write(database, "Red", "Green", "Red")
    with another.reading() as connection:
        assert names(connection) == []


def test_a_reader_keeps_nothing(database):
    with database.reading() as connection:
        add_unit(connection, "Blue")
    with database.reading() as connection:
        assert names(connection) == []


def test_a_reader_sees_one_state_throughout(database, another):
    with database.reading() as connection:
        assert names(connection) == []
        write(another, "Blue")
        assert names(connection) == []
    with database.reading() as connection:
        assert names(connection) == ["Blue"]


def test_nobody_sees_what_is_not_kept_yet(database, another):
    with database.writing() as connection:
        add_unit(connection, "Blue")
        with another.reading() as reader:
            assert names(reader) == []


def test_a_second_writer_acts_on_what_the_first_has_kept(database, another):
    """Each counts one up; were a count lost, both would have begun with the same."""
    write(database, "Blue")

    def count(its):
        for _ in range(20):
            with its.writing() as connection:
                asked = "SELECT revision FROM unit"
                held = asked if its.is_sqlite else f"{asked} FOR UPDATE"
                revision = connection.scalar(text(held))
                connection.execute(text("UPDATE unit SET revision = :n"), {"n": revision + 1})

    threads = [threading.Thread(target=count, args=[its]) for its in (database, another)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as connection:
        assert connection.scalar(text("SELECT revision FROM unit")) == 41


def test_after_it_was_closed_a_database_opens_again(database):
    database.close()
    with database.reading() as connection:
        assert names(connection) == []


def test_dates_and_letters_of_any_script_are_kept_in_json(database):
    unit = table_of(UnitTable)
    policy = {"start": date(2027, 1, 4), "counts": ["Łódź", "日本"]}
    with database.writing() as connection:
        connection.execute(insert(unit).values(name="Blue", policy=policy, revision=1))
    with database.reading() as connection:
        assert connection.scalar(select(unit.c.policy)) == {**policy, "start": "2027-01-04"}
        kept = connection.scalar(text("SELECT CAST(policy AS TEXT) FROM unit"))
        assert "Łódź" in kept


def test_a_row_that_somebody_else_was_faster_to_add(database):
    write(database, "Blue")
    with pytest.raises(DatabaseError) as error:
        write(database, "Blue")
    assert "holds such a row already, since somebody was faster; try again" in str(error.value)
    assert not isinstance(error.value, Unreachable)


def sqlite(path, query=""):
    return Database(f"sqlite:///{path}{query}")


@pytest.fixture
def file(tmp_path):
    """A migrated SQLite file."""
    path = tmp_path / "rota.db"
    with closing(sqlite(path)) as database:
        schema.upgrade(database)
    return path


ADD = "INSERT INTO unit (name, policy, revision) VALUES ('Blue', '{}', 1)"


def test_sqlite_in_a_folder_that_is_missing(tmp_path):
    says = "cannot be opened; its folder must be there, and writable"
    assert told(sqlite(tmp_path / "far" / "rota.db")) == (says, True)
    assert told(sqlite(tmp_path)) == (says, True)


def test_sqlite_without_tables(tmp_path):
    assert told(sqlite(tmp_path / "rota.db")) == ("lacks tables; run: rota db upgrade", True)


def test_sqlite_in_a_file_of_another_kind(tmp_path):
    (tmp_path / "rota.db").write_text("Dear Rota, " * 100)
    says = "is another kind of file; name another in ROTA_DATABASE_URL"
    assert told(sqlite(tmp_path / "rota.db")) == (says, False)


def test_sqlite_in_a_file_that_is_damaged(file):
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    assert told(sqlite(file)) == ("is damaged; restore it from a backup", False)


def test_sqlite_in_a_file_that_may_only_be_read(file):
    says = "may only be read; give Rota the right to write to it and to its folder"
    database = Database(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert told(database, ADD) == (says, True)


def fill(database):
    """Add unit after unit to a file that may not grow."""
    with database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        for n in range(1000):
            add_unit(connection, f"{n} " + "Blue " * 1000)


def test_sqlite_on_a_disk_without_room(file):
    says = "has no room left; make some on its disk"
    with closing(sqlite(file)) as database:
        with pytest.raises(Unreachable, match=says):
            fill(database)
        with database.reading() as connection:
            assert names(connection) == []


def test_threads_that_write_to_sqlite_take_turns_and_give_up_after_a_while(file, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    database = sqlite(file)
    told = []

    def wait():
        try:
            write(database, "second")
        except Unreachable as error:
            told.append(str(error))

    with closing(database):
        with database.writing():
            thread = threading.Thread(target=wait)
            thread.start()
            thread.join()
        write(database, "third")
    assert told == [f"The database {database} was busy for 0.05 seconds; try again"]


def test_sqlite_while_somebody_else_writes(file, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        assert told(sqlite(file)) == ("was busy for 30 seconds; try again", True)
    with closing(sqlite(file)) as database:
        write(database, "Blue")


@pytest.fixture
def server(postgres):
    """The address of a migrated PostgreSQL database."""
    url = postgres.create("trouble")
    with closing(Database(url)) as database:
        schema.upgrade(database)
    yield url
    postgres.drop("trouble")


def test_postgresql_without_a_server(tmp_path):
    address = f"postgresql+psycopg://mel:secret@/rota?host={tmp_path}"
    assert told(Database(address)) == ("does not answer", True)
    assert told(Database("postgresql+psycopg://mel@127.0.0.1:1/rota")) == ("does not answer", True)


def test_postgresql_without_that_database(postgres):
    says = "lacks a table or is not there; create it, then run: rota db upgrade"
    assert told(Database(postgres.url("nowhere"))) == (says, True)


def test_postgresql_without_tables(server):
    with closing(Database(server)) as database, database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE unit CASCADE")
    says = "lacks a table or is not there; create it, then run: rota db upgrade"
    assert told(Database(server)) == (says, False)


def test_postgresql_without_that_user(server):
    says = "refuses the user or password of ROTA_DATABASE_URL"
    assert told(Database(server.replace("postgres@", "nobody@"))) == (says, True)


def test_postgresql_that_may_only_be_read(server):
    with closing(Database(server)) as database, database.writing() as connection:
        connection.exec_driver_sql("ALTER DATABASE trouble SET default_transaction_read_only = on")
    says = "may only be read; connect to a server that can be written to"
    assert told(Database(server), ADD) == (says, True)


def be_cut_off(database, another):
    """Begin to write, and go on after somebody has ended the connection."""
    with database.writing() as connection:
        add_unit(connection, "Blue")
        number = connection.scalar(text("SELECT pg_backend_pid()"))
        with another.reading() as their:
            their.execute(text("SELECT pg_terminate_backend(:n)"), {"n": number})
        add_unit(connection, "Red")


def test_postgresql_that_ends_a_connection_answers_the_next_time(server):
    with closing(Database(server)) as database, closing(Database(server)) as another:
        with pytest.raises(Unreachable, match="does not answer"):
            be_cut_off(database, another)
        with database.reading() as connection:
            assert names(connection) == []


def connecting(address):
    """What the driver is told beside the place."""
    seen = {}

    def note(_dialect, _record, _words, options):
        seen.update(options)
        raise sqlite3.OperationalError("enough")

    with closing(Database(address)) as database:
        event.listen(database.engine, "do_connect", note)
        with pytest.raises(DatabaseError), database.reading():
            pass
    return {name: seen[name] for name in seen.keys() & {"connect_timeout", "options", "sslmode"}}


def test_postgresql_waits_as_its_address_says():
    address = "postgresql://mel@host/rota"
    usual = {"connect_timeout": "30", "options": "-c lock_timeout=30s"}
    assert connecting(address) == usual
    own = "?sslmode=require&connect_timeout=5"
    assert connecting(address + own) == usual | {"sslmode": "require", "connect_timeout": "5"}


def test_postgresql_without_its_driver(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseError) as error:
        Database("postgresql+psycopg://mel@localhost/rota")
    assert str(error.value) == (
        "PostgreSQL needs the extra postgres, and Rota was installed without it. "
        "Install the wheel you built with the extra postgres, as docs/running.md says"
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "Could not parse SQLAlchemy URL from given URL string"),
        ("rota.db", "Could not parse SQLAlchemy URL from given URL string"),
        ("mysql://mel:secret@localhost/rota", "mysql"),
        ("postgresql://mel:secret/rota", "its port is not a number"),
        ("postgresql://mel:se@cret@host/rota", "an @ within its password is written %40"),
        ("postgresql://mel:secret@host/rota?", CUT_OFF),
        ("postgresql://mel:secret@host/rota?sslmode", CUT_OFF),
        ("postgresql://mel:secret@host/rota?sslmode=", CUT_OFF),
        ("postgresql://mel:secret@host/rota?sslmode=require&", CUT_OFF),
        ("postgresql://mel:secret@host/rota?sslmode=require&connect", CUT_OFF),
        ("postgresql://mel:sec?ret@host/rota", CUT_OFF),
        ("postgresql://mel:secret@host", NO_DATABASE),
        ("postgresql://mel:secret@host/", NO_DATABASE),
        ("postgresql://mel:secret@/?host=/run", NO_DATABASE),
        ("postgresql+psycopg://", NO_DATABASE),
        ("sqlite://", NO_FILE),
        ("sqlite:///", NO_FILE),
        ("sqlite://rota.db", NO_FILE),
        ("sqlite:///:memory:", NO_FILE),
    ],
)
def test_what_is_no_address_is_refused_without_telling_it(url, why):
    with pytest.raises(DatabaseError) as error:
        Database(url)
    assert str(error.value) == f"{ADDRESS} ({why})"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:///rota.db", "sqlite:///rota.db"),
        ("postgresql+psycopg://mel@host/rota", "postgresql+psycopg://mel@host/rota"),
        ("postgresql+psycopg://mel:secret@host/rota", "postgresql+psycopg://mel:***@host/rota"),
        ("postgres://mel:secret@host/rota", "postgresql+psycopg://mel:***@host/rota"),
        ("postgresql://mel@host/rota", "postgresql+psycopg://mel@host/rota"),
        (
            "postgresql+psycopg://mel@host/rota?password=secret&sslmode=require",
            "postgresql+psycopg://mel@host/rota?sslmode=require",
        ),
    ],
)
def test_a_database_is_told_without_its_password(url, shown):
    with closing(Database(url)) as database:
        assert str(database) == shown


def test_no_trouble_tells_the_password(tmp_path):
    for address in ("mel:secret@/rota?", "mel@/rota?password=secret&"):
        database = Database(f"postgresql+psycopg://{address}host={tmp_path}")
        assert "secret" not in str(trouble(database))
