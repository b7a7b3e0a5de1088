"""The tables of a unit, looked through by those who keep them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rota.domain import Away, Closure, Duty, Link, Presence, Request
from rota.errors import Forbidden, NotFound
from rota.services.access.secrets import compute_seal
from rota.services.units import record_details, record_list
from rota.services.units.record_list import ON_A_PAGE
from rota.store.databases.database import Database
from tests.rota.services.access.test_record_rights import ANN, HEAD, OF_ALL, OF_BLUE, OF_RED
from tests.rota.services.example import ON_SQLITE
from tests.rota_text import MON, THU, TUE, WED, problem
from tests.stored import act, keep

CHART = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     .   .   .   .   .
    Bob     .   .   .   .   .
    Cai     .   .   .   .   .
"""
UNIT = replace(
    problem(
        CHART,
        officers={
            "Ann": {"email": "ann@example.org"},
            "Bob": {"team": "Red", "office_percent": 40, "base": "York"},
            "Cai": {"mentor": "bob"},
        },
        teams={"Red": "York"},
    ).unit,
    away=(Away("ann", MON, TUE, "sick"), Away("bob", MON, WED, "sick")),
    duties=(
        Duty(THU, "Crown Court", 1),
        Duty(date(2026, 12, 1), "Crown Court", 2),
        Duty(TUE, "Crown Court", 3, "youth"),
        Duty(date(2026, 12, 2), "Crown Court", 4),
    ),
    presence=(Presence("York", "first aid"),),
    requests=(Request("ann", 4, "home"), Request("bob", 4, "home", 3)),
    links=(Link("ann", "bob", "one case"),),
    closures=(Closure("York", TUE, TUE, 0),),
)
TODAY = MON


@pytest.fixture
def blue(database) -> Database:
    keep(database, "Blue", UNIT, problem(CHART).policy)
    return database


def listed(database, doer, table, **rest):
    return record_list.list_records(database, doer, unit="Blue", table=table, **rest)


def texts(page, *columns):
    return [tuple(its.texts[column] for column in columns) for its in page.records]


@ON_SQLITE
def test_every_table_is_counted_as_far_as_it_is_theirs(blue):
    counts = {
        doer: {
            its.table.name: its.count for its in record_list.list_headings(blue, doer, unit="Blue")
        }
        for doer in (OF_ALL, OF_BLUE, OF_RED)
    }
    whole = {
        "sites": 5,
        "teams": 2,
        "officers": 3,
        "away": 2,
        "duties": 4,
        "appointments": 0,
        "presence": 1,
        "requests": 2,
        "links": 1,
        "closures": 1,
    }
    assert counts[OF_ALL] == whole
    assert counts[OF_BLUE] == counts[OF_RED] == {**whole, "away": 1, "requests": 1}


@ON_SQLITE
def test_sites_and_teams_are_added_by_those_who_manage_the_whole_unit(blue):
    def may_not_add(doer):
        found = record_list.list_headings(blue, doer, unit="Blue")
        return [its.table.name for its in found if not its.may_add]

    assert (may_not_add(OF_ALL), may_not_add(OF_RED)) == ([], ["sites", "teams"])


@pytest.mark.parametrize("doer", [HEAD, ANN])
@ON_SQLITE
def test_records_are_for_managers_alone(blue, doer):
    with pytest.raises(Forbidden):
        record_list.list_headings(blue, doer, unit="Blue")
    with pytest.raises(Forbidden):
        listed(blue, doer, "sites")
    with pytest.raises(Forbidden):
        record_details.open_record(blue, doer, unit="Blue", table="away")
    with pytest.raises(Forbidden):
        record_details.find_officer_records(blue, doer, unit="Blue", number=1)


def test_a_row_is_its_texts_by_column(blue):
    (record,) = listed(blue, OF_RED, "officers", words="bob").records
    assert record.texts == {
        "staff_no": "bob",
        "name": "Bob",
        "team": "Red",
        "grade": "PO",
        "start_date": "2020-01-06",
        "base_site": "York",
        "working_days": "Mon Tue Wed Thu Fri",
        "email": "",
        "other_sites": "",
        "mentor": "",
        "skills": "",
        "home": "yes",
        "office_percent": "40",
        "home_days_per_week": "",
        "extra_days": "no",
        "leave_date": "",
        "from": "",
    }
    assert record.may_change


