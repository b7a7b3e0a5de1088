"""Several rows of one officer, site or team: the terms of each hold from a day on."""

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import EarlierTerms, Site, Team, WorkingPattern
from rota.writing import build_unit_workbook
from rota.writing import write_unit as write_folder
from tests.rota.reading.raw_workbook import ods_row, ods_table, write_ods
from tests.rota.reading.small_unit import cells, faults, read, write_unit
from tests.rota.writing.test_unit_folder import PLAIN

SITES = """site,kind,desks,from
Luton,office,8,
Luton,office,6,1/2/2027
Bedford,office,,
"""
TEAMS = """team,office,from
Red,Bedford,2027-01-18
Red,Luton,
"""
HEAD = "staff_no,name,team,grade,start_date,base_site,working_days,leave_date,from\n"
ANA = "101,Ana Bell,Red,PO,2015-03-02,Luton,Mon Tue / Wed,,\n"
ANA_LATER = "101,Ana Bell,Red,SPO,2015-03-02,Bedford,Mon Tue / Wed,,18 Jan 2027\n"
ANA_LAST = "101,Ana Bell,Red,PO,2015-03-02,Bedford,Fri,,2027-03-01\n"
SHEETS = {"sites": SITES, "teams": TEAMS, "officers": HEAD + ANA_LATER + ANA + ANA_LAST}
FEBRUARY, JANUARY, MARCH = date(2027, 2, 1), date(2027, 1, 18), date(2027, 3, 1)
TURNS = WorkingPattern.parse("Mon Tue / Wed")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "unit").mkdir()
    return write_unit(tmp_path / "unit", **SHEETS)


def read_unit(path):
    return read(path).problem.unit


def test_the_last_rows_are_those_of_the_unit_and_others_held_until_the_next_begins(folder):
    unit = read_unit(folder)
    assert unit.sites == (Site("Luton", "office", 6, since=FEBRUARY), Site("Bedford", "office"))
    assert unit.teams == (Team("Red", "Bedford", since=JANUARY),)
    (ana,) = unit.officers
    assert (ana.grade, ana.base, str(ana.working_days), ana.since) == (
        "PO",
        "Bedford",
        "Fri",
        MARCH,
    )
    then = replace(ana, grade="SPO", working_days=TURNS, since=JANUARY)
    at_first = replace(ana, base="Luton", working_days=TURNS, since=None)
    assert set(unit.earlier) == {
        EarlierTerms(Site("Luton", "office", 8), FEBRUARY),
        EarlierTerms(Team("Red", "Luton"), JANUARY),
        EarlierTerms(at_first, JANUARY),
        EarlierTerms(then, MARCH),
    }


def test_weeks_in_turn_are_counted_from_the_day_on_which_the_row_begins(folder):
    """Ana's weeks begin with a Mon Tue in the week of 18 January; before, in that of her start."""
    problem = read(folder).problem
    officer_on = problem.officer_on

    def find_part(day):
        row = officer_on("101", day)
        return row.working_days.find_part(day, since=row.since or row.start_date)

    assert find_part(date(2027, 1, 18)) == ""
    assert find_part(date(2027, 1, 20)) is None
    assert find_part(date(2027, 1, 27)) == ""
    # From Monday 2 March 2015 to Monday 11 January 2027 there are 619 weeks: a Wed.
    assert find_part(date(2027, 1, 11)) is None
    assert find_part(date(2027, 1, 13)) == ""


def test_workbooks_tell_the_same(folder, tmp_path):
    unit = read_unit(folder)
    write_ods(
        tmp_path / "unit.ods",
        "".join(
            ods_table(name, "".join(ods_row(*(str(c or "") for c in line)) for line in cells(text)))
            for name, text in SHEETS.items()
        ),
    )
    assert read_unit(tmp_path / "unit.ods") == unit
    (tmp_path / "unit.xlsx").write_bytes(build_unit_workbook(unit, PLAIN))
    written = read_unit(tmp_path / "unit.xlsx")
    assert (written.sites, written.teams, written.officers) == (
        unit.sites,
        unit.teams,
        unit.officers,
    )
    assert set(written.earlier) == set(unit.earlier)


def test_a_unit_is_written_with_all_of_its_terms(folder, tmp_path):
    unit = read_unit(folder)
    write_folder(tmp_path / "out", unit, PLAIN)
    assert (tmp_path / "out" / "teams.csv").read_text("utf-8-sig").splitlines() == [
        "team,office,from",
        "Red,Luton,",
        "Red,Bedford,2027-01-18",
    ]
    again = read_unit(tmp_path / "out")
    assert (again.sites, again.teams, again.officers) == (unit.sites, unit.teams, unit.officers)
    assert set(again.earlier) == set(unit.earlier)


@pytest.mark.parametrize(
    ("sheet", "text", "says"),
    [
        (
            "officers",
            HEAD + ANA + ANA_LATER.replace("Ana Bell", "Ana Hill"),
            "officers row 3, name: Ana Hill differs from row 2, where it is Ana Bell; "
            "it is the same at all times.",
        ),
        (
            "officers",
            HEAD + ANA + ANA_LATER.replace("2015-03-02", "2016-03-02"),
            "officers row 3, start_date: 2016-03-02 differs from row 2, where it is 2015-03-02; "
            "it is the same at all times.",
        ),
        (
            "officers",
            HEAD + ANA + ANA_LATER.replace(",,18", ",2027-06-30,18"),
            "officers row 3, leave_date: 2027-06-30 differs from row 2, where it is blank; "
            "it is the same at all times.",
        ),
        (
            "officers",
            HEAD + ANA + ANA_LATER + ANA_LATER.replace("SPO", "PO"),
            "officers row 4, staff_no: 101 on 2027-01-18 is in row 3 too, with other values.",
        ),
        (
            "officers",
            HEAD + ANA + ANA.replace("Luton", "Bedford"),
            "officers row 3, staff_no: 101 is in row 2 too, with other values.",
        ),
        (
            "sites",
            SITES + "Crown Court,court,,\nCrown Court,partner,,2027-02-01\n",
            "sites row 6, kind: partner differs from row 5, where it is court; "
            "it is the same at all times.",
        ),
        (
            "teams",
            TEAMS.replace("2027-01-18", "soon"),
            "teams row 2, from: soon is not a date (2027-01-04 or 04/01/2027).",
        ),
    ],
)
def test_rows_that_cannot_be_terms_of_one_are_faults(folder, sheet, text, says):
    (folder / f"{sheet}.csv").write_text(text)
    assert faults(folder) == [says]


def test_rows_that_say_the_same_twice_count_once(folder):
    (folder / "officers.csv").write_text(HEAD + ANA + ANA_LATER + ANA_LATER)
    (ana,) = read_unit(folder).officers
    assert ana.since == JANUARY
    assert len([terms for terms in read_unit(folder).earlier if terms.row.since is None]) == 3


def test_a_blank_leave_date_beside_a_given_one_is_a_fault_that_says_blank(folder):
    leaves = ANA.replace("Wed,,", "Wed,2027-06-30,")
    (folder / "officers.csv").write_text(HEAD + leaves + ANA_LATER)
    (says,) = faults(folder)
    assert says == (
        "officers row 3, leave_date: is blank, unlike row 2, where it is 2027-06-30; "
        "it is the same at all times."
    )
