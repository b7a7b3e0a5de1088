"""Sites, teams and officers get other names, and nothing that hangs on them is lost.

The unit:  team Red at Leeds, Ann (manager, 0101), Bob (0102, Ann's, may use York), Cyd (0103)
"""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, text
from sqlmodel import SQLModel

from rota.domain import (
    FULL_TIME,
    Appointment,
    Away,
    Closure,
    Duty,
    Link,
    Officer,
    PastSeat,
    Policy,
    Presence,
    Request,
    Seat,
    Site,
    Team,
    Unit,
)
from rota.errors import BadInput, Forbidden, NotFound
from rota.records.naming import rename_in_unit
from rota.services.access.rights import Grant, Rights, Role
from rota.services.rotas import versions
from rota.services.runs import claimed_run, claims, run_requests, run_result
from rota.services.runs.claimed_run import LostClaim
from rota.services.units import renaming
from rota.store.accounts import calendar_links
from rota.store.databases.database import Database, DatabaseError
from rota.store.units import renamings
from rota.store.units import units as stored_units
from rota.store.units.rows import table_of
from rota.tables import (
    AskTable,
    CalendarLinkTable,
    GrantTable,
    MessageTable,
    ProposalTable,
    UserTable,
)
from tests import draft_edits
from tests.filled_once import filled_once
from tests.filling import filled
from tests.rota.services.ledger import ledger
from tests.stored import LEASE, act, audited, in_force, keep, solved_by

MON, TUE = date(2027, 1, 4), date(2027, 1, 5)
EARLIER = act(MON - timedelta(weeks=2))


def officer(staff_no, name, **rest):
    told = {"grade": "PO", "start_date": date(2015, 3, 2), "working_days": FULL_TIME, **rest}
    return Officer(staff_no=staff_no, name=name, team="Red", base="Leeds", **told)


UNIT = Unit(
    sites=(Site("Leeds", "office", 3), Site("York", "office", 2), Site("Court", "court")),
    teams=(Team("Red", "Leeds"),),
    officers=(
        officer("0101", "Ann Lee", grade="SPO"),
        officer("0102", "Bob Fox", mentor="0101", other_sites=("York",)),
        officer("0103", "Cyd Ray", mentor="0102"),
    ),
    away=(Away("0102", MON, MON, "sick"),),
    duties=(Duty(TUE, "York", 1),),
    appointments=(Appointment("0102", TUE, "York"),),
    presence=(Presence("York", "first aid"),),
    requests=(Request("0102", 4, "home"),),
    links=(Link("0101", "0102"), Link("0102", "0103")),
    closures=(Closure("York", TUE, TUE, 1),),
    history=(PastSeat("0102", date(2026, 12, 22), "York"),),
)


@pytest.fixture
@filled_once
def blue(database) -> Database:
    """The unit, published twice so that there are changes, with a draft and all that names it."""
    keep(database, "Blue", UNIT, Policy(start=MON, weeks=1))
    first = [Seat("0102", day, "York") for day in (TUE, date(2027, 1, 7))]
    publish_seats(database, *first)
    publish_seats(database, Seat("0102", TUE, "York"), Seat("0102", date(2027, 1, 7), "home"))
    run_requests.request_run(database, EARLIER, unit="Blue", start=MON, seconds=30)
    work_off(database, first[0])
    bob = {"unit": "Blue", "staff_no": "0102"}
    draft_edits.move(database, EARLIER, **bob, day=first[1].date, site="York")
    run_requests.request_run(database, EARLIER, unit="Blue", start=MON, seconds=30)
    work_off(database, first[0])
    draft_edits.move(database, EARLIER, **bob, day=TUE, site="home")
    add_what_people_have(database)
    return database


def publish_seats(database, *seats):
    run_requests.request_run(database, EARLIER, unit="Blue", start=MON, seconds=30)
    work_off(database, *seats)
    versions.publish(database, EARLIER, unit="Blue", start=MON, is_acknowledged=True)