@ON_SQLITE
def test_of_officers_of_other_teams_only_the_least_is_told(blue):
    page = listed(blue, OF_BLUE, "officers")
    assert page.records[1].texts == {
        "staff_no": "bob",
        "name": "Bob",
        "team": "Red",
        "grade": "PO",
        "base_site": "York",
    }
    assert [its.may_change for its in page.records] == [True, False, True]
    assert listed(blue, OF_BLUE, "officers", words="40").records == ()
    assert len(listed(blue, OF_RED, "officers", words="40").records) == 1


@ON_SQLITE
def test_days_away_and_requests_of_other_teams_are_not_told(blue):
    assert texts(listed(blue, OF_BLUE, "away"), "staff_no", "kind") == [("ann", "sick")]
    assert texts(listed(blue, OF_RED, "away"), "staff_no", "kind") == [("bob", "sick")]
    assert texts(listed(blue, OF_RED, "requests"), "staff_no") == [("bob",)]
    assert texts(listed(blue, OF_ALL, "requests"), "staff_no") == [("ann",), ("bob",)]


@ON_SQLITE
def test_a_link_is_told_to_both_teams_and_changed_by_who_manages_both(blue):
    told = [listed(blue, doer, "links").records[0].may_change for doer in (OF_BLUE, OF_RED, OF_ALL)]
    assert told == [False, False, True]


def test_what_is_to_come_is_first_and_of_what_has_been_the_latest(blue):
    page = listed(blue, OF_ALL, "duties")
    assert texts(page, "date") == [
        ("2027-01-05",),
        ("2027-01-07",),
        ("2026-12-02",),
        ("2026-12-01",),
    ]


@ON_SQLITE
def test_what_comes_again_without_a_first_day_is_first_and_last_when_it_has_ended(database):
    duties = (
        Duty(frozenset({0}), "Crown Court", 1, last=date(2026, 12, 1)),
        Duty(TUE, "Crown Court", 1),
        Duty(frozenset({0, 2}), "Crown Court", 1),
    )
    keep(database, "Blue", replace(UNIT, duties=duties), problem(CHART).policy)
    page = listed(database, OF_ALL, "duties")
    assert texts(page, "date") == [("Mon Wed",), ("2027-01-05",), ("Mon",)]


@pytest.mark.parametrize(
    ("table", "words", "found"),
    [
        ("officers", "", 3),
        ("officers", "BOB", 2),  # Cai's mentor is Bob.
        ("officers", "red york", 1),
        ("officers", "red leeds", 0),
        ("away", "Ann sick", 1),
        ("away", "2027-01-05", 1),
        ("duties", "youth", 1),
        ("duties", "%", 0),
    ],
)
@ON_SQLITE
def test_records_are_found_by_their_words_and_names(blue, table, words, found):
    page = listed(blue, OF_ALL, table, words=words)
    assert (page.matches, len(page.records)) == (found, found)


@pytest.mark.parametrize(
    ("page", "shown", "first"), [(0, 50, 1), (1, 50, 1), (2, 3, 51), (9, 3, 51)]
)
@ON_SQLITE
def test_a_long_list_has_pages(database, page, shown, first):
    assert ON_A_PAGE == 50
    days = (MON + timedelta(days=n) for n in range(53))
    unit = replace(UNIT, duties=tuple(Duty(day, "Crown Court", n) for n, day in enumerate(days, 1)))
    keep(database, "Blue", unit, problem(CHART).policy)
    told = listed(database, OF_ALL, "duties", page=page)
    assert (told.matches, told.pages, told.page) == (53, 2, 2 if first == 51 else 1)
    assert len(told.records) == shown
    assert told.records[0].texts["needed"] == str(first)


@ON_SQLITE
def test_what_is_no_table_of_records_is_not_found(blue):
    for table in ("rota", "holidays", "unit"):
        with pytest.raises(NotFound):
            listed(blue, OF_ALL, table)
        with pytest.raises(NotFound):
            record_details.open_record(blue, OF_ALL, unit="Blue", table=table)


