"""Faults and repeats that take more than one row."""

from datetime import date

import pytest

from rota.domain import Closure, PublishedSeat
from tests.rota.reading.small_unit import OFFICERS, SITES, TEAMS, faults, read, write_unit

MON = date(2027, 1, 4)
OFFICER_HEADER = OFFICERS.splitlines()[0]


def mentors(*pairs: str) -> str:
    """Officers and their mentors, such as 1>2."""
    rows = (pair.split(">") for pair in pairs)
    made = [f"{who},Ann Other,Red,PO,2015-03-02,Luton,Mon,{mentor}" for who, mentor in rows]
    return "\n".join([OFFICER_HEADER, *made])


@pytest.mark.parametrize(
    ("table", "text", "says"),
    [
        (
            "officers",
            f"{OFFICERS}101,Ana Ball,Red,PO,2015-03-02,Luton,Mon Tue Wed,\n",
            "officers row 5, staff_no: 101 is in row 2 too, with other values.",
        ),
        (
            "sites",
            f"{SITES}Luton,office,9\n",
            "sites row 5, site: Luton is in row 2 too, with other values.",
        ),
        (
            "teams",
            f"{TEAMS}Red,Bedford\n",
            "teams row 3, team: Red is in row 2 too, with other values.",
        ),
        (
            "closures",
            "site,date,desks\nLuton,2027-01-04,0\nLuton,04/01/2027,3\n",
            "closures row 3, desks: 3 contradicts row 2, which has 0 at Luton on 2027-01-04.",
        ),
        (
            "closures",
            "site,first,last,desks\nLuton,2027-01-08,2027-01-09,2\nBedford,2027-01-04,2027-01-31,3\n"
            "Luton,2027-01-04,2027-01-08,0\n",
            "closures row 4, desks: 0 contradicts row 2, which has 2 at Luton on 2027-01-08.",
        ),
        (
            "closures",
            # The second ends before the third begins; the first lasts on.
            "site,first,last,desks\nLuton,2027-01-04,2027-01-31,0\nLuton,2027-01-05,2027-01-06,0\n"
            "Luton,2027-01-20,2027-01-20,2\n",
            "closures row 4, desks: 2 contradicts row 2, which has 0 at Luton on 2027-01-20.",
        ),
        (
            "rota",
            "staff_no,date,site\n101,2027-01-04,home\n101,2027-01-04,Luton\n",
            "rota row 3, staff_no: 101 on 2027-01-04 is in row 2 too, with other values.",
        ),
        (
            "rota",
            "staff_no,date,site,part\n101,2027-01-04,home,am\n101,2027-01-04,Luton,am\n",
            "rota row 3, staff_no: 101 on 2027-01-04 am is in row 2 too, with other values.",
        ),
        (
            "rota",
            "staff_no,date,site,part\n101,2027-01-04,home,\n101,2027-01-04,home,pm\n",
            "rota row 3, part: 101 on 2027-01-04 stands here for the afternoon and in row 2 for "
            "all day.",
        ),
        (
            "rota",
            "staff_no,date,site,part\n101,2027-01-04,home,am\n101,2027-01-04,Luton,pm\n"
            "101,2027-01-04,Luton,\n",
            "rota row 4, part: 101 on 2027-01-04 stands here for all day and in row 2 for the "
            "morning.",
        ),
        (
            "closures",
            "site,date,desks,part\nLuton,2027-01-04,0,\nLuton,2027-01-04,3,am\n",
            "closures row 3, desks: 3 contradicts row 2, which has 0 at Luton on 2027-01-04.",
        ),
    ],
)
def test_rows_that_contradict_each_other(tmp_path, table, text, says):
    assert faults(write_unit(tmp_path, **{table: text})) == [says]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "site,date,first,last,desks\nLuton,2027-01-04,2027-01-04,2027-01-05,0\n",
            "row 2, date: 2027-01-04 stands beside first and last; "
            "give it alone, or first and last.",
        ),
        (
            "site,date,last,desks\nLuton,2027-01-04,2027-01-05,0\n",
            "row 2, date: 2027-01-04 stands beside last; give it alone, or first and last.",
        ),
        (
            "site,date,first,last,desks\nLuton,,2027-01-04,,0\n",
            "row 2, last: this cell must not be blank where first is given.",
        ),
        (
            "site,first,last,desks\nLuton,,2027-01-04,0\n",
            "row 2, first: this cell must not be blank where last is given.",
        ),
        (
            "site,first,last,desks\nLuton,,,0\n",
            "row 2, date: this cell must not be blank, unless first and last are given.",
        ),
        (
            "site,first,last,desks\nLuton,2027-01-05,2027-01-04,0\n",
            "row 2, last: 2027-01-04 is before first, which is 2027-01-05.",
        ),
        (
            "site,date,first,last,desks\nLuton,soon,2027-01-04,,0\n",
            "row 2, date: soon is not a date (2027-01-04 or 04/01/2027).",
        ),
        ("site,first,desks\nLuton,2027-01-04,0\n", "the column last is missing."),
        (
            "site,day,desks\nLuton,2027-01-04,0\n",
            "the column date is missing; first and last may stand in its place. Maybe day?",
        ),
    ],
)
def test_a_closure_has_a_date_or_a_first_and_a_last_one(tmp_path, text, says):
    told = faults(write_unit(tmp_path, closures=text))
    separator = ": " if says.startswith("the column") else " "
    assert told[:1] == [f"closures{separator}{says}"]


