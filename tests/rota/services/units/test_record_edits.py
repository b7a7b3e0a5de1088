"""Records added, changed and removed one by one, and never over what somebody else has done."""

from dataclasses import replace

import pytest

from rota.domain import Appointment, Away, Closure, Duty, Link, Request, Site, Team
from rota.errors import BadInput, Conflict, Forbidden, NotFound
from rota.services.units import record_edits, record_list
from rota.store.databases.database import Database
from rota.store.units import units
from tests.rota.services.access.test_record_rights import (
    ANN,
    HEAD,
    OF_ALL,
    OF_BLUE,
    OF_BOTH,
    OF_RED,
)
from tests.rota.services.example import ON_SQLITE, revision
from tests.rota.services.example import change as change_terms
from tests.rota.services.ledger import grown, ledger
from tests.rota_text import MON, THU, TUE, problem
from tests.stored import act, audited, keep

CHART = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     .   .   .   .   .
    Bob     .   .   .   .   .
    Cai     .   .   .   .   .
"""
UNIT = replace(
    problem(
        CHART, officers={"Bob": {"team": "Red"}, "Cai": {"mentor": "bob"}}, teams={"Red": "York"}
    ).unit,
    away=(Away("ann", MON, TUE, "sick"), Away("bob", MON, TUE)),
    duties=(Duty(MON, "Crown Court", 1), Duty(TUE, "Crown Court", 1, "youth")),
    appointments=(Appointment("ann", MON, "York"),),
    requests=(Request("ann", 4, "home"),),
    links=(Link("ann", "cai", "one case"), Link("bob", "ann")),
    closures=(Closure("HMP Leeds", TUE, TUE, 0), Closure("York", TUE, TUE, 0)),
)


@pytest.fixture
def blue(database) -> Database:
    keep(database, "Blue", UNIT, problem(CHART).policy)
    return database


def tables(database):
    with database.reading() as connection:
        unit = units.find(connection, "Blue")
        assert unit is not None
        return units.load(connection, unit.id)


def record_of(database, table, words):
    (record,) = record_list.list_records(
        database, OF_ALL, unit="Blue", table=table, words=words
    ).records
    return record


def add(database, table, texts, doer=OF_ALL, **rest):
    return record_edits.add(database, doer, unit="Blue", table=table, texts=texts, **rest)


def change(database, table, record, doer=OF_ALL, **texts):
    return record_edits.change(
        database,
        doer,
        unit="Blue",
        table=table,
        number=record.number,
        seal=record.seal,
        texts={**record.texts, **texts},
    )


def remove(database, table, record, doer=OF_ALL):
    its = {"number": record.number, "seal": record.seal}
    return record_edits.remove(database, doer, unit="Blue", table=table, **its)


def refusal(database, action, *args, error=BadInput, **rest):
    """What is said of what is refused; nothing is kept of it."""
    before = ledger(database)
    with pytest.raises(error) as told:
        action(database, *args, **rest)
    assert ledger(database) == before
    return str(told.value)


def test_a_row_is_added_counted_and_audited(blue):
    before, was = ledger(blue), revision(blue)
    add(blue, "teams", {"team": "Green", "office": "Leeds"})
    assert tables(blue).teams == (*UNIT.teams, Team("Green", "Leeds"))
    assert grown(before, blue) == {"unit", "team", "audit"}
    assert revision(blue) == was + 1
    entry = audited(blue)[0]
    assert (entry.what, entry.before, entry.after) == (
        "added to teams",
        {},
        {"teams": [{"name": "Green", "office": "Leeds", "since": None}]},
    )


DUTY = {"date": "4/1/2027", "site": "Crown Court", "needed": "5", "skill": ""}


@ON_SQLITE
def test_a_row_that_is_there_already_is_not_added_again(blue):
    assert refusal(blue, add, "duties", DUTY) == "duties, date: 2027-01-04 is recorded already."
    request = {"staff_no": "ann", "when": "Fri", "wants": "home"}
    assert refusal(blue, add, "requests", request) == (
        "requests, staff_no: ann is recorded already."
    )
    york = {"site": "York", "kind": "office"}
    assert refusal(blue, add, "sites", york) == (
        "sites, site: York is known already, with other values."
    )
    add(blue, "duties", {**DUTY, "skill": "law"})


@ON_SQLITE
def test_every_fault_of_a_row_is_told(blue):
    row = {"staff_no": "anne", "first": "5/1/2027", "last": "4/1/2027", "kind": "ill"}
    assert refusal(blue, add, "away", row).splitlines() == [
        "away, staff_no: anne is not a staff number here. Maybe ann?",
        "away, last: 2027-01-04 is before first, which is 2027-01-05.",
        "away, kind: ill is not one of leave, sick, training, lieu, other.",
    ]


def test_a_row_is_changed_where_it_stands(blue):
    record = record_of(blue, "away", "ann")
    change(blue, "away", record, last="2027-01-07", kind="leave")
    assert tables(blue).away == (Away("ann", MON, THU), Away("bob", MON, TUE))
    entry = audited(blue)[0]
    spell = {"staff_no": "ann", "first": "2027-01-04", "part": ""}
    assert (entry.what, entry.before, entry.after) == (
        "changed away",
        {"away": [{**spell, "last": "2027-01-05", "kind": "sick"}]},
        {"away": [{**spell, "last": "2027-01-07", "kind": "leave"}]},
    )


@ON_SQLITE
def test_a_change_that_changes_nothing_is_not_kept(blue):
    before = ledger(blue)
    assert change(blue, "away", record_of(blue, "away", "ann")).differences == ()
    assert ledger(blue) == before


def test_of_two_changes_to_one_record_the_second_is_refused(blue):
    seen = record_of(blue, "duties", "youth")
    change(blue, "duties", seen, needed="2")
    assert refusal(blue, change, "duties", seen, needed="3", error=Conflict) == (
        "Somebody changed this record since you opened it. "
        "Look at it as it is now, then make your change again."
    )
    assert refusal(blue, remove, "duties", seen, error=Conflict).startswith("Somebody changed")
    remove(blue, "duties", record_of(blue, "duties", "youth"))
    gone = "Somebody removed this record since you opened it."
    assert refusal(blue, change, "duties", seen, needed="3", error=Conflict) == gone
    assert refusal(blue, remove, "duties", seen, error=Conflict) == gone


@ON_SQLITE
def test_a_changed_row_may_not_take_the_place_of_another(blue):
    youth = record_of(blue, "duties", "youth")
    says = "duties, date: 2027-01-04 is recorded already."
    assert refusal(blue, change, "duties", youth, date="4/1/2027", skill="") == says
    york = record_of(blue, "closures", "York")
    says = (
        "closures, desks: 3 contradicts what is recorded, which has 0 at HMP Leeds on 2027-01-05."
    )
    assert refusal(blue, change, "closures", york, site="HMP Leeds", desks="3") == says


@ON_SQLITE
def test_the_names_by_which_other_records_go_stay(blue):
    bob = record_of(blue, "officers", "Red")
    assert refusal(blue, change, "officers", bob, staff_no="bobby") == (
        "officers, staff_no: bobby cannot take the place of bob, by which other records name it."
    )
    red = record_of(blue, "teams", "Red")
    assert refusal(blue, change, "teams", red, team="Rot").startswith("teams, team: Rot cannot")
    change(blue, "officers", bob, name="Bob Hill")
    assert tables(blue).officers[1].name == "Bob Hill"


@ON_SQLITE
def test_an_officer_cannot_be_their_mentor_s_mentor(blue):
    bob = record_of(blue, "officers", "Red")
    assert refusal(blue, change, "officers", bob, mentor="cai") == (
        "officers, mentor: cai ends in a circle of mentors (bob, cai, bob)."
    )


@ON_SQLITE
def test_a_site_where_teams_meet_stays_an_office(blue):
    york = record_of(blue, "sites", "York")
    assert refusal(blue, change, "sites", york, kind="court") == (
        "teams, office: York is a site of the kind court; a team meets at an office."
    )


@ON_SQLITE
def test_what_others_need_is_not_removed(blue):
    assert refusal(blue, remove, "teams", record_of(blue, "teams", "Red")) == (
        "officers, team: Red is not a team here."
    )
    assert refusal(blue, remove, "sites", record_of(blue, "sites", "York")).splitlines() == [
        "teams, office: York is not a site here.",
        "appointments, site: York is not a site here.",
    ]
    assert refusal(blue, remove, "officers", record_of(blue, "officers", "Red")) == (
        "officers, mentor: bob is not a staff number here."
    )


def obstacles(database, table, words):
    record = record_of(database, table, words)
    told = record_edits.preview_removal(
        database, OF_ALL, unit="Blue", table=table, number=record.number
    )
    assert told.record == record
    return (
        [(its.table, its.column.name, len(its.rows)) for its in told.along],
        [(its.table, its.column.name, len(its.rows)) for its in told.obstacles],
    )


@ON_SQLITE
def test_what_goes_along_and_what_stands_in_the_way_is_told_before(blue):
    before = ledger(blue)
    assert obstacles(blue, "sites", "HMP") == ([("closures", "site", 1)], [])
    assert obstacles(blue, "sites", "York") == (
        [("closures", "site", 1)],
        [("teams", "office", 1), ("appointments", "site", 1)],
    )
    assert obstacles(blue, "teams", "Blue") == ([], [("officers", "team", 2)])
    assert obstacles(blue, "officers", "Red") == (
        [("away", "staff_no", 1), ("links", "staff_no", 1)],
        [("officers", "mentor", 1)],
    )
    assert obstacles(blue, "duties", "youth") == ([], [])
    assert ledger(blue) == before


def test_an_officer_goes_with_all_that_is_recorded_about_them(blue):
    ann = next(
        its
        for its in record_list.list_records(blue, OF_ALL, unit="Blue", table="officers").records
        if its.texts["staff_no"] == "ann"
    )
    remove(blue, "officers", ann)
    left = tables(blue)
    assert [officer.staff_no for officer in left.officers] == ["bob", "cai"]
    assert (left.away, left.appointments, left.requests, left.links) == (
        (Away("bob", MON, TUE),),
        (),
        (),
        (),
    )
    entry = audited(blue)[0]
    assert entry.what == "removed from officers"
    assert {table: len(rows) for table, rows in entry.before.items()} == {
        "officers": 1,
        "away": 1,
        "appointments": 1,
        "requests": 1,
        "links": 2,
    }


@ON_SQLITE
def test_a_site_goes_with_its_closures(blue):
    remove(blue, "sites", record_of(blue, "sites", "HMP"))
    assert Site("HMP Leeds", "prison") not in tables(blue).sites
    assert tables(blue).closures == (Closure("York", TUE, TUE, 0),)


@ON_SQLITE
def test_only_the_records_of_their_teams_are_theirs_to_change(blue):
    ann, bob = record_of(blue, "away", "ann"), record_of(blue, "away", "bob")
    for doer, record in ((OF_RED, ann), (OF_BLUE, bob), (HEAD, ann), (ANN, ann)):
        refusal(blue, change, "away", record, doer=doer, kind="other", error=Forbidden)
        refusal(blue, remove, "away", record, doer=doer, error=Forbidden)
    change(blue, "away", ann, doer=OF_BLUE, kind="other")
    remove(blue, "away", bob, doer=OF_RED)


@ON_SQLITE
def test_an_officer_who_is_linked_with_another_team_is_removed_by_who_manages_both(blue):
    ann = next(
        its
        for its in record_list.list_records(blue, OF_ALL, unit="Blue", table="officers").records
        if its.texts["staff_no"] == "ann"
    )
    refusal(blue, remove, "officers", ann, doer=OF_BLUE, error=Forbidden)
    with pytest.raises(Forbidden):
        record_edits.preview_removal(blue, OF_RED, unit="Blue", table="officers", number=ann.number)
    remove(blue, "officers", ann, doer=OF_BOTH)


@ON_SQLITE
def test_what_is_no_table_of_records_is_not_found(blue):
    with pytest.raises(NotFound):
        add(blue, "rota", {})
    with pytest.raises(NotFound):
        record_edits.preview_removal(blue, OF_ALL, unit="Blue", table="unit", number=1)


@ON_SQLITE
def test_what_is_over_stands_in_nobody_s_way_and_tells_of_its_day(blue):
    # Ann had an appointment in York on Monday 4 January; on Thursday York goes.
    change_terms(blue, act(THU), "teams", "Red", office="Leeds")
    york = record_of(blue, "sites", "York")
    its = {"unit": "Blue", "table": "sites", "number": york.number}
    assert record_edits.preview_removal(blue, act(THU), **its).obstacles == ()
    remove(blue, "sites", york, doer=act(THU))
    assert tables(blue).appointments == ()
    assert [each.row for each in tables(blue).earlier_rows] == [
        Appointment("ann", MON, "York"),
        Closure("York", TUE, TUE, 0),
    ]