def claimed(database):
    claim = claims.claim_next(database, worker="a test", now=EARLIER.at, lease=LEASE, attempts=5)
    return claimed_run.load_claimed_run(database, claim=claim, now=EARLIER.at)


def work_off(database, *seats):
    its = claimed(database)
    (problem,) = its.problems
    run_result.save_draft(database, EARLIER, its, solved_by(problem, filled(problem, seats)))


def add_what_people_have(database):
    """A user who is Bob and manages Red, his calendar, messages, asks, and a proposal."""
    when = EARLIER.at
    bob = {"unit_id": 1, "staff_no": "0102"}
    user = {"email": "bob@example.org", "name": "Bob", "must_change_password": False}
    with database.writing() as connection:

        def add(model, **row):
            connection.execute(insert(table_of(model)).values(row))

        add(UserTable, **user, is_active=True, made_at=when)
        add(GrantTable, user_id=1, role="officer", **bob)
        add(GrantTable, user_id=1, role="manager", unit_id=1, team="Red")
        add(CalendarLinkTable, **bob, digest="a digest", made_at=when)
        letter = {"key": "a key", "address": "bob@example.org", "subject": "Hi", "body": ""}
        add(MessageTable, **bob, **letter, state="s", attempts=0, written_at=when, due_at=when)
        asked = {"kind": "swap", "note": "", "state": "asked", "made_at": when, "answer": ""}
        add(AskTable, **bob, **asked, when="2027-01-05", with_staff_no="0103")
        add(AskTable, unit_id=1, staff_no="0101", **asked, with_staff_no="0102")
        told = {"reason": "", "reason_for_managers": "", "state": "waiting", "made_at": when}
        add(ProposalTable, **bob, **told, start=MON, date=TUE, before="York", after="home")


def rename(database, table, before, after, doer=EARLIER):
    return renaming.rename(database, doer, unit="Blue", table=table, before=before, after=after)


CHANGED_OTHERWISE = {"audit", "renaming", "unit", "draft"}
"""Tables that a renaming adds to, or of which it tells that they are in another state."""


def with_name(value, before, after):
    """The value of a cell with another name in place of the one."""
    if isinstance(value, list):
        return [with_name(its, before, after) for its in value]
    if isinstance(value, dict):
        return {name: with_name(its, before, after) for name, its in value.items()}
    return after if value == before else value


def in_any_order(rows):
    return sorted(json.dumps(dict(row), default=str, sort_keys=True) for row in rows)


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [("officers", "0102", "X-7"), ("sites", "York", "Fulford"), ("teams", "Red", "Crimson")],
)
def test_a_new_name_stands_wherever_the_old_one_stood_and_nothing_else_changes(
    blue, table, before, after
):
    was = ledger(blue)
    rename(blue, table, before, after)
    now = ledger(blue)
    for name, rows in was.items():
        if name not in CHANGED_OTHERWISE:
            assert in_any_order(now[name]) == in_any_order(
                with_name(dict(row), before, after) for row in rows
            ), name
    (old,), (new,) = was["draft"], now["draft"]
    for told in ("replaced", "not_kept"):
        assert new[told] == with_name(old[told], before, after)
        assert old[told]
    assert [row["moved_from"] for row in was["draft_seat"] if row["moved_from"]] == ["York"]
    assert before in json.dumps(was, default=str)
    others = {name: rows for name, rows in now.items() if name not in ("audit", "renaming")}
    assert f'"{before}"' not in json.dumps(others, default=str)


def test_the_example_has_a_row_in_every_table_that_can_name_something(blue):
    """So that the test above cannot pass by having nothing to rename."""
    filled_tables = {name for name, rows in ledger(blue).items() if rows}
    named = {table_of(m).name for models in renamings.ELSEWHERE.values() for m in models}
    assert named <= filled_tables
    assert {stored.table.name for stored in stored_units.STORAGE.values()} <= filled_tables


