"""rota.csv, byte for byte."""

import csv
from dataclasses import replace
from datetime import date

import pytest

from rota.domain import Rota, Seat
from rota.reading import read_rota
from rota.writing import write_rota

ROTA = """\
staff_no,name,team,date,site,kind,part
1,Ann Ash,East,2027-01-04,Mill Court,court,
1,Ann Ash,East,2027-01-05,Mill House,office,
1,Ann Ash,East,2027-01-07,Mill House,office,
1,Ann Ash,East,2027-01-08,home,home,
2,Bob Beech,East,2027-01-04,Mill House,office,
2,Bob Beech,East,2027-01-05,Mill House,office,
2,Bob Beech,East,2027-01-07,Mill House,office,
2,Bob Beech,East,2027-01-08,home,home,
3,Cid Cole,East,2027-01-04,home,home,
3,Cid Cole,East,2027-01-07,Mill House,office,
"""


def written(path, problem, rota):
    write_rota(path / "rota.csv", problem, rota)
    return (path / "rota.csv").read_bytes().decode()


def test_one_row_per_seat_by_team_name_and_date(tmp_path, problem, rota):
    assert written(tmp_path, problem, rota) == ROTA


def test_a_split_day_has_a_row_for_each_half(tmp_path, problem):
    split = Rota.of(
        [
            Seat("1", date(2027, 1, 5), "Mill House", "pm"),
            Seat("1", date(2027, 1, 5), "Mill Court", "am"),
            Seat("1", date(2027, 1, 4), "home", "pm"),
            Seat("2", date(2027, 1, 4), "Mill House"),
        ]
    )
    assert written(tmp_path, problem, split).splitlines()[1:] == [
        "1,Ann Ash,East,2027-01-04,home,home,pm",
        "1,Ann Ash,East,2027-01-05,Mill Court,court,am",
        "1,Ann Ash,East,2027-01-05,Mill House,office,pm",
        "2,Bob Beech,East,2027-01-04,Mill House,office,",
    ]
    assert read_rota(tmp_path / "rota.csv") == split


def test_two_of_one_name_are_told_apart_by_their_numbers_on_each_date(tmp_path, problem, rota):
    officers = tuple(replace(officer, name="Ann Ash") for officer in problem.unit.officers)
    namesakes = replace(problem, unit=replace(problem.unit, officers=officers))
    rows = written(tmp_path, namesakes, rota).splitlines()[1:]
    assert [(row.split(",")[0], row.split(",")[3][-2:]) for row in rows] == [
        *(("1", "04"), ("2", "04"), ("3", "04"), ("1", "05"), ("2", "05")),
        *(("1", "07"), ("2", "07"), ("3", "07"), ("1", "08"), ("2", "08")),
    ]


def test_an_empty_rota_is_a_header(tmp_path, problem):
    assert written(tmp_path, problem, Rota.of([])) == "staff_no,name,team,date,site,kind,part\n"


def test_what_the_problem_does_not_know_stays_blank(tmp_path, problem):
    rota = Rota.of([Seat("9", date(2027, 1, 4), "The Moon")])
    assert written(tmp_path, problem, rota).splitlines()[1:] == ["9,,,2027-01-04,The Moon,,"]


def test_commas_and_quotes_come_back_as_they_were(tmp_path, problem, rota):
    name = 'Ash, Ann "Annie"'
    first, ann, third = problem.unit.officers
    officers = (first, replace(ann, name=name), third)
    written(tmp_path, replace(problem, unit=replace(problem.unit, officers=officers)), rota)
    with (tmp_path / "rota.csv").open(encoding="utf-8", newline="") as file:
        assert {row["name"] for row in csv.DictReader(file)} == {name, "Bob Beech", "Cid Cole"}


def test_no_cell_is_a_formula_and_reading_finds_every_name_as_it_was(tmp_path, problem):
    officer = replace(problem.unit.officers[0], staff_no="@SUM(1+1)", name="=1+1", team="+East")
    site = replace(problem.unit.sites[0], name="-Mill House")
    unit = replace(problem.unit, officers=(officer,), sites=(site,), away=(), published=())
    rota = Rota.of([Seat("@SUM(1+1)", date(2027, 1, 4), "-Mill House")])
    assert written(tmp_path, replace(problem, unit=unit), rota).splitlines()[1:] == [
        f"'@SUM(1+1),'=1+1,'+East,2027-01-04,'-Mill House,{site.kind},"
    ]
    assert read_rota(tmp_path / "rota.csv") == rota


@pytest.mark.parametrize("name", ["-3", "'-3", "''=1", "+", "@a"])
def test_an_apostrophe_of_a_name_is_told_from_the_one_added(tmp_path, problem, name):
    rota = Rota.of([Seat(name, date(2027, 1, 4), "Mill House")])
    written(tmp_path, problem, rota)
    assert read_rota(tmp_path / "rota.csv") == rota
