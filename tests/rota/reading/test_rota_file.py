"""A rota to be checked, as `plan` wrote it or as somebody changed it."""

from datetime import date

import pytest

from rota.domain import Rota, Seat
from rota.errors import BadInput
from rota.reading import read_rota
from tests.rota.reading.small_unit import write_workbook

TEXT = """staff_no,name,team,date,site,kind
101,Ana Bell,Red,2027-01-04,Luton,office
101,Ana Bell,Red,05/01/2027,home,home
"""
ROTA = Rota.of([Seat("101", date(2027, 1, 4), "Luton"), Seat("101", date(2027, 1, 5), "home")])
CELLS = [
    ["Staff_No", "date", "site"],
    [101, date(2027, 1, 4), "Luton"],
    [101.0, 46392, "home"],
]


def faults(path):
    with pytest.raises(BadInput) as bad:
        read_rota(path)
    return [str(fault) for fault in bad.value.faults]


@pytest.fixture
def csv(tmp_path):
    return tmp_path / "rota.csv"


def test_a_rota(csv):
    csv.write_text(TEXT)
    assert read_rota(csv) == ROTA


def test_a_rota_with_split_days(csv):
    csv.write_text(
        "staff_no,date,site,part\n101,2027-01-04,Luton,Morning\n101,2027-01-04,home,p.m.\n"
        "101,2027-01-05,home,am\n101,2027-01-05,home,pm\n101,2027-01-06,home,all day\n"
    )
    monday, tuesday, wednesday = (date(2027, 1, day) for day in (4, 5, 6))
    assert read_rota(csv) == Rota(
        frozenset(
            {
                Seat("101", monday, "Luton", "am"),
                Seat("101", monday, "home", "pm"),
                Seat("101", tuesday, "home"),
                Seat("101", wednesday, "home"),
            }
        )
    )


def test_a_rota_without_seats(csv):
    csv.write_text(TEXT.splitlines()[0])
    assert read_rota(csv) == Rota.of([])


@pytest.mark.parametrize("sheets", [["any"], ["other", "ROTA"]])
def test_a_rota_in_a_workbook(tmp_path, sheets):
    path = write_workbook(tmp_path / "changed.xlsx", dict.fromkeys(sheets, CELLS))
    assert read_rota(path) == ROTA


def test_a_workbook_without_a_sheet_called_rota(tmp_path):
    path = write_workbook(tmp_path / "changed.xlsx", {"one": CELLS, "two": CELLS})
    assert faults(path) == [
        "rota: there is more than one sheet in changed.xlsx, and none is called rota."
    ]


def test_what_the_checker_judges_is_no_fault(csv):
    csv.write_text("staff_no,date,site\n9,2027-01-09,Mars\n9,2027-01-09,home\n9,2027-01-09,home\n")
    saturday = date(2027, 1, 9)
    assert read_rota(csv) == Rota.of([Seat("9", saturday, "Mars"), Seat("9", saturday, "home")])


def test_everything_that_cannot_be_read(csv):
    csv.write_text("staff_no,date,site\n,2027-01-04,Luton\n101,soon,\n101,2027-01-04,Luton,x\n")
    assert faults(csv) == [
        "rota row 2, staff_no: this cell must not be blank.",
        "rota row 3, date: soon is not a date (2027-01-04 or 04/01/2027).",
        "rota row 3, site: this cell must not be blank.",
        "rota row 4: the row has 4 cells but the header has 3.",
    ]


def test_a_missing_column(csv):
    csv.write_text("staff_no,day,site\n101,2027-01-04,Luton\n")
    assert faults(csv) == ["rota: the column date is missing. Maybe day?"]


def test_an_empty_file(csv):
    csv.write_text("")
    assert faults(csv) == ["rota: the table is empty; its first row must name the columns."]


def test_no_file(csv):
    assert faults(csv) == [f"{csv}: there is no such file."]


def test_a_folder(tmp_path):
    assert faults(tmp_path) == [f"rota: {tmp_path.name} is not a file."]