def test_a_closure_is_told_by_its_date_or_by_its_first_and_last_one(tmp_path):
    text = (
        "site,date,first,last,desks\nLuton,2027-01-04,,,0\nLuton,,2027-01-04,2027-01-04,0\n"
        "Bedford,,2027-01-04,2027-01-08,3\n"
    )
    assert read(write_unit(tmp_path, closures=text)).problem.unit.closures == (
        Closure("Luton", date(2027, 1, 4), date(2027, 1, 4), 0),
        Closure("Bedford", date(2027, 1, 4), date(2027, 1, 8), 3),
    )


def test_rows_that_say_the_same_count_once(tmp_path):
    tables = {
        "sites": f"{SITES}Luton,Office,8\n",
        "teams": f"{TEAMS}Red,Luton\n",
        "officers": f"{OFFICERS}101,Ana Bell,Red,po,02/03/2015,Luton,Wed Tue Mon,\n",
        "away": "staff_no,first,last\n101,2027-01-04,2027-01-05\n101,4/1/2027,5/1/2027\n",
        "duties": "date,site,needed\n2027-01-04,Crown Court,1\n2027-01-04,Crown Court,1\n",
        "closures": "site,date,desks\nLuton,2027-01-04,0\nLuton,2027-01-04,0\n",
        "rota": "staff_no,date,site\n101,2027-01-04,home\n101,2027-01-04,Home\n",
    }
    unit = read(write_unit(tmp_path, **tables)).problem.unit
    counts = [len(getattr(unit, name)) for name in tables if name != "rota"]
    assert (counts, len(unit.published)) == ([3, 1, 3, 1, 1, 1], 1)


def test_halves_that_are_told_apart_are_no_contradiction(tmp_path):
    closures = "site,date,desks,part\nLuton,2027-01-04,0,am\nLuton,2027-01-04,3,pm\n"
    rota = "staff_no,date,site,part\n101,2027-01-04,home,pm\n101,2027-01-04,Luton,am\n"
    unit = read(write_unit(tmp_path, closures=closures, rota=rota)).problem.unit
    assert unit.closures == (
        Closure("Luton", MON, MON, 0, "am"),
        Closure("Luton", MON, MON, 3, "pm"),
    )
    assert unit.published == (
        PublishedSeat("101", MON, "home", part="pm"),
        PublishedSeat("101", MON, "Luton", part="am"),
    )


