"""Duties and appointments on weekdays: how they are read, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rota.domain import Appointment, Duty
from tests.rota.reading.small_unit import faults, read, write_unit

MONDAY = date(2027, 1, 4)
HEADERS = {
    "duties": "date,site,needed,skill,first,last,every",
    "appointments": "staff_no,date,site,first,last,every",
}
ALLOWED = "is not a date (2027-01-04 or 04/01/2027), or some of Mon, Tue, Wed, Thu, Fri."


def write(folder: Path, table: str, row: str) -> Path:
    return write_unit(folder, **{table: f"{HEADERS[table]}\n{row}\n"})


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("Tue", {1}),
        ("every Tuesday", {1}),
        ("Mon Wed", {0, 2}),
        ("Mondays and Thursdays", {0, 3}),
        ("Mon-Wed; Fri", {0, 1, 2, 4}),
    ],
)
def test_weekdays_are_read_in_the_ways_in_which_people_write_them(tmp_path, text, weekdays):
    unit = read(write(tmp_path, "duties", f"{text},Crown Court,2,,,,")).problem.unit
    assert unit.duties == (Duty(frozenset(weekdays), "Crown Court", 2),)


def test_first_last_and_every_are_read(tmp_path):
    row = "101,Mon Wed,Luton,4 Jan 2027,2027-03-31,2"
    unit = read(write(tmp_path, "appointments", row)).problem.unit
    weekdays, last = frozenset({0, 2}), date(2027, 3, 31)
    assert unit.appointments == (
        Appointment("101", weekdays, "Luton", first=MONDAY, last=last, every=2),
    )


def test_a_date_may_begin_with_its_weekday(tmp_path):
    unit = read(write(tmp_path, "duties", "Mon 4 January 2027,Crown Court,2,,,,")).problem.unit
    assert unit.duties == (Duty(MONDAY, "Crown Court", 2),)


@pytest.mark.parametrize(
    ("table", "row", "found"),
    [
        ("duties", "Munday,Luton,1,,,,", [f"date: Munday {ALLOWED} Maybe Mon?"]),
        ("duties", "Sat,Luton,1,,,,", [f"date: Sat {ALLOWED}"]),
        (
            "duties",
            "weekdays,Luton,1,,,,",
            [f"date: weekdays {ALLOWED} Maybe Mon Tue Wed Thu Fri?"],
        ),
        ("duties", "Mon Wedn3,Luton,1,,,,", [f"date: Mon Wedn3 {ALLOWED} Maybe Mon?"]),
        ("duties", "Mon Tus,Luton,1,,,,", [f"date: Tus {ALLOWED} Maybe Tue?"]),
        ("duties", "20270104,Luton,1,,,,", [f"date: 20270104 {ALLOWED} Maybe 2027-01-04?"]),
        (
            "duties",
            "Tue,Luton,1,,2027-02-01,2027-01-04,",
            ["last: 2027-01-04 is before first, which is 2027-02-01."],
        ),
        (
            "appointments",
            "101,2027-01-04,Luton,2027-01-04,2027-03-01,1",
            [
                f"{column} goes with weekdays such as Mon Wed; 2027-01-04 is one date."
                for column in ("first: 2027-01-04", "last: 2027-03-01", "every: 1")
            ],
        ),
        (
            "appointments",
            "101,Tue,Luton,,2027-03-01,2",
            ["every: 2 needs a first day, from whose week the weeks are counted."],
        ),
        (
            "duties",
            "Tue,Luton,1,,2027-01-04,,53",
            ["every: 53 is not a whole number from 1 to 52."],
        ),
        ("duties", "Tue,Luton,1,,2027-01-04,,0", ["every: 0 is not a whole number from 1 to 52."]),
        (
            "duties",
            "Tue,Luton,1,,soon,,2",
            ["first: soon is not a date (2027-01-04 or 04/01/2027)."],
        ),
    ],
)
def test_what_is_wrong_with_a_row_is_said(tmp_path, table, row, found):
    assert faults(write(tmp_path, table, row)) == [f"{table} row 2, {text}" for text in found]


def test_every_week_needs_no_first_day(tmp_path):
    unit = read(write(tmp_path, "duties", "Tue,Crown Court,2,,,,1")).problem.unit
    assert unit.duties == (Duty(frozenset({1}), "Crown Court", 2, every=1),)