def choices(database, doer, table):
    return record_details.open_record(database, doer, unit="Blue", table=table).choices


@ON_SQLITE
def test_a_blank_record_offers_what_its_columns_may_name(blue):
    assert choices(blue, OF_BLUE, "officers") == {
        "team": (("Blue", "Blue"),),
        "base_site": tuple((name, name) for name in sorted_sites()),
        "other_sites": tuple((name, name) for name in sorted_sites()),
        "mentor": (("ann", "Ann (ann)"), ("bob", "Bob (bob)"), ("cai", "Cai (cai)")),
    }
    assert choices(blue, OF_BLUE, "away") == {
        "staff_no": (("ann", "Ann (ann)"), ("cai", "Cai (cai)"))
    }
    assert choices(blue, OF_ALL, "teams") == {"office": (("Leeds", "Leeds"), ("York", "York"))}


def sorted_sites():
    return [site.name for site in UNIT.sites]


@ON_SQLITE
def test_a_record_is_opened_by_those_who_may_change_it(blue):
    (ann,) = listed(blue, OF_BLUE, "away").records
    opened = record_details.open_record(blue, OF_BLUE, unit="Blue", table="away", number=ann.number)
    assert opened.record == ann
    assert opened.table.name == "away"
    with pytest.raises(Forbidden):
        record_details.open_record(blue, OF_RED, unit="Blue", table="away", number=ann.number)
    with pytest.raises(NotFound):
        record_details.open_record(blue, OF_ALL, unit="Blue", table="away", number=99)
    with pytest.raises(Forbidden):
        record_details.open_record(blue, OF_RED, unit="Blue", table="sites", number=1)


@ON_SQLITE
def test_a_record_of_another_unit_is_not_there(blue):
    keep(blue, "Green", UNIT, problem(CHART).policy)
    number = max(its.number for its in listed(blue, OF_ALL, "sites").records)
    with pytest.raises(NotFound):
        record_details.open_record(blue, OF_ALL, unit="Blue", table="sites", number=number + 1)


@ON_SQLITE
def test_an_officer_is_told_with_all_that_is_recorded_about_them(blue):
    number = listed(blue, OF_BLUE, "officers").records[0].number
    told = record_details.find_officer_records(blue, OF_BLUE, unit="Blue", number=number)
    assert told.officer.texts["name"] == "Ann"
    assert {table: len(rows) for table, rows in told.about.items()} == {
        "away": 1,
        "appointments": 0,
        "requests": 1,
        "links": 1,
    }
    assert told.about["away"][0].texts["kind"] == "sick"
    others = record_details.find_officer_records(blue, OF_RED, unit="Blue", number=number)
    known = {"staff_no", "name", "team", "grade", "base_site"}
    assert (set(others.officer.texts), others.about) == (known, {})


def test_a_seal_is_another_when_a_text_is():
    one = {"site": "Leeds", "kind": "office"}
    assert compute_seal(one) == compute_seal(dict(reversed(one.items())))
    assert (
        len(
            {
                compute_seal(one),
                compute_seal({**one, "kind": "court"}),
                compute_seal({**one, "desks": ""}),
            }
        )
        == 3
    )


@ON_SQLITE
def test_those_who_have_left_come_last_and_are_marked_where_they_can_be_chosen(database):
    dates = {"ann": date(2020, 1, 1), "bob": date(2026, 12, 31), "cai": TODAY}
    gone = tuple(replace(o, leave_date=dates[o.staff_no]) for o in UNIT.officers)
    keep(database, "Blue", replace(UNIT, officers=gone), problem(CHART).policy)
    doer = replace(OF_ALL, at=act(TODAY).at)
    assert texts(listed(database, doer, "officers"), "staff_no") == [("cai",), ("bob",), ("ann",)]
    opened = record_details.open_record(database, doer, unit="Blue", table="links")
    assert opened.choices["staff_no"] == (
        ("cai", "Cai (cai)"),
        ("ann", "Ann (ann), has left"),
        ("bob", "Bob (bob), has left"),
    )