def test_two_published_halves_at_one_site_are_a_whole_day(tmp_path):
    rota = (
        "staff_no,date,site,part,locked\n101,2027-01-04,home,am,\n102,2027-01-04,home,am,yes\n"
        "101,2027-01-04,home,pm,\n102,2027-01-04,home,pm,no\n"
    )
    unit = read(write_unit(tmp_path, rota=rota)).problem.unit
    assert unit.published == (
        PublishedSeat("101", MON, "home"),
        PublishedSeat("102", MON, "home", locked=True, part="am"),
        PublishedSeat("102", MON, "home", part="pm"),
    )


def test_a_repeat_with_a_faulty_cell_is_one_fault(tmp_path):
    officers = f"{OFFICERS}101,Ana Bell,Red,Boss,2015-03-02,Luton,Mon Tue Wed,\n"
    assert faults(write_unit(tmp_path, officers=officers)) == [
        "officers row 5, grade: Boss is not one of PO, PSO, SPO, PQIP, ADMIN."
    ]


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        (["1>2", "2>3", "3>"], []),
        (["1>2", "2>1"], ["row 2, mentor: 2 ends in a circle of mentors (1, 2, 1)."]),
        (
            ["9>3", "1>2", "2>3", "3>1"],
            ["row 3, mentor: 2 ends in a circle of mentors (1, 2, 3, 1)."],
        ),
        (
            ["1>2", "2>1", "3>4", "4>3"],
            [
                "row 2, mentor: 2 ends in a circle of mentors (1, 2, 1).",
                "row 4, mentor: 4 ends in a circle of mentors (3, 4, 3).",
            ],
        ),
        (
            [f"{n}>{n % 9 + 1}" for n in range(1, 10)],
            ["row 2, mentor: 2 ends in a circle of mentors (1, 2, 3, 4, …, 1)."],
        ),
        (["1>2", "2>2"], ["row 3, mentor: 2 is the officer of this row; somebody else is needed."]),
    ],
)
def test_mentors_in_a_circle(tmp_path, pairs, says):
    folder = write_unit(tmp_path, officers=mentors(*pairs))
    assert faults(folder) == [f"officers {sentence}" for sentence in says]


def test_a_site_row_called_home_changes_nothing(tmp_path):
    plain = read(write_unit(tmp_path)).problem
    assert read(write_unit(tmp_path, sites=f"{SITES}home,home,\n")).problem == plain


def test_faults_of_all_tables_come_in_one_go_in_the_order_of_the_tables(tmp_path):
    folder = write_unit(
        tmp_path,
        policy="weeks = 0\n",
        links="staff_no,with_staff_no\n101,9\n",
        sites=SITES.replace("8", "lots"),
        officers=OFFICERS.replace("PQIP", "Q").replace("Ana Bell", ""),
    )
    assert faults(folder) == [
        "sites row 2, desks: lots is not a whole number from 0 to 100000.",
        "officers row 2, name: this cell must not be blank.",
        "officers row 3, grade: Q is not one of PO, PSO, SPO, PQIP, ADMIN.",
        "links row 2, with_staff_no: 9 is not a staff number here.",
        "policy.toml, weeks: 0 is not a whole number from 1 to 53.",
    ]


def test_a_table_of_strangers_is_read_in_good_time(tmp_path):
    rows = "".join(f"{n},2027-01-04,Luton\n" for n in range(200_000, 205_000))
    folder = write_unit(tmp_path, appointments=f"staff_no,date,site\n{rows}")
    assert len(faults(folder)) == 5000


def test_a_site_without_a_name_and_a_team_without_an_office(tmp_path):
    sites, teams = SITES + ",court,\n", TEAMS + "Blue,\n"
    assert faults(write_unit(tmp_path, sites=sites, teams=teams)) == [
        "sites row 5, site: this cell must not be blank.",
        "teams row 3, office: this cell must not be blank.",
    ]