_NAMING = ("staff_no", "site", "team", "mentor", "base", "office", "before", "after", "moved_from")
_NAMES_NOTHING = {
    *("draft.base", "officer.has_home_office", "officer.office_percent"),
    *("audit.before", "audit.after", "renaming.before", "renaming.after"),
}
"""Columns that are called like those that name something, but name nothing that is renamed."""


def test_every_column_that_names_something_is_renamed():
    """A new column that names officers, sites or teams has to be told to `renamings`."""
    listed = {
        f"{table_of(model).name}.{column}"
        for models in renamings.ELSEWHERE.values()
        for model, columns in models.items()
        for column in columns
    }
    own = {
        f"{kept.table.name}.{name}" for kept in stored_units.STORAGE.values() for name in kept.names
    }
    like = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(word in column.name for word in _NAMING)
    }
    assert like - own - _NAMES_NOTHING == listed


def test_history_is_seen_under_the_new_name(blue):
    before = in_force(blue)
    told = versions.list_changes(blue, EARLIER, unit="Blue", number=2)
    assert [(its.staff_no, its.before, its.after) for its in told] == [("0102", "York", "home")]
    rename(blue, "officers", "0102", "102")
    rename(blue, "sites", "York", "Fulford")
    unit = rename_in_unit(
        rename_in_unit(replace(UNIT, published=before), "officers", "0102", "102"),
        "sites",
        "York",
        "Fulford",
    )
    assert set(in_force(blue)) == set(unit.published)
    told = versions.list_changes(blue, EARLIER, unit="Blue", number=2)
    assert [(its.staff_no, its.before, its.after) for its in told] == [("102", "Fulford", "home")]
    assert [its.number for its in versions.list_versions(blue, EARLIER, unit="Blue")] == [2, 1]


def test_a_draft_can_still_be_changed_and_published(blue):
    rename(blue, "officers", "0102", "102")
    draft_edits.move(blue, EARLIER, unit="Blue", staff_no="102", day=date(2027, 1, 6), site="home")
    versions.publish(blue, EARLIER, unit="Blue", is_acknowledged=True)
    assert {seat.site for seat in in_force(blue) if seat[:2] == ("102", date(2027, 1, 6))} == {
        "home"
    }


def test_a_calendar_goes_on_under_its_address(blue):
    rename(blue, "officers", "0102", "102")
    with blue.reading() as connection:
        assert calendar_links.find(connection, "a digest") == (1, "102")


def test_a_run_that_is_under_way_is_done_anew(blue):
    run_requests.request_run(blue, EARLIER, unit="Blue", start=MON, seconds=30)
    its = claimed(blue)
    rename(blue, "officers", "0102", "102")
    with pytest.raises(LostClaim):
        run_result.save_draft(blue, EARLIER, its, solved_by(*its.problems, filled(*its.problems)))
    again = claimed(blue)
    assert again.run.id == its.run.id
    assert again.run.attempts == its.run.attempts == 1
    assert "102" in again.problems[0].officers


def test_it_is_audited_with_both_names(blue):
    rename(blue, "teams", "Red", "Crimson", doer=act(MON, "Ida"))
    entry = audited(blue, unit="Blue")[0]
    assert (entry.actor, entry.what, entry.before, entry.after) == (
        "Ida",
        "renamed",
        {"teams": [{"team": "Red"}]},
        {"teams": [{"team": "Crimson"}]},
    )


@pytest.mark.parametrize(
    ("table", "before", "after", "says"),
    [
        ("officers", "0102", "0103", "officers, staff_no: 0103 is another staff number already."),
        ("sites", "York", "Leeds", "sites, site: Leeds is another site already."),
        ("sites", "York", " ", "sites, site: this cell must not be blank."),
        ("sites", "York", "home", "sites, site: home is kept for working at home; "),
        ("teams", "Read", "Blue", "Read is not a team here. Maybe Red?"),
    ],
)
def test_what_cannot_be_renamed_is_refused_in_words(blue, table, before, after, says):
    was = ledger(blue)
    with pytest.raises((BadInput, NotFound)) as error:
        rename(blue, table, before, after)
    assert str(error.value).startswith(says)
    assert ledger(blue) == was


