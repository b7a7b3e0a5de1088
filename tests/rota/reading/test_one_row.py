"""One new row for a unit that is known: every table, and the faults of a row of an input file."""

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import (
    HOME,
    Appointment,
    Away,
    Closure,
    Duty,
    Link,
    Officer,
    PastSeat,
    Presence,
    PublishedSeat,
    Request,
    Site,
    Team,
    Unit,
    WorkingPattern,
)
from rota.errors import BadInput, Fault
from rota.reading import read_one
from rota.records import TABLES

MON = date(2027, 1, 4)
LONG_AGO = date(2015, 3, 2)
ALL_WEEK = frozenset(range(5))

UNIT = Unit(
    sites=(Site("Luton", "office", 8), Site("Crown Court", "court")),
    teams=(Team("Red", "Luton"),),
    officers=(
        Officer("101", "Ana Bell", "Red", "PO", LONG_AGO, "Luton", ALL_WEEK),
        Officer("102", "Cai Dunn", "Red", "PQIP", LONG_AGO, "Luton", ALL_WEEK, mentor="101"),
    ),
    closures=(Closure("Luton", MON, MON, 3),),
    published=(PublishedSeat("101", MON, "Luton"),),
)
EMPTY = Unit(sites=(), teams=(), officers=())

NEW_OFFICER = {
    "staff_no": "103",
    "name": "Eve Frost",
    "team": "Red",
    "grade": "PO",
    "start_date": "2026-09-07",
    "base_site": "Luton",
    "working_days": "Mon",
}


def faults(table: str, unit: Unit = UNIT, **texts: str) -> list[str]:
    """The sentences with which the row is refused; none if it reads."""
    try:
        read_one(table, texts, unit=unit)
    except BadInput as bad:
        return [str(fault) for fault in bad.faults]
    return []


ROWS = [
    ("sites", {"site": "York", "kind": "Office"}, Site("York", "office")),
    (
        "sites",
        {"site": "York", "kind": "office", "desks": "3", "office_percent": "40 %"},
        Site("York", "office", 3, office_percent=40),
    ),
    ("sites", {"site": "Home", "kind": "home"}, HOME),
    ("teams", {"team": "Blue", "office": "Luton"}, Team("Blue", "Luton")),
    (
        "officers",
        {
            **NEW_OFFICER,
            "working_days": "Tue Mon",
            "other_sites": "Crown Court",
            "mentor": "101",
            "skills": "youth; trial",
            "home": "no",
            "office_percent": "0",
            "home_days_per_week": "5",
        },
        Officer(
            staff_no="103",
            name="Eve Frost",
            team="Red",
            grade="PO",
            start_date=date(2026, 9, 7),
            base="Luton",
            working_days=WorkingPattern.of_days({0, 1}),
            other_sites=("Crown Court",),
            mentor="101",
            skills=frozenset({"trial", "youth"}),
            has_home_office=False,
            office_percent=0,
            home_days_per_week=5,
        ),
    ),
    (
        "away",
        {"staff_no": " 101 ", "first": "04/01/2027", "last": "2027-01-05", "kind": "Sick"},
        Away("101", MON, date(2027, 1, 5), "sick"),
    ),
    (
        "away",
        {"staff_no": "101", "first": "2027-01-04", "last": "2027-01-04"},
        Away("101", MON, MON, "leave"),
    ),
    (
        "duties",
        {"date": "2027-01-04", "site": "Crown Court", "needed": "2", "skill": ""},
        Duty(MON, "Crown Court", 2, None),
    ),
    (
        "appointments",
        {"staff_no": "102", "date": "2027-01-04", "site": "Crown Court"},
        Appointment("102", MON, "Crown Court"),
    ),
    (
        "presence",
        {"site": "Luton", "skill": "first aid", "least": "", "when": "mondays"},
        Presence("Luton", "first aid", 1, frozenset({0})),
    ),
    ("requests", {"staff_no": "101", "when": "fri", "wants": "home"}, Request("101", 4, "home", 1)),
    (
        "links",
        {"staff_no": "101", "with_staff_no": "102", "reason": "one, household"},
        Link("101", "102", "one, household"),
    ),
    (
        "closures",
        {"site": "Luton", "date": "2027-01-05", "desks": "0"},
        Closure("Luton", date(2027, 1, 5), date(2027, 1, 5), 0),
    ),
    (
        "closures",
        {"site": "Luton", "first": "11/1/2027", "last": "2027-01-15", "desks": "0"},
        Closure("Luton", date(2027, 1, 11), date(2027, 1, 15), 0),
    ),
    (
        "rota",
        {"staff_no": "102", "date": "2027-01-04", "site": "HOME", "locked": "yes"},
        PublishedSeat("102", MON, "home", True),
    ),
    (
        "history",
        {"staff_no": "102", "date": "2026-12-22", "site": "HOME", "part": "am", "duty": "Post"},
        PastSeat("102", date(2026, 12, 22), "home", "am", "Post"),
    ),
]


@pytest.mark.parametrize(("table", "texts", "told"), ROWS)
def test_a_row_tells_an_object(table, texts, told):
    assert read_one(table, texts, unit=UNIT) == told


def test_there_is_a_row_of_every_table():
    assert {table for table, _, _ in ROWS} == {table.name for table in TABLES}


