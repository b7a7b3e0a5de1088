"""The doctor: each thing that has to work, well and ill, with the mend in words."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from rota.errors import Forbidden
from rota.sending import FolderPost
from rota.services.access.rights import Grant, Rights, Role
from rota.services.runs import claims, night, run_requests
from rota.services.upkeep import doctor
from rota.services.upkeep.doctor import Check, examine, examine_installation
from rota.settings import Settings
from rota.store.databases import schema
from rota.store.databases.database import Database
from rota.store.runs import nights as stored_nights
from rota.store.units import units
from rota.store.upkeep import messages
from tests.rota.services.example import EARLIER, ON_SQLITE, keep
from tests.stored import LEASE, act

TODAY = date(2027, 1, 4)
NOW = act(TODAY).at
NIGHT_AT = time(2, 30)
NIGHT = act(TODAY, "the night", NIGHT_AT)
SILENCE = 3 * LEASE
SECOND = timedelta(seconds=1)
CHART = """
            4 Jan 2027
            Mon Tue
    Ann     .   .
"""


@pytest.fixture
def seen(database, tmp_path):
    """What the doctor finds in the database at an instant, by what it is about."""

    def seen(about, now=NOW):
        checks = examined(database, tmp_path, now)
        return next(check for check in checks if check.about == about)

    return seen


def examined(database, folder, now=NOW):
    return examine(
        database,
        FolderPost(folder, sender="rota@example.org"),
        now=now,
        night_at=NIGHT_AT,
        lease=LEASE,
        folder=folder,
    )


def write(database, key, at, address="ann@example.org"):
    """Put a message to Ann into the outbox."""
    with database.writing() as connection:
        unit = units.find(connection, "Blue")
        message = messages.NewMessage(
            key=key, staff_no="ann", address=address, subject="Your rota", body="See"
        )
        messages.write(connection, [message], unit_id=unit.id, at=at)


def end(database, key, at, state, error=None):
    """Send the message that is due, to this end."""
    with database.writing() as connection:
        message = messages.find_next_due(connection, at)
        messages.claim(connection, message.id, claim=key, now=at, until=at + LEASE)
        messages.change(connection, message.id, claim=key, state=state, error=error)


def ask(database, at, **what):
    return run_requests.request_run(
        database, act(TODAY, at=at), unit="Blue", seconds=5, **what
    ).run.id


def test_all_is_well(database, tmp_path):
    claims.mark_alive(database, "worker-1", at=NOW)
    night.begin_night(database, NIGHT, seconds=5)
    checks = examined(database, tmp_path)
    assert [check for check in checks if not check.is_well] == []
    told = {check.about: check.sentence for check in checks}
    assert told.pop("disk").endswith(f" MB free at {tmp_path}")
    assert told == {
        "database": f"{database} answers and is at migration {schema.find_newest_revision()}",
        "worker": "1 alive: worker-1",
        "night": "2027-01-04 began at 02:30 on 04/01/2027 with 0 runs",
        "runs": "0 wait, none failed in a day",
        "outbox": "empty",
        "clock": "it is 09:00 on 04/01/2027 in London (GMT)",
        "messages": f"go out through the folder {tmp_path}",
    }


def unreachable(tmp_path):
    """Databases that do not answer, of each kind."""
    yield Database(f"sqlite:///{tmp_path / 'far' / 'rota.db'}")
    yield Database(f"postgresql+psycopg://mel:secret@/rota?host={tmp_path}")


def test_a_database_that_does_not_answer_is_told_and_the_rest_is_looked_at(tmp_path):
    for database in unreachable(tmp_path):
        with closing(database):
            ill, *others = examined(database, tmp_path)
        assert (ill.about, ill.mend) == ("database", "Mend what it says; nothing works without.")
        assert ill.says.startswith(f"The database {database} ")
        assert "secret" not in ill.says
        assert [(its.about, its.is_well) for its in others] == [
            ("clock", True),
            ("disk", True),
            ("messages", True),
        ]


def test_a_database_without_tables_needs_the_migrations(database_url, tmp_path):
    with closing(Database(database_url)) as database:
        ill, *others = examined(database, tmp_path)
        says = f"{database} is at migration none, the newest is {schema.find_newest_revision()}"
        assert ill == Check("database", says, "Run: rota db upgrade")
        assert [its.about for its in others] == ["clock", "disk", "messages"]


def test_a_database_that_lacks_a_migration_needs_it(database, seen):
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    says = f"{database} is at migration 0000, the newest is {schema.find_newest_revision()}"
    assert seen("database") == Check("database", says, "Run: rota db upgrade")


def test_a_worker_is_alive_that_was_heard_of_lately(database, seen):
    mend = "Start one, and keep it running: rota worker"
    assert seen("worker") == Check("worker", "none was ever seen", mend)
    claims.mark_alive(database, "worker-1", at=NOW - SILENCE)
    assert seen("worker") == Check("worker", "1 alive: worker-1")
    late = seen("worker", NOW + SECOND)
    assert late == Check("worker", "none is alive; the last was seen 08:57 on 04/01/2027", mend)
    claims.mark_alive(database, "worker-2", at=NOW)
    assert seen("worker", NOW + SECOND) == Check("worker", "1 alive: worker-2")
    claims.mark_alive(database, "worker-1", at=NOW)
    assert seen("worker") == Check("worker", "2 alive: worker-1, worker-2")
    claims.remove_worker(database, "worker-1")
    claims.remove_worker(database, "worker-2")
    assert seen("worker") == Check("worker", "none was ever seen", mend)


MAKE_UP = "A worker makes it up when it starts: rota worker"


def at(hour, minute, second=0, day=TODAY):
    return act(day, at=time(hour, minute, second)).at


def test_a_night_tells_how_many_runs_it_asked_for(database, seen):
    night.begin_night(database, NIGHT, seconds=5)
    with database.writing() as connection:
        stored_nights.save_run_count(connection, TODAY, 1)
    assert seen("night").says == "2027-01-04 began at 02:30 on 04/01/2027 with 1 run"


def test_a_night_is_missed_half_an_hour_after_its_time(database, seen):
    none = Check("night", "none has begun yet", MAKE_UP)
    assert (seen("night"), seen("night", at(2, 40))) == (none, none)
    night.begin_night(database, NIGHT, seconds=5)
    began = Check("night", "2027-01-04 began at 02:30 on 04/01/2027 with 0 runs")
    tomorrow = date(2027, 1, 5)
    assert seen("night", at(2, 30)) == began
    assert seen("night", at(2, 29, 59, tomorrow)) == began
    about_to_begin = Check("night", "the last was 2027-01-04; tonight's is about to begin")
    assert seen("night", at(2, 30, 0, tomorrow)) == about_to_begin
    assert seen("night", at(2, 59, 59, tomorrow)) == about_to_begin
    missed = Check("night", "the last that began was 2027-01-04", MAKE_UP)
    assert seen("night", at(3, 0, 0, tomorrow)) == missed
    assert seen("night", at(1, 0, 0, date(2027, 1, 6))) == missed


def test_the_time_of_a_night_is_london_s_in_summer_too(database, seen):
    night.begin_night(database, act(date(2027, 7, 1), at=NIGHT_AT), seconds=5)
    before = datetime(2027, 7, 2, 1, 29, tzinfo=UTC)
    assert seen("night", before).says == "2027-07-01 began at 02:30 on 01/07/2027 with 0 runs"
    after = datetime(2027, 7, 2, 1, 30, tzinfo=UTC)
    assert seen("night", after).says == "the last was 2027-07-01; tonight's is about to begin"
    assert seen("clock", after).says == "it is 02:30 on 02/07/2027 in London (BST)"


def test_a_run_that_waits_longer_than_an_hour_needs_a_worker(database, seen):
    keep(database, CHART)
    ask(database, time(7, 0))
    ask(database, time(8, 0), start=TODAY + timedelta(weeks=4))
    mend = "Start a worker, or more of them: rota worker"
    assert seen("runs", at(8, 0)) == Check("runs", "2 wait, none failed in a day")
    late = Check("runs", "2 wait, the oldest since 07:00 on 04/01/2027", mend)
    assert seen("runs", at(8, 0, 1)) == late


def test_a_run_that_failed_is_told_for_a_day(database, seen):
    keep(database, CHART)
    for _ in range(2):
        run = ask(database, time(7, 0))
        claim = claims.claim_next(database, worker="w", now=NOW, lease=LEASE, attempts=5)
        claims.fail(database, claim=claim, error="There was no room.", now=NOW)
    says = f"2 failed in a day; the last was {run} of Blue: There was no room."
    ill = Check("runs", says, "See what it says: rota runs")
    a_day_later = NOW + timedelta(days=1)
    assert seen("runs", a_day_later - SECOND) == ill
    assert seen("runs", a_day_later) == Check("runs", "0 wait, none failed in a day")


def test_a_message_that_waits_longer_than_an_hour_is_late(database, seen):
    keep(database, CHART)
    write(database, "a", at(8, 0))
    write(database, "b", at(8, 30))
    assert seen("outbox", at(9, 0)) == Check("outbox", "2 waiting")
    late = Check(
        "outbox",
        "2 wait, the oldest since 08:00 on 04/01/2027",
        "See why, and mend the ROTA_SMTP settings: rota outbox",
    )
    assert seen("outbox", at(9, 0, 1)) == late
    end(database, "a", NOW, messages.SENT)
    assert seen("outbox", at(9, 0, 1)) == Check("outbox", "1 sent, 1 waiting")


ADDRESSES = (
    "See whom it concerns and why: rota outbox. Mend addresses or settings, then send what was "
    "refused again: rota outbox --retry"
)


def test_a_message_that_was_refused_or_has_no_address_is_told(database, seen):
    keep(database, CHART)
    write(database, "a", NOW)
    end(database, "a", NOW, messages.REFUSED)
    assert seen("outbox") == Check("outbox", "1 refused", ADDRESSES)
    write(database, "b", NOW, address="")
    assert seen("outbox") == Check("outbox", "1 no address, 1 refused", ADDRESSES)


def test_why_the_last_message_was_refused_is_told(database, seen):
    keep(database, CHART)
    for key, error in (("a", "The key is wrong."), ("b", "The template is gone.")):
        write(database, key, NOW)
        end(database, key, NOW, messages.REFUSED, error=error)
    why = "2 refused; the last: The template is gone."
    assert seen("outbox") == Check("outbox", why, ADDRESSES)


@ON_SQLITE
def test_a_message_that_can_go_nowhere_is_told_for_a_week(database, seen):
    keep(database, CHART)
    write(database, "a", NOW, address="")
    assert seen("outbox", NOW + timedelta(days=7)).mend == ADDRESSES
    assert seen("outbox", NOW + timedelta(days=7, seconds=1)).mend == ""


@ON_SQLITE
def test_a_message_without_an_address_alone_is_told(database, seen):
    keep(database, CHART)
    write(database, "a", NOW, address="")
    assert seen("outbox") == Check("outbox", "1 no address", ADDRESSES)


@pytest.fixture
def sqlite(tmp_path):
    with closing(Database(f"sqlite:///{tmp_path / 'rota.db'}")) as database:
        schema.upgrade(database)
        yield database


def test_messages_that_cannot_go_out_are_told(sqlite, tmp_path):
    checks = examined(sqlite, tmp_path / "far")
    ill = next(its for its in checks if its.about == "messages")
    says = f"The folder {tmp_path / 'far'} cannot be written: No such file or directory"
    assert ill == Check("messages", says, "Mend the ROTA_SMTP or ROTA_NOTIFY settings")


def test_a_folder_for_messages_that_cannot_be_made_is_told(sqlite, tmp_path):
    (tmp_path / "taken").write_text("")
    folder = tmp_path / "taken" / "outbox"
    settings = Settings(database_url=sqlite.url, mail_folder=folder)
    checks = {its.about: its for its in examine_installation(sqlite, act(TODAY), settings)}
    says = f"ROTA_MAIL_FOLDER {folder}: Not a directory."
    assert checks["messages"] == Check("messages", says, "Make the folder, or name another")
    assert checks["database"].is_well


def test_an_installation_is_looked_at_for_administrators_alone(sqlite, tmp_path):
    settings = Settings(database_url=sqlite.url, mail_folder=tmp_path)
    boss, head = Rights((Grant(Role.ADMINISTRATOR),)), Rights((Grant(Role.HEAD, 1, "Blue"),))
    doer = act(TODAY)
    assert examine_installation(sqlite, replace(doer, rights=boss), settings)
    with pytest.raises(Forbidden):
        examine_installation(sqlite, replace(doer, rights=head), settings)


def test_a_disk_is_looked_at_where_a_database_file_lies(sqlite, tmp_path, monkeypatch):
    def disk(folder):
        post = FolderPost(tmp_path, sender="rota@example.org")
        told = {"now": NOW, "night_at": NIGHT_AT, "lease": LEASE, "folder": folder}
        return [its for its in examine(sqlite, post, **told) if its.about == "disk"]

    assert [its.is_well for its in disk(tmp_path)] == [True]
    assert disk(None) == []
    (missing,) = disk(tmp_path / "far")
    assert missing.mend == "Make the folder of the database"
    monkeypatch.setattr(doctor, "LEAST_DISK", 2**70)
    assert [its.mend for its in disk(tmp_path)] == [f"Free {2**50} MB"]


def test_all_that_is_told_ends_in_a_mend_or_is_well(database, tmp_path):
    keep(database, CHART)
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=5)
    ill = [check.about for check in examined(database, tmp_path) if check.mend]
    assert ill == ["worker", "night", "runs"]
