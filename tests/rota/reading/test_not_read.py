"""Files, sheets and columns that are not read are named, once for each cause."""

import pytest

from rota.reading import read_rota_and_notes
from tests.rota.reading.small_unit import (
    OFFICERS,
    cells,
    faults,
    read,
    small_sheets,
    write_unit,
    write_workbook,
)


def notes_beside(folder, *names):
    """What is said of the files of these names beside the small unit."""
    write_unit(folder)
    for name in names:
        (folder / name).write_text("anything")
    return [note.removeprefix(f"{folder.name}: ") for note in read(folder).notes]


@pytest.mark.parametrize(
    ("name", "maybe"),
    [
        ("leave.csv", "away.csv"),
        ("annual leave.csv", "away.csv"),
        ("Annual_Leave-2027.csv", "away.csv"),
        ("absences.csv", "away.csv"),
        ("Sickness.csv", "away.csv"),
        ("away.tsv", "away.csv"),
        ("away.csv.txt", "away.csv"),
        ("awey.csv", "away.csv"),
        ("court duties.csv", "duties.csv"),
        ("request.csv", "requests.csv"),
        ("meetings.csv", "appointments.csv"),
        ("linked cases.csv", "links.csv"),
        ("policy.csv", "policy.toml"),
        ("settings.toml", "policy.toml"),
        ("staff.csv", "officers.csv"),
    ],
)
def test_a_file_of_another_name_is_named_with_what_it_perhaps_was_to_be(tmp_path, name, maybe):
    assert notes_beside(tmp_path, name) == [f"the file {name} is not read. Maybe {maybe}?"]


@pytest.mark.parametrize("name", ["bank_holidays.csv", "Bank holidays 2027.csv"])
def test_a_file_of_bank_holidays_is_needless(tmp_path, name):
    assert notes_beside(tmp_path, name) == [
        f"the file {name} is not read: Rota knows the bank holidays of England and Wales itself."
    ]


def test_what_nothing_can_be_guessed_of_is_one_remark(tmp_path):
    assert notes_beside(tmp_path, "notes.txt") == ["the file notes.txt is not read."]
    assert notes_beside(tmp_path, "plan.doc", ".hidden", "Thumbs.db", "~$x.xlsx") == [
        "2 files are not read: notes.txt, plan.doc."
    ]
    assert notes_beside(tmp_path, *(f"{n}.pdf" for n in range(10))) == [
        "12 files are not read: 0.pdf, 1.pdf, 2.pdf, 3.pdf, 4.pdf, 5.pdf, 6.pdf, 7.pdf, 8.pdf, "
        "9.pdf and 2 more."
    ]


def test_a_missing_table_with_a_file_of_another_name(tmp_path):
    write_unit(tmp_path)
    (tmp_path / "officers.csv").rename(tmp_path / "Staff list.csv")
    assert faults(tmp_path) == [
        f"officers: there is no file officers.csv in {tmp_path.name}. Maybe Staff list.csv?"
    ]


def test_a_sheet_that_is_not_read(tmp_path):
    away = [["staff_no", "first", "last"], ["101", "2027-01-04", "2027-01-05"]]
    sheets = {**small_sheets(), "Sickness": away, "Sheet2": []}
    assert read(write_workbook(tmp_path / "unit.xlsx", sheets)).notes == (
        "unit.xlsx: the sheet Sickness is not read. Maybe away?",
        "unit.xlsx: the sheet Sheet2 is not read.",
    )


@pytest.mark.parametrize(
    ("title", "maybe"),
    [
        ("mentro", "mentor"),
        ("Mentor ID", "mentor"),
        ("E-mail address", "email"),
        ("WFH?", "home"),
        ("Office %", "office_percent"),
        ("Last day", "leave_date"),
        ("Leaving date", "leave_date"),
        ("Skill", "skills"),
        ("Other offices", "other_sites"),
    ],
)
def test_an_optional_column_under_another_title(tmp_path, title, maybe):
    officers = OFFICERS.replace("mentor", title)
    assert read(write_unit(tmp_path, officers=officers)).notes == (
        f"officers: the column {title} is not read. Maybe {maybe}?",
    )


def test_the_columns_of_a_table_that_are_not_read_are_one_remark(tmp_path):
    officers = OFFICERS.replace("mentor", "mentor,Shoe size,Last day")
    away = "staff_no,first,last,Reason,\n101,2027-01-04,2027-01-05,sick,x\n"
    assert read(write_unit(tmp_path, officers=officers, away=away)).notes == (
        "officers: 2 columns are not read: Shoe size; Last day (Maybe leave_date?).",
        "away: 2 columns are not read: Reason (Maybe kind?); 5 (no title).",
    )


def test_a_column_without_a_title_is_named_only_if_it_holds_something(tmp_path):
    away = "staff_no,first,last,\n101,2027-01-04,2027-01-05,{}\n"
    assert read(write_unit(tmp_path, away=away.format(""))).notes == ()
    assert read(write_unit(tmp_path, away=away.format("sick"))).notes == (
        "away: the column 4 (no title) is not read.",
    )


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Staff number,first,last", "staff_no is missing. Maybe Staff number?"),
        ("staff_no,From,last", "first is missing. Maybe From?"),
        ("staff_no,first,Until", "last is missing. Maybe Until?"),
    ],
)
def test_a_column_that_must_be_there_under_another_title(tmp_path, header, sentence):
    away = f"{header}\n101,2027-01-04,2027-01-05\n"
    assert faults(write_unit(tmp_path, away=away)) == [f"away: the column {sentence}"]


def test_what_a_plan_writes_beside_is_passed_over(tmp_path):
    rota = "staff_no,name,team,date,site,kind\n101,Ana Bell,Red,2027-01-04,Luton,office\n"
    assert read(write_unit(tmp_path, rota=rota)).notes == ()
    assert read_rota_and_notes(tmp_path / "rota.csv")[1] == ()
    more = rota.replace("kind", "kind,Note")
    assert read(write_unit(tmp_path, rota=more)).notes == ("rota: the column Note is not read.",)
    assert read_rota_and_notes(tmp_path / "rota.csv")[1] == ("rota: the column Note is not read.",)


def test_columns_of_the_settings_that_are_not_read(tmp_path):
    sheets = {**small_sheets(), "policy": cells("setting,value,why\nweeks,2,so\n")}
    assert read(write_workbook(tmp_path / "unit.xlsx", sheets)).notes == (
        "policy: the column why is not read.",
    )