def test_every_fault_is_told_in_the_order_of_the_columns_and_without_a_row():
    with pytest.raises(BadInput) as bad:
        read_one("away", {"kind": "sik", "last": "soon", "staff_no": "110"}, unit=UNIT)
    assert bad.value.faults == (
        Fault("away", "is not a staff number here", None, "staff_no", "110", "101"),
        Fault("away", "this cell must not be blank", None, "first"),
        Fault("away", "is not a date (2027-01-04 or 04/01/2027)", None, "last", "soon"),
        Fault(
            "away",
            "is not one of leave, sick, training, lieu, other",
            None,
            "kind",
            "sik",
            "sick",
        ),
    )


@pytest.mark.parametrize(
    ("table", "texts", "says"),
    [
        (
            "away",
            {"staff_no": "101", "first": "2027-01-04", "last": "2027-01-03"},
            "last: 2027-01-03 is before first, which is 2027-01-04.",
        ),
        (
            "links",
            {"staff_no": "101", "with_staff_no": "101"},
            "with_staff_no: 101 is the officer of this row; somebody else is needed.",
        ),
        (
            "appointments",
            {"staff_no": "101", "date": "2027-01-04", "site": "Crown Cort"},
            "site: Crown Cort is not a site here. Maybe Crown Court?",
        ),
        (
            "duties",
            {"date": "2027-01-04", "site": "home", "needed": "1"},
            "site: home is not allowed here.",
        ),
        (
            "links",
            {"staff_no": "101", "with_staff_no": "102", "reason": "=1+1"},
            "reason: =1+1 is a formula; only values are read.",
        ),
        (
            "sites",
            {"site": "Den", "kind": "home"},
            "kind: home is the kind of home alone.",
        ),
        (
            "sites",
            {"site": "Den", "kind": "office", "office_percent": "101"},
            "office_percent: 101 is not a whole number from 0 to 100.",
        ),
        (
            "sites",
            {"site": "home", "kind": "home", "office_percent": "50"},
            "office_percent: 50 cannot be kept: nobody is based at home; leave the cell blank.",
        ),
        (
            "officers",
            {**NEW_OFFICER, "home_days_per_week": "6"},
            "home_days_per_week: 6 is not a whole number from 0 to 5.",
        ),
        (
            "teams",
            {"team": "Blue", "office": "Crown Court"},
            "office: Crown Court is a site of the kind court; a team meets at an office.",
        ),
        (
            "officers",
            {**NEW_OFFICER, "team": "Rad"},
            "team: Rad is not a team here. Maybe Red?",
        ),
        (
            "officers",
            {**NEW_OFFICER, "mentor": "103"},
            "mentor: 103 is the officer of this row; somebody else is needed.",
        ),
    ],
)
def test_a_row_at_fault(table, texts, says):
    assert faults(table, **texts) == [f"{table}, {says}"]


def test_a_blank_row_lacks_every_cell_that_must_be_there():
    assert faults("closures", site=" ", desks="") == [
        "closures, site: this cell must not be blank.",
        "closures, date: this cell must not be blank, unless first and last are given.",
        "closures, desks: this cell must not be blank.",
    ]


def test_a_row_that_is_known_already_may_say_the_same_but_nothing_else():
    luton = {"site": "Luton", "date": "2027-01-04"}
    assert faults("closures", **luton, desks="3") == []
    assert faults("closures", **luton, desks="4") == [
        "closures, desks: 4 contradicts what is recorded, which has 3 at Luton on 2027-01-04."
    ]
    assert faults("officers", **{**NEW_OFFICER, "staff_no": "101"}) == [
        "officers, staff_no: 101 is known already, with other values."
    ]


def test_a_row_takes_the_place_of_one_that_was_taken_out_before():
    without_ana = replace(UNIT, officers=UNIT.officers[1:])
    ana = {**NEW_OFFICER, "staff_no": "101"}
    assert read_one("officers", ana, unit=without_ana).staff_no == "101"
    # That nobody knows Cai's mentor now is no fault of this row.
    assert faults("officers", without_ana, **{**ana, "staff_no": "a;b"}) == [
        "officers, staff_no: a;b holds a ; but ; separates values."
    ]


def test_a_circle_of_mentors_is_told_of_the_row_that_closes_it():
    without_ana = replace(UNIT, officers=UNIT.officers[1:])
    assert faults(
        "officers", without_ana, **{**NEW_OFFICER, "staff_no": "101", "mentor": "102"}
    ) == ["officers, mentor: 102 ends in a circle of mentors (101, 102, 101)."]


def test_in_an_empty_unit_no_name_is_known():
    assert read_one("sites", {"site": "Luton", "kind": "office"}, unit=EMPTY) == Site(
        "Luton", "office"
    )
    assert faults("officers", EMPTY, **NEW_OFFICER) == [
        "officers, team: Red is not a team here.",
        "officers, base_site: Luton is not a site here.",
    ]


def test_an_unknown_table_or_column_is_an_error_of_the_program():
    with pytest.raises(KeyError, match="holidays"):
        read_one("holidays", {}, unit=UNIT)
    with pytest.raises(ValueError, match="away has no column Kind, until"):
        read_one("away", {"until": "2027-01-04", "Kind": "sick"}, unit=UNIT)