def test_a_number_under_which_rotas_are_kept_is_not_given_to_somebody_else(blue):
    with blue.writing() as connection:
        connection.execute(text("DELETE FROM officer WHERE staff_no = '0103'"))
    with pytest.raises(BadInput) as error:
        rename(blue, "officers", "0102", "0103")
    assert str(error.value) == (
        "officers, staff_no: 0103 was another staff number once, whose rotas or roles are kept "
        "under it."
    )


def test_a_renaming_can_be_taken_back(blue):
    was = ledger(blue)
    rename(blue, "officers", "0102", "102")
    rename(blue, "officers", "102", "0102")
    assert {n: r for n, r in ledger(blue).items() if n not in CHANGED_OTHERWISE} == {
        n: r for n, r in was.items() if n not in CHANGED_OTHERWISE
    }


def test_another_unit_keeps_its_names(blue):
    keep(blue, "Green", UNIT, Policy(start=MON, weeks=1))
    rename(blue, "sites", "York", "Fulford")
    with blue.reading() as connection:
        green = stored_units.find(connection, "Green")
        assert stored_units.load(connection, green.id).sites == UNIT.sites


@pytest.mark.parametrize(
    "grant", [Grant(Role.MANAGER, 1, "Blue", "Red"), Grant(Role.HEAD, 1, "Blue")]
)
def test_only_who_manages_the_whole_unit_renames(blue, grant):
    with pytest.raises(Forbidden):
        rename(blue, "officers", "0102", "102", doer=replace(EARLIER, rights=Rights((grant,))))


def refuses(database, *statements):
    """Whether the database refuses to do this to its history."""
    try:
        with database.writing() as connection:
            for statement in statements:
                connection.execute(text(statement))
    except DatabaseError as error:
        return "is history and stays as it is" in str(error)
    return False


SEAT = "UPDATE published_seat SET staff_no = '102' WHERE staff_no = '0102'"
CHANGE = "UPDATE change SET staff_no = '102' WHERE staff_no = '0102'"
BEGUN = (
    'INSERT INTO renaming (unit_id, table_name, "before", "after", done_at, done_by, '
    "is_under_way) VALUES ({}, 'officers', '0102', '{}', '2027-01-01 09:00:00+00:00', 'Mel', true)"
)


@pytest.mark.parametrize("statement", [SEAT, CHANGE])
@pytest.mark.parametrize("begun", ["", BEGUN.format(2, "102"), BEGUN.format(1, "103")])
def test_the_database_refuses_to_change_a_name_unless_just_that_is_under_way(
    blue, statement, begun
):
    keep(blue, "Green", UNIT, Policy(start=MON, weeks=1))
    assert refuses(blue, *filter(None, (begun, statement)))


@pytest.mark.parametrize(
    "more", ["site = 'York'", "locked = true", "since = 2", "date = '2027-01-30'", "id = id + 90"]
)
def test_the_database_lets_a_renaming_change_nothing_but_the_name(blue, more):
    assert refuses(blue, BEGUN.format(1, "102"), SEAT.replace("'102'", f"'102', {more}", 1))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM renaming",
        "UPDATE renaming SET is_under_way = true",
        "UPDATE renaming SET done_by = 'somebody else'",
    ],
)
def test_a_renaming_stays_as_it_is(blue, statement):
    rename(blue, "officers", "0102", "102")
    assert refuses(blue, statement)


def test_a_renaming_that_is_under_way_is_let_through(blue):
    assert not refuses(blue, BEGUN.format(1, "102"), SEAT, CHANGE)
    assert {seat.staff_no for seat in in_force(blue)} == {"0101", "102", "0103"}
